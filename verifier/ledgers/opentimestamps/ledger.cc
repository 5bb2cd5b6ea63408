// OpenTimestamps as a proof system: docs/opentimestamps.md.
#include "verifier/ledgers/ledger.h"

#include "verifier/ledgers/opentimestamps/attest.h"
#include "verifier/ledgers/opentimestamps/proof.h"

namespace heyan::ledgers::opentimestamps {

const Ledger& ledger();

namespace {

class OpenTimestamps final : public Ledger {
 public:
  std::string_view format() const override { return "opentimestamps"; }
  v1::Tier tier() const override { return v1::TIER_TIME_PROOF; }

  std::shared_ptr<const trust::LedgerConfig> configure(trust::Table& table,
                                                       const trust::LedgerEntry& entry,
                                                       const trust::TrustList&) const override {
    return read_config(table, entry);
  }

  bool recognises(core::ByteView head) const override { return looks_like_proof(head); }

  std::set<crypto::Hash> hashes_named(core::ByteView bytes) const override {
    crypto::SignatureChecker checker(crypto::production_engines(), {});  // nothing is checked
    const auto proof = read_proof(bytes, checker);
    if (!proof || proof->file_hash != Operation::kSha1) return {};
    return {crypto::Hash::kSha1};
  }

  core::Result<std::vector<v1::Attestation>> judge(std::span<const ProofView> proofs,
                                                   const v1::Item&, const v1::ItemRecord& measured,
                                                   const trust::LedgerEntry& entry,
                                                   const Judging& judging) const override {
    const auto* config = dynamic_cast<const BitcoinConfig*>(entry.config.get());
    if (config == nullptr)
      return core::fail(core::ErrorCode::kInternal, "ledger entry of another format");
    auto attestations = attest(proofs, measured, entry, *config, judging);
    if (!attestations) return attestations;
    for (v1::Attestation& attestation : *attestations) {
      attestation.set_ledger(entry.id);
      attestation.set_format(entry.format);
    }
    return attestations;
  }

  bool has_excerpts() const override { return true; }

  // Of one file, and of others no more than hashes.
  std::optional<std::string> excerpt(const ProofView& proof, const v1::Item&,
                                     const trust::LedgerEntry&,
                                     const Judging& judging) const override {
    if (!read_proof(proof.bytes, judging.checker)) return std::nullopt;
    return core::to_string(proof.bytes);
  }
};

}  // namespace

const Ledger& ledger() {
  static const OpenTimestamps instance;
  return instance;
}

}  // namespace heyan::ledgers::opentimestamps
