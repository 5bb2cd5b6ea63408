#include "gateway/cli/fetched_proof.h"

#include "gateway/cli/local_judgement.h"
#include "verifier/core/text.h"
#include "verifier/crypto/digest.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::cli {

std::expected<const trust::LedgerEntry*, Trouble> find_ledger(const trust::TrustList& list,
                                                              std::string_view id,
                                                              std::string_view format) {
  const trust::LedgerEntry* entry = list.ledger(id);
  if (entry != nullptr && entry->format == format) return entry;
  return std::unexpected(Trouble{
      .status = ExitStatus::kMalformed,
      .what =
          "the trust list has no ledger " + core::visible(id) + " of format " + std::string(format),
      .defects = {},
      .remedy = "Give the ledger the same id in the trust list and in the file of nodes."});
}

std::expected<v1::Attestation, Trouble> judge_fetched(const proof_fetch::Bundle& bundle,
                                                      std::string_view transaction,
                                                      const trust::LedgerEntry& entry,
                                                      const trust::TrustList& list,
                                                      core::UtcTime as_of) {
  const core::ByteView bytes = core::as_bytes(bundle.bytes);
  const core::Bytes digest = crypto::sha256(bytes);
  v1::Proof declared;
  v1::Hint& hint = *declared.add_hints();
  hint.set_name("transaction");
  hint.set_value(std::string(transaction));
  const ledgers::ProofView view{.declared = &declared, .bytes = bytes, .sha256 = digest};
  const core::Limits limits;
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  const v1::CaseRecord record;
  const v1::Circumstances circumstances = offline_circumstances();
  const Judging judging{record, circumstances, list,  trust::default_policy(),
                        as_of,  checker,       limits};
  const ledgers::Ledger* ledger = ledgers::by_format(entry.format);
  if (ledger == nullptr || !entry.config) {
    return std::unexpected(
        trouble_of({core::ErrorCode::kInternal, "this ledger is not built in"}, entry.id, ""));
  }
  auto attestations =
      ledger->judge(std::span(&view, 1), v1::Item(), v1::ItemRecord(), entry, judging);
  if (!attestations) return std::unexpected(trouble_of(attestations.error(), "verifying", ""));
  if (attestations->size() == 1) return std::move(attestations->front());
  return std::unexpected(
      trouble_of({core::ErrorCode::kInternal, "one proof, several answers"}, "verifying", ""));
}

bool is_established(const v1::Attestation& attestation) {
  return attestation.proof_outcome() == v1::PROOF_OUTCOME_ACCEPT && attestation.quorum().reached();
}

}  // namespace heyan::cli
