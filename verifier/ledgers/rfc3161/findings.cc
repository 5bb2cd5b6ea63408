#include "verifier/ledgers/rfc3161/findings.h"

#include "verifier/ledgers/answers.h"
#include "verifier/ledgers/time_stamps.h"

namespace heyan::ledgers::rfc3161 {

using timestamps::Reason;
using timestamps::Verdict;
using timestamps::Verification;

namespace {

class Findings : Answers {
 public:
  Findings(const Verification& found, const std::string& institution)
      : found_(found), institution_(institution) {}

  std::vector<v1::Finding> run(bool linked) {
    if (found_.verdict == Verdict::kMalformed) {
      say(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED, v1::REASON_INCLUSION_PROOF_MALFORMED,
          v1::EFFECT_INCONCLUSIVE);
    } else if (found_.verdict == Verdict::kUndecided) {
      say(v1::CHECK_QUO_3, v1::OUTCOME_FAIL, v1::REASON_SIGNATURE_ENGINES_DISAGREE,
          v1::EFFECT_NOT_COMPLETED);
    } else {
      answer_key();
      answer_time(linked);
    }
    return take();
  }

 private:
  bool has(Reason reason) const { return found_.reasons.contains(reason); }

  Params why() const {
    std::string names;
    for (const std::string& name : names_of(found_.reasons))
      names += (names.empty() ? "" : ",") + name;
    return names.empty() ? Params{} : Params{{"ledger_reasons", names}};
  }

  void say(v1::CheckId check, v1::Outcome outcome, v1::ReasonCode code, v1::Effect effect) {
    add(check, outcome, code, effect, why(), institution_);
  }

  void note(v1::CheckId check, v1::Outcome outcome, v1::ReasonCode code) {
    say(check, outcome, code, v1::EFFECT_NOTE);
  }

  void pass(v1::CheckId check) {
    add(check, v1::OUTCOME_PASS, v1::REASON_NONE, v1::EFFECT_NONE, {}, institution_);
  }

  void answer_key() {
    for (const KeyAnswer& one : key_answers(found_.reasons, !found_.path.empty())) {
      if (one.code == v1::REASON_NONE) {
        pass(one.check);
      } else {
        note(one.check, one.outcome, one.code);
      }
    }
  }

  void answer_time(bool linked) {
    switch (found_.verdict) {
      case Verdict::kValid:
      case Verdict::kNonconforming:
        pass(v1::CHECK_INC_1);
        return answer_shown(linked);
      case Verdict::kRefused:
        return add_no_time(v1::REASON_TIME_PROOF_REFUSED, why(), institution_);
      case Verdict::kInvalid:
        return add_no_time(is_only_of_other_file() ? v1::REASON_TIME_PROOF_OF_OTHER_FILE
                                                   : v1::REASON_TIME_PROOF_INVALID,
                           why(), institution_);
      case Verdict::kIndeterminate:
        if (has(Reason::kUnsupported) || has(Reason::kImprintAlgorithm)) {
          say(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED, v1::REASON_FORMAT_UNSUPPORTED,
              v1::EFFECT_INCONCLUSIVE);
        }
        return;
      default:
        return;
    }
  }

  void answer_shown(bool linked) {
    if (linked) {
      note(v1::CHECK_TIM_1, v1::OUTCOME_UNDETERMINED, v1::REASON_TIME_ONLY_DECLARED);
    } else if (found_.verdict == Verdict::kNonconforming) {
      note(v1::CHECK_TIM_1, v1::OUTCOME_PASS, v1::REASON_TIME_PROOF_NOT_CONFORMING);
    } else {
      pass(v1::CHECK_TIM_1);
    }
  }

  // Nothing else is wrong that would make it worthless anyway.
  bool is_only_of_other_file() const {
    if (!has(Reason::kImprintMismatch)) return false;
    std::set<Reason> others = found_.reasons;
    others.erase(Reason::kImprintMismatch);
    return verdict_of(others) != Verdict::kInvalid;
  }

  const Verification& found_;
  const std::string& institution_;
};

}  // namespace

std::vector<std::string> names_of(const std::set<Reason>& reasons) {
  std::vector<std::string> names = sorted_names(reasons);
  names.erase(std::ranges::unique(names).begin(), names.end());
  return names;
}

std::vector<v1::Finding> make_findings(const Verification& found, const std::string& institution,
                                       bool linked) {
  return Findings(found, institution).run(linked);
}

}  // namespace heyan::ledgers::rfc3161
