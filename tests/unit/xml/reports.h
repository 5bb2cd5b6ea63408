// Reports for the tests of this folder.
#pragma once

#include <array>

#include "schemas/catalogue/catalogue.h"
#include "tests/unit/report/sample_report.h"
#include "verifier/report/payload.h"

namespace heyan::xml {

inline constexpr std::array kVerdicts = {
    v1::VERDICT_CONSISTENT, v1::VERDICT_CONSISTENT_WITH_NOTES, v1::VERDICT_INCONSISTENT,
    v1::VERDICT_NOT_FOUND,  v1::VERDICT_INCONCLUSIVE,          v1::VERDICT_NOT_COMPLETED};

inline v1::Finding finding(v1::CheckId check, v1::ReasonCode code, v1::Outcome outcome,
                           v1::Effect effect) {
  v1::Finding finding;
  finding.set_check(check);
  finding.set_code(code);
  finding.set_outcome(outcome);
  finding.set_effect(effect);
  return finding;
}

// One item, with one reason that decided.
inline v1::Report report_with(v1::Verdict verdict) {
  v1::Report report = report::testing::sample_report();
  report.mutable_bindings()->set_trust_list(std::string(32, '\x03'));
  report.mutable_bindings()->set_policy(std::string(32, '\x02'));
  report.mutable_bindings()->set_software_version("0.1.0");
  v1::ItemReport& item = *report.mutable_evidence(0);
  item.set_verdict(verdict);
  item.clear_findings();
  const auto decide = [&](v1::CheckId check, v1::ReasonCode code, v1::Outcome outcome,
                          v1::Effect effect) {
    *item.add_findings() = finding(check, code, outcome, effect);
    for (auto& result : *item.mutable_checks()) {
      if (result.check() == check) result.set_outcome(outcome);
    }
  };
  if (verdict == v1::VERDICT_CONSISTENT_WITH_NOTES) {
    decide(v1::CHECK_QUO_2, v1::REASON_QUORUM_DEPENDS_ON_INTERESTED_PARTY, v1::OUTCOME_FAIL,
           v1::EFFECT_NOTE);
  } else if (verdict == v1::VERDICT_INCONSISTENT) {
    decide(v1::CHECK_MATCH_1, v1::REASON_CONTENT_HASH_DIFFERS, v1::OUTCOME_FAIL,
           v1::EFFECT_INCONSISTENT);
  } else if (verdict == v1::VERDICT_NOT_FOUND) {
    decide(v1::CHECK_REC_1, v1::REASON_RECORD_NOT_FOUND, v1::OUTCOME_FAIL, v1::EFFECT_NOT_FOUND);
  } else if (verdict == v1::VERDICT_INCONCLUSIVE) {
    decide(v1::CHECK_QUO_1, v1::REASON_QUORUM_NOT_REACHED, v1::OUTCOME_UNDETERMINED,
           v1::EFFECT_INCONCLUSIVE);
  } else if (verdict == v1::VERDICT_NOT_COMPLETED) {
    decide(v1::CHECK_HASH_1, v1::REASON_ENGINE_DISAGREEMENT, v1::OUTCOME_NOT_PERFORMED,
           v1::EFFECT_NOT_COMPLETED);
  }
  return report;
}

}  // namespace heyan::xml
