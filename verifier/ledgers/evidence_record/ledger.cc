// Evidence records of RFC 4998: docs/evidence-records.md.
#include "verifier/ledgers/ledger.h"

#include "verifier/ers/record.h"
#include "verifier/ers/renewal.h"
#include "verifier/ledgers/evidence_record/attest.h"

namespace heyan::ledgers::evidence_record {

const Ledger& ledger();

namespace {

class EvidenceRecords final : public Ledger {
 public:
  std::string_view format() const override { return "evidence-record"; }
  v1::Tier tier() const override { return v1::TIER_TIME_PROOF; }
  bool has_entry() const override { return false; }

  std::shared_ptr<const trust::LedgerConfig> configure(trust::Table& table,
                                                       const trust::LedgerEntry&,
                                                       const trust::TrustList&) const override {
    table.defect("", "evidence records are no ledgers",
                 "List the authorities of their time stamps under [[tsa]]");
    return nullptr;
  }

  // Those in XML too, so that they are called what they are.
  bool recognises(core::ByteView head) const override {
    return ers::looks_like_record(head) || ers::looks_like_xml_record(head);
  }

  std::set<crypto::Hash> hashes_named(core::ByteView proof) const override {
    return ers::chain_hashes(proof).value_or(std::set<crypto::Hash>());
  }

  core::Result<std::vector<v1::Attestation>> judge(std::span<const ProofView> proofs,
                                                   const v1::Item&, const v1::ItemRecord& measured,
                                                   const trust::LedgerEntry&,
                                                   const Judging& judging) const override {
    return attest(proofs, measured, judging);
  }

  bool has_excerpts() const override { return true; }

  // Of one file, and of others no more than hashes.
  std::optional<std::string> excerpt(const ProofView& proof, const v1::Item&,
                                     const trust::LedgerEntry&, const Judging&) const override {
    if (!ers::read_record(proof.bytes)) return std::nullopt;
    return core::to_string(proof.bytes);
  }
};

}  // namespace

const Ledger& ledger() {
  static const EvidenceRecords instance;
  return instance;
}

}  // namespace heyan::ledgers::evidence_record
