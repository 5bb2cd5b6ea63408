// What operators attest without a proof of their chain: deposits that the depositor signed, as
// Zhixin's open platform has them, and certificates: docs/zhixin.md.
#include "verifier/ledgers/ledger.h"

#include <set>

#include "verifier/ledgers/zhixin/attest.h"

namespace heyan::ledgers::zhixin {

const Ledger& ledger();

namespace {

class OperatorAttestation final : public Ledger {
 public:
  std::string_view format() const override { return "operator-attestation"; }
  v1::Tier tier() const override { return v1::TIER_OPERATOR_ATTESTATION; }

  std::shared_ptr<const trust::LedgerConfig> configure(
      trust::Table& table, const trust::LedgerEntry& entry,
      const trust::TrustList& list) const override {
    return read_config(table, entry, list);
  }

  bool recognises(core::ByteView head) const override { return looks_like_ours(head); }

  core::Result<std::vector<v1::Attestation>> judge(std::span<const ProofView> proofs,
                                                   const v1::Item&, const v1::ItemRecord& measured,
                                                   const trust::LedgerEntry& entry,
                                                   const Judging& judging) const override {
    const auto* config = dynamic_cast<const OperatorConfig*>(entry.config.get());
    if (config == nullptr)
      return core::fail(core::ErrorCode::kInternal, "ledger entry of another format");
    std::vector<v1::Attestation> attestations;
    std::set<std::string> seen;  // the same document again says nothing new
    for (const ProofView& proof : proofs) {
      if (!seen.insert(core::to_string(proof.sha256)).second) continue;
      HEYAN_TRY(v1::Attestation attestation, attest(proof, measured, *config, judging));
      attestation.set_ledger(entry.id);
      attestation.set_format(entry.format);
      attestations.push_back(std::move(attestation));
    }
    return attestations;
  }

  bool has_excerpts() const override { return true; }

  std::optional<std::string> excerpt(const ProofView& proof, const v1::Item&,
                                     const trust::LedgerEntry&,
                                     const Judging& judging) const override {
    if (!is_one_document(proof.bytes, judging.limits)) return std::nullopt;
    return core::to_string(proof.bytes);
  }
};

}  // namespace

const Ledger& ledger() {
  static const OperatorAttestation instance;
  return instance;
}

}  // namespace heyan::ledgers::zhixin
