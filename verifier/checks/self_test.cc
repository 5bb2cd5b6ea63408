// RPT-1: did the self-test pass before this report, and is the trust list within its date?
#include "verifier/checks/families.h"
#include "verifier/core/time.h"

namespace heyan::checks {

Findings rpt_1(const ItemView&, const Judging& judging) {
  Findings findings;
  const v1::Circumstances& circumstances = judging.circumstances;
  if (circumstances.has_self_test()) {
    findings.push_back(
        circumstances.self_test().passed()
            ? answer(v1::CHECK_RPT_1, v1::OUTCOME_PASS)
            : answer(v1::CHECK_RPT_1, v1::OUTCOME_FAIL, v1::REASON_SELF_TEST_FAILED));
  }
  const auto& issued = judging.trust.issued;
  if (judging.trust.given && issued && judging.as_of < *issued) {
    findings.push_back(
        answer(v1::CHECK_RPT_1, v1::OUTCOME_FAIL, v1::REASON_TRUST_LIST_NOT_YET_ISSUED));
    set_param(findings.back(), "issued", core::format_rfc3339(*issued));
  }
  const auto& next_update = judging.trust.next_update;
  if (judging.trust.given && next_update && *next_update < judging.as_of) {
    findings.push_back(answer(v1::CHECK_RPT_1, v1::OUTCOME_FAIL, v1::REASON_TRUST_LIST_OUTDATED));
    set_param(findings.back(), "next_update", core::format_rfc3339(*next_update));
  }
  if (findings.empty()) findings.push_back(answer(v1::CHECK_RPT_1, v1::OUTCOME_NOT_APPLICABLE));
  return findings;
}

}  // namespace heyan::checks
