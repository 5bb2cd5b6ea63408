#include <algorithm>
#include <array>

#include "schemas/catalogue/catalogue.h"
#include "verifier/checks/families.h"

namespace heyan::checks {
namespace {

constexpr std::array kChecks = {
    Check{v1::CHECK_FILE_1, file_1},   Check{v1::CHECK_FILE_2, file_2},
    Check{v1::CHECK_FILE_3, file_3},   Check{v1::CHECK_HASH_1, hash_1},
    Check{v1::CHECK_REC_1, rec_1},     Check{v1::CHECK_REC_2, rec_2},
    Check{v1::CHECK_MATCH_1, match_1}, Check{v1::CHECK_MATCH_2, match_2},
    Check{v1::CHECK_INC_1, inc_1},     Check{v1::CHECK_INC_2, inc_2},
    Check{v1::CHECK_QUO_1, quo_1},     Check{v1::CHECK_QUO_2, quo_2},
    Check{v1::CHECK_QUO_3, quo_3},     Check{v1::CHECK_KEY_1, key_1},
    Check{v1::CHECK_KEY_2, key_2},     Check{v1::CHECK_TIM_1, tim_1},
    Check{v1::CHECK_TIM_2, tim_2},     Check{v1::CHECK_W4_1, w4_1},
    Check{v1::CHECK_W4_2, w4_2},       Check{v1::CHECK_W4_3, w4_3},
    Check{v1::CHECK_W4_4, w4_4},       Check{v1::CHECK_COC_1, coc_1},
    Check{v1::CHECK_PLT_1, plt_1},     Check{v1::CHECK_PLT_2, plt_2},
    Check{v1::CHECK_RPT_1, rpt_1},
};

// What was noticed of a file besides: it answers no question, and lowers no verdict.
bool is_noticed_beside(const v1::Finding& finding) {
  return finding.check() == v1::CHECK_FILE_2 && finding.outcome() == v1::OUTCOME_NOT_APPLICABLE;
}

// Only a note can be weighed: what decides stays as it is, whoever found it (security decision 6).
void weigh(v1::Finding& finding, const trust::Policy& policy) {
  if (finding.effect() != v1::EFFECT_NOTE) return;
  if (catalogue::entry(finding.check()).weight == catalogue::CheckWeight::kDecisive) return;
  const auto weight = policy.checks.find(finding.check());
  if (weight == policy.checks.end()) return;
  switch (weight->second) {
    case trust::Weight::kFail:
      if (is_noticed_beside(finding)) break;
      finding.set_effect(v1::EFFECT_INCONCLUSIVE);
      break;
    case trust::Weight::kWarn:
      break;
    case trust::Weight::kInform:
    case trust::Weight::kIgnore:
      finding.set_effect(v1::EFFECT_NONE);
      break;
  }
}

// Of the gateway itself, and neither of a file nor of proofs.
bool is_of_custody(v1::CheckId check) {
  return check == v1::CHECK_COC_1 || check == v1::CHECK_RPT_1;
}

// Those of `is_asked`; no other was performed.
Findings run_if(const auto& is_asked, const ItemView& item, const Judging& judging) {
  Findings findings;
  for (const Check& check : kChecks) {
    Findings answers = is_asked(check.id) ? check.run(item, judging)
                                          : Findings{answer(check.id, v1::OUTCOME_NOT_PERFORMED)};
    for (v1::Finding& finding : answers) {
      weigh(finding, judging.policy);
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

}  // namespace

std::span<const Check> all() { return kChecks; }

std::vector<v1::Finding> run_all(const ItemView& item, const Judging& judging) {
  return run_if([](v1::CheckId) { return true; }, item, judging);
}

std::vector<v1::Finding> run_custody(const ItemView& item, const Judging& judging) {
  // FILE-1 has the word for judges that died of a case; of bytes that were not received it would
  // say what they are.
  const bool terminated = item.measured.measured().outcome() == v1::MEASURE_OUTCOME_TERMINATED;
  const auto is_asked = [&](v1::CheckId check) {
    return is_of_custody(check) || (terminated && check == v1::CHECK_FILE_1);
  };
  return run_if(is_asked, item, judging);
}

}  // namespace heyan::checks
