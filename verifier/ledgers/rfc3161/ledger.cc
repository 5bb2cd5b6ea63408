// Time stamps of RFC 3161 and of the GM profile: docs/rfc3161.md.
#include "verifier/ledgers/ledger.h"

#include "verifier/ledgers/rfc3161/attest.h"
#include "verifier/timestamps/envelope.h"

namespace heyan::ledgers::rfc3161 {

const Ledger& ledger();

namespace {

class TimeStamps final : public Ledger {
 public:
  std::string_view format() const override { return "rfc3161"; }
  v1::Tier tier() const override { return v1::TIER_TIME_PROOF; }
  bool has_entry() const override { return false; }

  std::shared_ptr<const trust::LedgerConfig> configure(trust::Table& table,
                                                       const trust::LedgerEntry&,
                                                       const trust::TrustList&) const override {
    table.defect("", "time-stamp authorities are no ledgers", "List them under [[tsa]]");
    return nullptr;
  }

  bool recognises(core::ByteView head) const override { return timestamps::looks_like_token(head); }

  std::set<crypto::Hash> hashes_named(core::ByteView proof) const override {
    const auto hash = hash_named(proof);
    return hash ? std::set<crypto::Hash>{*hash} : std::set<crypto::Hash>();
  }

  core::Result<std::vector<v1::Attestation>> judge(std::span<const ProofView> proofs,
                                                   const v1::Item&, const v1::ItemRecord& measured,
                                                   const trust::LedgerEntry&,
                                                   const Judging& judging) const override {
    return attest(proofs, measured, judging);
  }

  bool has_excerpts() const override { return true; }

  // Of one file, and of its hash alone.
  std::optional<std::string> excerpt(const ProofView& proof, const v1::Item&,
                                     const trust::LedgerEntry&,
                                     const Judging& judging) const override {
    if (!is_whole(proof.bytes, judging)) return std::nullopt;
    return core::to_string(proof.bytes);
  }
};

}  // namespace

const Ledger& ledger() {
  static const TimeStamps instance;
  return instance;
}

}  // namespace heyan::ledgers::rfc3161
