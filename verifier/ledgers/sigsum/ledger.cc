// Sigsum as a proof system: docs/sigsum.md.
#include "verifier/ledgers/ledger.h"

#include "verifier/ledgers/sigsum/attest.h"
#include "verifier/ledgers/sigsum/proof.h"

namespace heyan::ledgers::sigsum {

const Ledger& ledger();

namespace {

class Sigsum final : public Ledger {
 public:
  std::string_view format() const override { return "sigsum"; }

  std::shared_ptr<const trust::LedgerConfig> configure(
      trust::Table& table, const trust::LedgerEntry& entry,
      const trust::TrustList& list) const override {
    return read_config(table, entry, list);
  }

  bool recognises(core::ByteView head) const override { return looks_like_proof(head); }

  core::Result<std::vector<v1::Attestation>> judge(std::span<const ProofView> proofs,
                                                   const v1::Item& item,
                                                   const v1::ItemRecord& measured,
                                                   const trust::LedgerEntry& entry,
                                                   const Judging& judging) const override {
    const auto* config = dynamic_cast<const SigsumConfig*>(entry.config.get());
    if (config == nullptr)
      return core::fail(core::ErrorCode::kInternal, "ledger entry of another format");
    auto attestations = attest(proofs, item, measured, entry, *config, judging);
    if (!attestations) return attestations;
    for (v1::Attestation& attestation : *attestations) {
      attestation.set_ledger(entry.id);
      attestation.set_format(entry.format);
    }
    return attestations;
  }

  bool has_excerpts() const override { return true; }

  // Of one entry, and of others no more than hashes.
  std::optional<std::string> excerpt(const ProofView& proof, const v1::Item&,
                                     const trust::LedgerEntry& entry,
                                     const Judging& judging) const override {
    const auto* config = dynamic_cast<const SigsumConfig*>(entry.config.get());
    return config == nullptr ? std::nullopt : signed_alone(proof.bytes, *config, judging);
  }
};

}  // namespace

const Ledger& ledger() {
  static const Sigsum instance;
  return instance;
}

}  // namespace heyan::ledgers::sigsum
