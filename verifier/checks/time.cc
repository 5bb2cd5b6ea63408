// TIM-1 and TIM-2: since when did the file exist, by whose clock, and do the times fit together?
#include <chrono>

#include "verifier/checks/families.h"
#include "verifier/checks/time_evidence.h"

namespace heyan::checks {
namespace {

// People write times to the minute, and clocks of servers differ by seconds.
constexpr std::chrono::minutes kTolerance{1};

struct Stated {
  std::string_view name;
  core::UtcTime at;
};

v1::Finding conflict(const Stated& earlier, const Stated& later) {
  v1::Finding finding = answer(v1::CHECK_TIM_2, v1::OUTCOME_FAIL, v1::REASON_TIME_ORDER_CONFLICT);
  set_param(finding, earlier.name, core::format_rfc3339(earlier.at));
  set_param(finding, later.name, core::format_rfc3339(later.at));
  return finding;
}

// What must not come before what: a claim before its record, a record before its filing and before
// the judgement.
Findings order_of(const v1::Attestation& attestation, const ItemView& item,
                  const Judging& judging) {
  Findings findings;
  const auto expect = [&](const Stated& earlier, const Stated& later) {
    if (is_later(earlier.at, later.at, kTolerance)) findings.push_back(conflict(earlier, later));
  };
  const v1::TimeInterval& time = attestation.time();
  const v1::Claims& claims = item.declared.claims();
  const v1::Submission& submission = judging.record.submission();
  if (time.has_not_before_ms() && time.has_not_after_ms()) {
    expect({"not_before", core::from_unix_ms(time.not_before_ms())},
           {"not_after", core::from_unix_ms(time.not_after_ms())});
  }
  if (time.has_not_after_ms() && claims.has_when_ms()) {
    expect({"claimed", core::from_unix_ms(claims.when_ms())},
           {"not_after", core::from_unix_ms(time.not_after_ms())});
  }
  if (time.has_stated_ms() && claims.has_when_ms()) {
    expect({"claimed", core::from_unix_ms(claims.when_ms())},
           {"stated", core::from_unix_ms(time.stated_ms())});
  }
  if (!attestation.record().has_when_ms()) return findings;
  const Stated recorded{"recorded", core::from_unix_ms(attestation.record().when_ms())};
  if (claims.has_when_ms()) {
    expect({"claimed", core::from_unix_ms(claims.when_ms())}, recorded);
  }
  if (submission.has_filed_at_ms()) {
    expect(recorded, {"filed", core::from_unix_ms(submission.filed_at_ms())});
  }
  expect(recorded, {"judged", judging.as_of});
  return findings;
}

}  // namespace

Findings tim_1(const ItemView& item, const Judging& judging) {
  Findings findings = from_attestations(v1::CHECK_TIM_1, item);
  if (proved_existence(item, judging)) {
    // Another proof of the item brings the independent time that this ledger lacks.
    for (v1::Finding& finding : findings) {
      if (finding.code() == v1::REASON_TIME_ONLY_DECLARED ||
          finding.code() == v1::REASON_TIME_ONLY_FROM_NODE_CLOCK) {
        finding.set_effect(v1::EFFECT_NONE);
      }
    }
  }
  if (findings.empty()) findings.push_back(answer(v1::CHECK_TIM_1, v1::OUTCOME_NOT_APPLICABLE));
  return findings;
}

Findings tim_2(const ItemView& item, const Judging& judging) {
  Findings findings;
  for (std::size_t i = 0; i < item.attestations.size(); ++i) {
    const v1::Attestation& attestation = item.attestations[i];
    if (!attestation.has_record() || !is_included(attestation)) continue;
    Findings order = order_of(attestation, item, judging);
    if (order.empty()) order.push_back(answer(v1::CHECK_TIM_2, v1::OUTCOME_PASS));
    for (v1::Finding& finding : order) findings.push_back(about(std::move(finding), item, i));
  }
  if (findings.empty()) findings.push_back(answer(v1::CHECK_TIM_2, v1::OUTCOME_NOT_APPLICABLE));
  return findings;
}

}  // namespace heyan::checks
