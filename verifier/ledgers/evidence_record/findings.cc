#include "verifier/ledgers/evidence_record/findings.h"

#include "verifier/ledgers/answers.h"
#include "verifier/ledgers/time_stamps.h"

namespace heyan::ledgers::evidence_record {
namespace {

using timestamps::Verdict;

class Findings : Answers {
 public:
  Findings(const ers::Evaluation& evaluation, const ers::Verification& found,
           const std::string& institution)
      : evaluation_(evaluation), found_(found), institution_(institution) {}

  std::vector<v1::Finding> run(bool linked) {
    if (found_.verdict == Verdict::kMalformed) {
      say(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED, v1::REASON_INCLUSION_PROOF_MALFORMED,
          v1::EFFECT_INCONCLUSIVE);
    } else if (found_.verdict == Verdict::kUndecided) {
      say(v1::CHECK_QUO_3, v1::OUTCOME_FAIL, v1::REASON_SIGNATURE_ENGINES_DISAGREE,
          v1::EFFECT_NOT_COMPLETED);
    } else {
      answer_keys();
      answer_time(linked);
    }
    return take();
  }

 private:
  Params why() const {
    std::string names;
    for (const std::string& name : found_.names()) names += (names.empty() ? "" : ",") + name;
    return names.empty() ? Params{} : Params{{"ledger_reasons", names}};
  }

  void say(v1::CheckId check, v1::Outcome outcome, v1::ReasonCode code, v1::Effect effect) {
    add(check, outcome, code, effect, why(), institution_);
  }

  void pass(v1::CheckId check) {
    add(check, v1::OUTCOME_PASS, v1::REASON_NONE, v1::EFFECT_NONE, {}, institution_);
  }

  // Of all stamps together: what is wrong with one is wrong with the record.
  void answer_keys() {
    const bool known = !evaluation_.stamps.empty() &&
                       std::ranges::all_of(evaluation_.stamps, [](const timestamps::Judged& one) {
                         return !one.found.path.empty();
                       });
    for (const KeyAnswer& one : key_answers(found_.token_reasons, known)) {
      if (one.code == v1::REASON_NONE) {
        pass(one.check);
      } else {
        say(one.check, one.outcome, one.code, v1::EFFECT_NOTE);
      }
    }
  }

  void answer_time(bool linked) {
    if (found_.shows_time()) {
      pass(v1::CHECK_INC_1);
      if (linked) {
        say(v1::CHECK_TIM_1, v1::OUTCOME_UNDETERMINED, v1::REASON_TIME_ONLY_DECLARED,
            v1::EFFECT_NOTE);
      } else if (found_.verdict == Verdict::kNonconforming) {
        say(v1::CHECK_TIM_1, v1::OUTCOME_PASS, v1::REASON_TIME_PROOF_NOT_CONFORMING,
            v1::EFFECT_NOTE);
      } else {
        pass(v1::CHECK_TIM_1);
      }
    } else if (found_.verdict == Verdict::kRefused) {
      add_no_time(v1::REASON_TIME_PROOF_REFUSED, why(), institution_);
    } else if (found_.verdict == Verdict::kInvalid) {
      add_no_time(is_only_of_other_file() ? v1::REASON_TIME_PROOF_OF_OTHER_FILE
                                          : v1::REASON_TIME_PROOF_INVALID,
                  why(), institution_);
    } else if (is_unsupported()) {
      say(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED, v1::REASON_FORMAT_UNSUPPORTED,
          v1::EFFECT_INCONCLUSIVE);
    }
  }

  bool is_unsupported() const {
    return found_.reasons.contains(ers::Reason::kUnsupported) ||
           found_.reasons.contains(ers::Reason::kNoDigest) ||
           found_.token_reasons.contains(timestamps::Reason::kUnsupported) ||
           found_.token_reasons.contains(timestamps::Reason::kImprintAlgorithm);
  }

  // The record is sound, or at least not wrong in itself.
  bool is_only_of_other_file() const {
    return found_.reasons.contains(ers::Reason::kDataNotCovered) &&
           evaluation_.verdict != Verdict::kInvalid;
  }

  const ers::Evaluation& evaluation_;
  const ers::Verification& found_;
  const std::string& institution_;
};

}  // namespace

std::vector<v1::Finding> make_findings(const ers::Evaluation& evaluation,
                                       const ers::Verification& found,
                                       const std::string& institution, bool linked) {
  return Findings(evaluation, found, institution).run(linked);
}

}  // namespace heyan::ledgers::evidence_record
