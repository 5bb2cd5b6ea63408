#include "verifier/ledgers/fisco_bcos/signatures.h"

#include "verifier/trust/links.h"
#include "verifier/trust/quorum.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

using Institutions = std::set<std::string>;

constexpr std::string_view kValidator = "VALIDATOR";
constexpr std::string_view kCreator = "CREATOR";
constexpr std::string_view kEndorser = "ENDORSER";

std::string address_text(ByteView address) { return "0x" + core::to_hex(address); }

Institutions linked_institutions(const Judging& judging) {
  return trust::find_links(judging.trust, judging.record, judging.circumstances).institutions;
}

v1::Signature describe(const SealerCheck& check, const HeaderCheck& header,
                       const std::vector<Bytes>& node_ids) {
  v1::Signature entry;
  entry.set_role(std::string(kValidator));
  const bool listed = check.index < node_ids.size();
  entry.set_signer(listed ? core::to_hex(node_ids[check.index]) : std::to_string(check.index));
  if (check.sealer != nullptr) {
    entry.set_institution(check.sealer->institution);
    entry.set_key_sha256(core::to_string(check.sealer->key.sha256()));
  }
  if (!check.signature) {
    // A second one of the same sealer, or one of nobody whom the court knows.
    entry.set_outcome(v1::OUTCOME_NOT_PERFORMED);
    if (check.sealer == nullptr) entry.set_reason(v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST);
    return entry;
  }
  entry.set_outcome(check.good() ? v1::OUTCOME_PASS : v1::OUTCOME_FAIL);
  if (!check.good()) {
    entry.set_reason(check.signature == crypto::SignatureOutcome::kEnginesDisagree
                         ? v1::REASON_SIGNATURE_ENGINES_DISAGREE
                         : v1::REASON_NODE_SIGNATURE_INVALID);
    return entry;
  }
  entry.set_counted(header.sealers_trusted);
  entry.set_quorum(header.sealers_trusted);
  if (!header.sealers_trusted) entry.set_reason(v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST);
  return entry;
}

// Weight of the good signatures of sealers whose institution is not left out.
std::uint64_t weight_without(const HeaderCheck& header, const Institutions& left_out) {
  std::uint64_t weight = 0;
  for (const SealerCheck& one : header.signatures) {
    if (one.good() && !left_out.contains(one.sealer->institution)) weight += one.sealer->weight;
  }
  return weight;
}

struct RecordSignatures {
  const FiscoConfig& config;
  Verifier& verifier;
  Judgement& judgement;
  Bytes digest;  // of the text that institutions sign
  Institutions institutions;

  // `own`: of the record's own transaction, whose signature must be one.
  void take(const JudgedProof& proof, bool own) {
    if (!proof.call || !proof.call->signature) return;
    auto address = proof.call->signature_malformed
                       ? std::nullopt
                       : verifier.verify_account(digest, *proof.call->signature);
    if (!address) {
      if (own) judgement.reasons.insert(Reason::kBadEndorsement);
      return;
    }
    const RecordSigner* signer = config.signer(*address, proof.evaluation.proof->header.number);
    // What another transaction adds for another text recovers to nobody.
    if (signer == nullptr && !own) return;
    v1::Signature entry;
    entry.set_role(std::string(kEndorser));
    entry.set_signer(address_text(*address));
    entry.set_outcome(v1::OUTCOME_PASS);
    if (signer == nullptr) {
      entry.set_reason(v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST);
    } else {
      entry.set_institution(signer->institution);
      entry.set_counted(institutions.insert(signer->institution).second);
    }
    judgement.signatures.push_back(std::move(entry));
  }
};

}  // namespace

void judge_sealers(const trust::LedgerEntry& entry, const Judging& judging, Judgement& judgement) {
  const Evaluation& evaluation = judgement.proof.evaluation;
  Institutions institutions;
  if (evaluation.proof) {
    for (const SealerCheck& check : evaluation.header.signatures) {
      v1::Signature described =
          describe(check, evaluation.header, evaluation.proof->header.sealers);
      if (described.counted()) institutions.insert(described.institution());
      judgement.signatures.push_back(std::move(described));
    }
  }
  const trust::QuorumCount all = trust::count_quorum(judging.trust, entry.quorum, institutions);
  v1::Quorum& quorum = judgement.quorum;
  quorum.set_rule(entry.quorum);
  quorum.set_required(all.required);
  quorum.set_valid(all.valid);
  const Institutions linked = linked_institutions(judging);
  const trust::QuorumCount neutral =
      trust::count_quorum(judging.trust, entry.quorum, trust::without(institutions, linked));
  quorum.set_neutral(neutral.valid);
  if (!evaluation.header.authenticated()) return;
  quorum.set_reached(all.reached);
  quorum.set_neutral_reached(all.reached && neutral.reached &&
                             weight_without(evaluation.header, linked) >= evaluation.header.needed);
}

void judge_sender(Judgement& judgement) {
  const Evaluation& evaluation = judgement.proof.evaluation;
  if (!evaluation.proof || !evaluation.proof->transaction) return;
  const auto& sender = evaluation.transaction.sender;
  const auto& stated = evaluation.proof->transaction->from;
  v1::Signature entry;
  entry.set_role(std::string(kCreator));
  if (sender || stated) entry.set_signer(address_text(sender ? *sender : *stated));
  entry.set_outcome(sender ? v1::OUTCOME_PASS : v1::OUTCOME_FAIL);
  if (!sender) entry.set_reason(v1::REASON_NODE_SIGNATURE_INVALID);
  judgement.signatures.push_back(std::move(entry));
}

void judge_record_signers(std::span<const JudgedProof* const> proofs, const FiscoConfig& config,
                          const Judging& judging, Verifier& verifier, Judgement& judgement) {
  if (config.signers.empty()) return;
  RecordSignatures signatures{.config = config,
                              .verifier = verifier,
                              .judgement = judgement,
                              .digest = verifier.digest(judgement.proof.call->signed_text),
                              .institutions = {}};
  signatures.take(judgement.proof, true);
  for (const JudgedProof* one : proofs) {
    const bool adds = one->call && one->call->kind == CallKind::kAddSignature;
    if (adds && one->evaluation.holds()) signatures.take(*one, false);
  }
  const Institutions& present = signatures.institutions;
  const Institutions neutral = trust::without(present, linked_institutions(judging));
  v1::Quorum& quorum = judgement.record_quorum.emplace();
  quorum.set_valid(static_cast<std::uint32_t>(present.size()));
  quorum.set_neutral(static_cast<std::uint32_t>(neutral.size()));
  if (config.record_quorum.empty()) return;
  const trust::QuorumCount all = trust::count_quorum(judging.trust, config.record_quorum, present);
  const trust::QuorumCount without_linked =
      trust::count_quorum(judging.trust, config.record_quorum, neutral);
  quorum.set_rule(config.record_quorum);
  quorum.set_required(all.required);
  quorum.set_reached(all.reached);
  quorum.set_neutral_reached(all.reached && without_linked.reached);
}

}  // namespace heyan::ledgers::fisco_bcos
