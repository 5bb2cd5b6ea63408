#include "verifier/ledgers/tlog/findings.h"

#include <algorithm>
#include <array>

#include "verifier/ledgers/answers.h"

namespace heyan::ledgers::tlog {
namespace {

constexpr std::array kMalformed{Reason::kParse, Reason::kCheckpoint, Reason::kDuplicateSignature,
                                Reason::kEntryMismatch};
constexpr std::array kUnsupported{Reason::kUnsupported, Reason::kRecordUnreadable};
constexpr std::array kOtherLog{Reason::kOrigin, Reason::kLogUnknown};
constexpr std::array kNotSigned{Reason::kLogSignatureMissing, Reason::kLogSignature,
                                Reason::kCosignature, Reason::kNoQuorum, Reason::kEntryTimestamp};
constexpr std::array kNotDeposited{Reason::kLeafSignature};

class Findings : Answers {
 public:
  explicit Findings(const Judgement& judgement) : judgement_(judgement) {}

  std::vector<v1::Finding> run() {
    answer_record();
    answer_inclusion();
    answer_quorum();
    answer_signatures();
    answer_keys();
    answer_time();
    return take();
  }

 private:
  bool has(Reason reason) const { return judgement_.reasons.contains(reason); }

  void answer_record() {
    if (!judgement_.record) {
      add(v1::CHECK_REC_1, v1::OUTCOME_UNDETERMINED);
    } else if (judgement_.other_named) {
      add(v1::CHECK_REC_1, v1::OUTCOME_FAIL, v1::REASON_RECORD_ID_UNKNOWN, v1::EFFECT_NOT_FOUND,
          {{"transaction", std::to_string(judgement_.index)}});
    } else {
      add(v1::CHECK_REC_1, v1::OUTCOME_PASS);
    }
  }

  template <std::size_t N>
  void open(const std::array<Reason, N>& asked, v1::ReasonCode code) {
    const std::string why = names_among<Reason>(judgement_.reasons, asked);
    if (why.empty()) return;
    add(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED, code, v1::EFFECT_INCONCLUSIVE,
        {{"ledger_reasons", why}});
  }

  // INC-1: does the path lead from the entry to a root that the log and the quorum signed? Below a
  // root that they did not sign there is nothing to be contradicted.
  void answer_inclusion() {
    if (has(Reason::kNotIncluded) && judgement_.head->holds()) {
      add(v1::CHECK_INC_1, v1::OUTCOME_FAIL, v1::REASON_INCLUSION_PROOF_INVALID,
          v1::EFFECT_INCONSISTENT, {{"ledger_reasons", std::string(name(Reason::kNotIncluded))}});
    }
    open(kMalformed, v1::REASON_INCLUSION_PROOF_MALFORMED);
    open(kUnsupported, v1::REASON_FORMAT_UNSUPPORTED);
    open(kOtherLog, v1::REASON_LEDGER_NOT_RECOGNISED);
    open(kNotSigned, v1::REASON_INCLUSION_ROOT_NOT_AUTHENTICATED);
    open(kNotDeposited, v1::REASON_DEPOSIT_SIGNATURE_INVALID);
    if (has(Reason::kNoRecord)) {
      add(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED, v1::REASON_INCLUSION_PROOF_MISSING,
          v1::EFFECT_INCONCLUSIVE, {{"part", "record"}});
    }
    if (is_answered(v1::CHECK_INC_1)) return;
    add(v1::CHECK_INC_1, judgement_.record ? v1::OUTCOME_PASS : v1::OUTCOME_UNDETERMINED);
  }

  void answer_quorum() {
    if (judgement_.head == nullptr || !judgement_.head->head.authenticated()) {
      add(v1::CHECK_QUO_1, v1::OUTCOME_UNDETERMINED);
      return;
    }
    const v1::Quorum& quorum = judgement_.head->standing.quorum;
    const Params params{{"required", std::to_string(quorum.required())},
                        {"valid", std::to_string(quorum.valid())}};
    if (quorum.reached()) {
      add(v1::CHECK_QUO_1, v1::OUTCOME_PASS, v1::REASON_NONE, v1::EFFECT_NONE, params);
    } else {
      add(v1::CHECK_QUO_1, v1::OUTCOME_FAIL, v1::REASON_QUORUM_NOT_REACHED, v1::EFFECT_INCONCLUSIVE,
          params);
    }
  }

  std::vector<v1::Signature> signatures() const {
    std::vector<v1::Signature> all;
    if (judgement_.head != nullptr) all = judgement_.head->standing.signatures;
    if (judgement_.submitter) all.push_back(*judgement_.submitter);
    return all;
  }

  // Would a signature on which the libraries differ have changed the outcome?
  bool disagreement_decides() const {
    return judgement_.reasons == Reasons{Reason::kEnginesDisagree} ||
           (judgement_.head != nullptr && judgement_.head->standing.disagreement_decides);
  }

  static Params who(const v1::Signature& one) {
    return {{"role", one.role()}, {"signer", one.signer()}};
  }

  v1::Outcome nothing_wrong() const {
    return signatures().empty() ? v1::OUTCOME_NOT_APPLICABLE : v1::OUTCOME_PASS;
  }

  // QUO-3: is each institution's signature mathematically good, as both libraries see it? Of a
  // submitter's that is not, INC-1 says so.
  void answer_signatures() {
    const bool decides = disagreement_decides();
    for (const v1::Signature& one : signatures()) {
      if (one.outcome() == v1::OUTCOME_PASS) continue;
      if (one.reason() == v1::REASON_DEPOSIT_SIGNATURE_INVALID) continue;
      const bool disagree = one.reason() == v1::REASON_SIGNATURE_ENGINES_DISAGREE;
      add(v1::CHECK_QUO_3, v1::OUTCOME_FAIL, one.reason(),
          disagree && decides ? v1::EFFECT_NOT_COMPLETED : v1::EFFECT_NOTE, who(one),
          one.institution());
    }
    if (!is_answered(v1::CHECK_QUO_3)) add(v1::CHECK_QUO_3, nothing_wrong());
  }

  // KEY-1: was the log's key in its term, where it has one? Its own clock does not show when it
  // signed.
  void answer_term() {
    const Standing* standing = judgement_.head == nullptr ? nullptr : &judgement_.head->standing;
    if (standing == nullptr || !standing->validity ||
        standing->validity->reason == v1::REASON_NONE) {
      add(v1::CHECK_KEY_1, nothing_wrong());
      return;
    }
    const v1::Signature& log = standing->signatures.front();
    Params params = who(log);
    params.emplace("valid_from", core::format_rfc3339(core::from_unix_ms(log.valid_from_ms())));
    if (log.has_valid_until_ms())
      params.emplace("valid_until", core::format_rfc3339(core::from_unix_ms(log.valid_until_ms())));
    add(v1::CHECK_KEY_1, standing->validity->outcome, standing->validity->reason, v1::EFFECT_NOTE,
        params, log.institution());
  }

  // KEY-2: keys that count are on the trust list, but where it does not say whose they are, nor do
  // we; a submitter's may not be on it.
  void answer_keys() {
    answer_term();
    if (has(Reason::kSubmitKey)) {
      add(v1::CHECK_KEY_2, v1::OUTCOME_FAIL, v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST,
          v1::EFFECT_INCONCLUSIVE);
    } else {
      add(v1::CHECK_KEY_2, whose_keys());
    }
  }

  v1::Outcome whose_keys() const {
    v1::Outcome outcome = v1::OUTCOME_NOT_APPLICABLE;
    for (const v1::Signature& one : signatures()) {
      if (!one.quorum()) continue;
      if (one.institution().empty()) return v1::OUTCOME_UNDETERMINED;
      outcome = v1::OUTCOME_PASS;
    }
    return outcome;
  }

  // TIM-1: several institutions' clocks show a time; fewer are no better than a node's.
  void answer_time() {
    if (!judgement_.record) {
      add(v1::CHECK_TIM_1, v1::OUTCOME_NOT_APPLICABLE);
    } else if (judgement_.head->standing.time.independent()) {
      add(v1::CHECK_TIM_1, v1::OUTCOME_PASS);
    } else {
      add(v1::CHECK_TIM_1, v1::OUTCOME_UNDETERMINED, v1::REASON_TIME_ONLY_FROM_NODE_CLOCK,
          v1::EFFECT_NOTE);
    }
  }

  const Judgement& judgement_;
};

}  // namespace

std::vector<v1::Finding> make_findings(const Judgement& judgement) {
  return Findings(judgement).run();
}

}  // namespace heyan::ledgers::tlog
