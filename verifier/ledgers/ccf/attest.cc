#include "verifier/ledgers/ccf/attest.h"

#include <algorithm>

#include "verifier/ledgers/answers.h"
#include "verifier/ledgers/ccf/judgement.h"
#include "verifier/ledgers/measured.h"
#include "verifier/ledgers/tlog/record.h"

namespace heyan::ledgers::ccf {
namespace {

using core::ByteView;
using core::ErrorCode;

Reason reason_of(const core::Error& error) {
  return error.code == ErrorCode::kUnsupported ? Reason::kUnsupported : Reason::kParse;
}

// The claims digest of the transaction, compared with what was offered for it.
core::Result<bool> are_claimed(const std::vector<Claim>& claims, const LeafParts& leaf,
                               crypto::SignatureChecker& checker) {
  const auto digest = claims_digest(claims, checker);
  if (!digest) return core::fail(ErrorCode::kInternal, "the libraries differ on a digest");
  return core::equal(*digest, leaf.claims);
}

v1::LedgerRecord bare_record(const LeafParts& leaf) {
  v1::LedgerRecord record;
  v1::Digest& digest = *record.add_digests();
  digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  digest.set_value(core::to_string(leaf.claims));
  return record;
}

// The only entry among the claims; null where there are several, or none but digests.
const EntryClaim* only_entry(const std::vector<Claim>& claims) {
  const EntryClaim* only = nullptr;
  for (const Claim& claim : claims) {
    if (!claim.entry) continue;
    if (only != nullptr) return nullptr;
    only = &*claim.entry;
  }
  return only;
}

// Reads the record of a receipt that the service signed.
class Reader {
 public:
  Reader(const Answer& answer, const CcfConfig& config, const Judging& judging,
         Judgement& judgement)
      : answer_(answer), config_(config), judging_(judging), judgement_(judgement) {}

  core::Result<void> run() {
    const auto& leaf = answer_.receipt.leaf;
    if (!leaf || leaf->claims_nothing() || (!answer_.claims && !config_.claims_file)) {
      judgement_.reasons.insert(Reason::kNoClaims);
      return {};
    }
    if (answer_.claims) {
      HEYAN_TRY(const bool claimed, are_claimed(*answer_.claims, *leaf, judging_.checker));
      if (!claimed) judgement_.reasons.insert(Reason::kClaimsMismatch);
      if (!claimed) return {};
    }
    if (!judgement_.standing->holds) return {};
    read_record(*leaf);
    return {};
  }

 private:
  // One form of claims is what the trust list says; the other is not read as it.
  void read_record(const LeafParts& leaf) {
    if (config_.claims_file != !answer_.claims) {
      judgement_.reasons.insert(Reason::kRecordUnreadable);
    } else if (config_.claims_file) {
      judgement_.record = bare_record(leaf);
    } else {
      read_entry();
    }
  }

  void read_entry() {
    const EntryClaim* entry = only_entry(*answer_.claims);
    auto record = entry == nullptr ? core::fail(ErrorCode::kNotFound, "not one entry")
                                   : tlog::read_record(core::as_bytes(entry->contents),
                                                       config_.places, judging_.limits);
    if (record) {
      judgement_.record = *std::move(record);
    } else {
      judgement_.reasons.insert(Reason::kRecordUnreadable);
    }
  }

  const Answer& answer_;
  const CcfConfig& config_;
  const Judging& judging_;
  Judgement& judgement_;
};

core::Result<Judgement> judge_receipt(ByteView bytes, const trust::LedgerEntry& entry,
                                      const CcfConfig& config, const Judging& judging) {
  Judgement judgement;
  const auto answer = read_answer(bytes, judging.limits);
  if (!answer) {
    judgement.reasons.insert(reason_of(answer.error()));
    return judgement;
  }
  HEYAN_TRY(const Evaluation evaluation,
            evaluate(answer->receipt, config, judging.checker, judging.limits));
  judgement.reasons = evaluation.reasons;
  judgement.authenticated = evaluation.authenticated();
  judgement.all_used = evaluation.all_used;
  if (evaluation.node) judgement.standing = stand(evaluation, config, entry, judging);
  if (!judgement.authenticated) return judgement;
  if (!judgement.standing->holds) judgement.reasons.insert(Reason::kNoQuorum);
  if (answer->receipt.leaf) {
    judgement.transaction = answer->receipt.leaf->transaction;
    judgement.seqno = answer->receipt.leaf->seqno;
  }
  HEYAN_CHECK_OK(Reader(*answer, config, judging, judgement).run());
  return judgement;
}

bool is_transaction(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

// The item's record id is the record's own, or the number of its transaction.
void compare_names(const std::string& wanted, const CcfConfig& config, Judgement& judgement) {
  if (!judgement.record) return;
  v1::LedgerRecord& record = *judgement.record;
  const bool has_id = !config.places.id.empty() && !record.id().empty();
  if (!wanted.empty()) {
    judgement.named = wanted == judgement.transaction || (has_id && wanted == record.id());
    judgement.other_named = !judgement.named && (has_id || is_transaction(wanted));
  }
  if (record.id().empty()) record.set_id(judgement.transaction);
}

void set_time(const v1::LedgerRecord& record, v1::TimeInterval& time) {
  time.set_source("declared");
  if (record.has_when_ms()) time.set_stated_ms(record.when_ms());
}

v1::Attestation describe(const ProofView& proof, const Judgement& judgement) {
  v1::Attestation attestation;
  attestation.set_tier(v1::TIER_CHAIN_PROOF);
  if (judgement.standing) {
    *attestation.add_signatures() = judgement.standing->signature;
    *attestation.mutable_quorum() = judgement.standing->quorum;
  }
  if (judgement.record) {
    *attestation.mutable_record() = *judgement.record;
    attestation.set_record_named(judgement.named);
    attestation.mutable_position()->set_transaction(judgement.seqno);
    attestation.mutable_position()->set_transaction_id(judgement.transaction);
    set_time(*judgement.record, *attestation.mutable_time());
  }
  attestation.set_proof_outcome(outcome(judgement.reasons));
  for (std::string& one : sorted_names(judgement.reasons))
    attestation.add_ledger_reasons(std::move(one));
  attestation.add_proofs(core::to_string(proof.sha256));
  for (v1::Finding& finding : make_findings(judgement))
    *attestation.add_findings() = std::move(finding);
  return attestation;
}

}  // namespace

core::Result<std::vector<v1::Attestation>> attest(std::span<const ProofView> proofs,
                                                  const v1::Item& item,
                                                  const v1::ItemRecord& measured,
                                                  const trust::LedgerEntry& entry,
                                                  const CcfConfig& config, const Judging& judging) {
  std::vector<v1::Attestation> attestations;
  std::set<std::string> seen;  // the same file again says nothing new
  for (const ProofView& proof : proofs) {
    if (!seen.insert(core::to_string(proof.sha256)).second) continue;
    HEYAN_TRY(Judgement judgement, judge_receipt(proof.bytes, entry, config, judging));
    compare_names(item.record().id(), config, judgement);
    if (judgement.record && differs(*judgement.record, measured.measured()))
      judgement.reasons.insert(Reason::kEvidenceHashMismatch);
    attestations.push_back(describe(proof, judgement));
  }
  return attestations;
}

bool is_whole(ByteView proof, const trust::LedgerEntry& entry, const CcfConfig& config,
              const Judging& judging) {
  const auto judgement = judge_receipt(proof, entry, config, judging);
  return judgement && judgement->record && judgement->all_used;
}

core::Result<Reasons> check(ByteView receipt, ByteView claims, const CcfConfig& config,
                            const Judging& judging) {
  const auto answer = read_answer(receipt, judging.limits);
  if (!answer) return Reasons{reason_of(answer.error())};
  HEYAN_TRY(Evaluation evaluation,
            evaluate(answer->receipt, config, judging.checker, judging.limits));
  if (claims.empty() || !evaluation.authenticated()) return std::move(evaluation.reasons);
  const auto document = core::json::parse(claims, judging.limits);
  const auto read = document ? read_claims(*document) : std::unexpected(document.error().error);
  if (!read) return Reasons{reason_of(read.error())};
  if (!answer->receipt.leaf) return Reasons{Reason::kNoClaims};
  HEYAN_TRY(const bool claimed, are_claimed(*read, *answer->receipt.leaf, judging.checker));
  return claimed ? Reasons{} : Reasons{Reason::kClaimsMismatch};
}

}  // namespace heyan::ledgers::ccf
