#include "verifier/ledgers/fisco_bcos/findings.h"

#include <algorithm>
#include <array>

#include "verifier/ledgers/answers.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

constexpr std::array kNotIncluded{Reason::kBlockHashMismatch, Reason::kTxHashMismatch,
                                  Reason::kTxNotInBlock,      Reason::kReceiptHashMismatch,
                                  Reason::kReceiptNotInBlock, Reason::kReceiptOfOtherTx};
constexpr std::array kNotEffective{Reason::kTxFailed, Reason::kBadSender, Reason::kBadEndorsement};

class Findings : Answers {
 public:
  Findings(const Judgement& judgement, bool disagreement_decides)
      : judgement_(judgement), disagreement_decides_(disagreement_decides) {}

  std::vector<v1::Finding> run() {
    answer_record();
    answer_inclusion();
    answer_quorum();
    answer_signatures();
    answer_keys();
    answer_time();
    answer_rejection();
    return take();
  }

 private:
  bool has(Reason reason) const { return judgement_.reasons.contains(reason); }
  const Evaluation& evaluation() const { return judgement_.proof.evaluation; }

  // REC-1. Something is missing only from what the sealers signed.
  void answer_record() {
    if (!evaluation().header.authenticated() || !evaluation().transaction.included ||
        !names_among<Reason>(judgement_.reasons, kNotIncluded).empty() ||
        has(Reason::kChainMismatch) || has(Reason::kCallUnreadable)) {
      add(v1::CHECK_REC_1, v1::OUTCOME_UNDETERMINED);
    } else if (has(Reason::kNamespace)) {
      add(v1::CHECK_REC_1, v1::OUTCOME_FAIL, v1::REASON_RECORD_NOT_FOUND, v1::EFFECT_NOT_FOUND,
          {{"block", std::to_string(evaluation().proof->header.number)}});
    } else if (judgement_.named == Named::kOther) {
      add(v1::CHECK_REC_1, v1::OUTCOME_FAIL, v1::REASON_RECORD_ID_UNKNOWN, v1::EFFECT_NOT_FOUND,
          {{"block", std::to_string(evaluation().proof->header.number)}});
    } else if (const std::string why = names_among<Reason>(judgement_.reasons, kNotEffective);
               !why.empty()) {
      add(v1::CHECK_REC_1, v1::OUTCOME_FAIL, v1::REASON_RECORD_NOT_EFFECTIVE,
          v1::EFFECT_INCONCLUSIVE, {{"ledger_reasons", why}});
    } else if (has(Reason::kNoReceipt)) {
      add(v1::CHECK_REC_1, v1::OUTCOME_UNDETERMINED);
    } else {
      add(v1::CHECK_REC_1, v1::OUTCOME_PASS);
    }
  }

  void open(v1::ReasonCode code, const Params& params = {}) {
    add(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED, code, v1::EFFECT_INCONCLUSIVE, params);
  }

  // INC-1: does the way lead from the record to a header that the sealers of the trust list signed?
  void answer_inclusion() {
    if (const std::string broken = names_among<Reason>(judgement_.reasons, kNotIncluded);
        !broken.empty()) {
      add(v1::CHECK_INC_1, v1::OUTCOME_FAIL, v1::REASON_INCLUSION_PROOF_INVALID,
          v1::EFFECT_INCONSISTENT, {{"ledger_reasons", broken}});
    }
    Params member;
    if (!evaluation().malformed.empty())
      member.emplace("member", std::string(evaluation().malformed));
    if (has(Reason::kParse) || has(Reason::kBadProof))
      open(v1::REASON_INCLUSION_PROOF_MALFORMED, member);
    if (has(Reason::kUnsupported) || has(Reason::kCallUnreadable))
      open(v1::REASON_FORMAT_UNSUPPORTED, member);
    if (!judgement_.unread_hint.empty())
      open(v1::REASON_INCLUSION_PROOF_MALFORMED, {{"hint", judgement_.unread_hint}});
    if (has(Reason::kChainMismatch)) open(v1::REASON_LEDGER_NOT_RECOGNISED);
    if (has(Reason::kNoTransaction) || has(Reason::kNoReceipt))
      open(v1::REASON_INCLUSION_PROOF_MISSING,
           {{"part", has(Reason::kNoTransaction) ? "transaction" : "receipt"}});
    if (has(Reason::kNoQuorum) || has(Reason::kSignerNotTrusted))
      open(v1::REASON_INCLUSION_ROOT_NOT_AUTHENTICATED);
    if (!is_answered(v1::CHECK_INC_1)) add(v1::CHECK_INC_1, v1::OUTCOME_PASS);
  }

  void answer_quorum() {
    if (!evaluation().proof) {
      add(v1::CHECK_QUO_1, v1::OUTCOME_UNDETERMINED);
      return;
    }
    const v1::Quorum& quorum = judgement_.quorum;
    const Params params{{"required", std::to_string(quorum.required())},
                        {"valid", std::to_string(quorum.valid())},
                        {"weight", std::to_string(evaluation().header.weight)},
                        {"weight_required", std::to_string(evaluation().header.needed)}};
    if (quorum.reached()) {
      add(v1::CHECK_QUO_1, v1::OUTCOME_PASS, v1::REASON_NONE, v1::EFFECT_NONE, params);
    } else {
      add(v1::CHECK_QUO_1, v1::OUTCOME_FAIL, v1::REASON_QUORUM_NOT_REACHED, v1::EFFECT_INCONCLUSIVE,
          params);
    }
  }

  static Params who(const v1::Signature& one) {
    return {{"role", one.role()}, {"signer", one.signer()}};
  }

  v1::Outcome nothing_wrong() const {
    return judgement_.signatures.empty() ? v1::OUTCOME_NOT_APPLICABLE : v1::OUTCOME_PASS;
  }

  // QUO-3: is each signature mathematically good, as both libraries see it?
  void answer_signatures() {
    for (const v1::Signature& one : judgement_.signatures) {
      const bool disagree = one.reason() == v1::REASON_SIGNATURE_ENGINES_DISAGREE;
      if (!disagree && one.reason() != v1::REASON_NODE_SIGNATURE_INVALID) continue;
      add(v1::CHECK_QUO_3, v1::OUTCOME_FAIL, one.reason(),
          disagree && disagreement_decides_ ? v1::EFFECT_NOT_COMPLETED : v1::EFFECT_NOTE, who(one),
          one.institution());
    }
    const bool told = std::ranges::any_of(findings_, [](const v1::Finding& one) {
      return one.code() == v1::REASON_SIGNATURE_ENGINES_DISAGREE;
    });
    // A sender or an institution inside the record has no key of its own to be named by.
    if (disagreement_decides_ && !told)
      add(v1::CHECK_QUO_3, v1::OUTCOME_FAIL, v1::REASON_SIGNATURE_ENGINES_DISAGREE,
          v1::EFFECT_NOT_COMPLETED);
    if (!is_answered(v1::CHECK_QUO_3)) add(v1::CHECK_QUO_3, nothing_wrong());
  }

  // KEY-1: keys of nodes have no term but the heights of the trust list. KEY-2: are they on it?
  void answer_keys() {
    add(v1::CHECK_KEY_1, nothing_wrong());
    for (const v1::Signature& one : judgement_.signatures) {
      if (one.reason() == v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST)
        add(v1::CHECK_KEY_2, v1::OUTCOME_FAIL, one.reason(), v1::EFFECT_NOTE, who(one),
            one.institution());
    }
    if (has(Reason::kSignerNotTrusted) && !is_answered(v1::CHECK_KEY_2))
      add(v1::CHECK_KEY_2, v1::OUTCOME_FAIL, v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST,
          v1::EFFECT_NOTE);
    if (!is_answered(v1::CHECK_KEY_2)) add(v1::CHECK_KEY_2, nothing_wrong());
  }

  // TIM-1: the time of the block is the leader's clock, which the other sealers let pass.
  void answer_time() {
    if (evaluation().header.authenticated()) {
      add(v1::CHECK_TIM_1, v1::OUTCOME_UNDETERMINED, v1::REASON_TIME_ONLY_FROM_NODE_CLOCK,
          v1::EFFECT_NOTE);
    } else {
      add(v1::CHECK_TIM_1, v1::OUTCOME_NOT_APPLICABLE);
    }
  }

  bool is_kept_open() const {
    return std::ranges::any_of(findings_, [](const v1::Finding& one) {
      if (one.effect() != v1::EFFECT_NONE && one.effect() != v1::EFFECT_NOTE) return true;
      const bool decides = one.check() == v1::CHECK_REC_1 || one.check() == v1::CHECK_INC_1 ||
                           one.check() == v1::CHECK_QUO_1;
      return decides && one.outcome() != v1::OUTCOME_PASS;
    });
  }

  // The last word: a proof that the chain's own rules refuse establishes nothing. A file that
  // differs is MATCH-1's to say.
  void answer_rejection() {
    Reasons reasons = judgement_.reasons;
    reasons.erase(Reason::kEvidenceHashMismatch);
    if (outcome(reasons) == v1::PROOF_OUTCOME_ACCEPT || is_kept_open()) return;
    std::string text;
    for (const std::string& one : sorted_names(reasons)) text += (text.empty() ? "" : ",") + one;
    add(v1::CHECK_REC_1, v1::OUTCOME_FAIL, v1::REASON_RECORD_NOT_EFFECTIVE, v1::EFFECT_INCONCLUSIVE,
        {{"ledger_reasons", text}});
  }

  const Judgement& judgement_;
  const bool disagreement_decides_;
};

}  // namespace

std::vector<v1::Finding> make_findings(const Judgement& judgement, bool disagreement_decides) {
  return Findings(judgement, disagreement_decides).run();
}

}  // namespace heyan::ledgers::fisco_bcos
