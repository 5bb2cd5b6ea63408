// TIM-1 and TIM-2: since when did the file exist, by whose clock, and do the times fit together?
#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>

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

using Time = std::optional<Stated>;

Time stated(bool present, std::string_view name, std::int64_t at_ms) {
  if (!present) return std::nullopt;
  return Stated{name, core::from_unix_ms(at_ms)};
}

// When a stamp says that it was made: the end of its interval, without its accuracy. The ends of
// other proofs are no times at which anything happened.
Time stamped(const v1::TimeInterval& time) {
  constexpr std::uint64_t kPerMs = 1000;
  if (time.policy().empty() || !time.has_not_after_ms()) return std::nullopt;
  const auto doubt = static_cast<std::int64_t>((time.accuracy_us() + kPerMs - 1) / kPerMs);
  return Stated{"stamped",
                core::from_unix_ms(time.not_after_ms()) - std::chrono::milliseconds(doubt)};
}

class Order {
 public:
  // Nothing is said where one of them is not known.
  void expect(const Time& earlier, const Time& later) {
    if (earlier && later && is_later(earlier->at, later->at, kTolerance)) {
      findings_.push_back(conflict(*earlier, *later));
    }
  }
  Findings take() { return std::move(findings_); }

 private:
  Findings findings_;
};

Time latest_embedded(const v1::ContentFacts& contents) {
  Time latest;
  for (const v1::EmbeddedTime& time : contents.times()) {
    const core::UtcTime at = core::from_unix_ms(time.at_ms());
    if (!latest || latest->at < at) latest = Stated{"embedded", at};
  }
  return latest;
}

// What must not come before what: a claim and the file's own times before its record or stamp,
// these before the filing, and the record before the judgement. A stamp may well be older than the
// record. (W4-3 holds the file's own times against records.)
Findings order_of(const v1::Attestation& attestation, const ItemView& item,
                  const Judging& judging) {
  Order order;
  const v1::TimeInterval& time = attestation.time();
  const v1::Claims& claims = item.declared.claims();
  const v1::Submission& submission = judging.record.submission();
  const v1::LedgerRecord& record = attestation.record();
  const Time not_before = stated(time.has_not_before_ms(), "not_before", time.not_before_ms());
  const Time not_after = stated(time.has_not_after_ms(), "not_after", time.not_after_ms());
  const Time claimed = stated(claims.has_when_ms(), "claimed", claims.when_ms());
  const Time recorded = stated(record.has_when_ms(), "recorded", record.when_ms());
  const Time filed = stated(submission.has_filed_at_ms(), "filed", submission.filed_at_ms());
  order.expect(not_before, not_after);
  order.expect(claimed, not_after);
  order.expect(claimed, stated(time.has_stated_ms(), "stated", time.stated_ms()));
  order.expect(claimed, recorded);
  order.expect(recorded, filed);
  order.expect(recorded, Stated{"judged", judging.as_of});
  order.expect(not_before, filed);
  order.expect(stamped(time), filed);
  if (attestation.tier() == v1::TIER_TIME_PROOF) {
    order.expect(latest_embedded(item.measured.contents()), not_after);
  }
  return order.take();
}

// Two proofs of one file, of which one says "not before" a time that is later than the other's "not
// after": one of both cannot be right.
Findings bounds_against_others(const ItemView& item, std::size_t index, const Judging& judging) {
  Order order;
  const v1::TimeInterval& time = item.attestations[index].time();
  const Time not_before = stated(time.has_not_before_ms(), "not_before", time.not_before_ms());
  for (std::size_t i = 0; i < item.attestations.size(); ++i) {
    const v1::Attestation& other = item.attestations[i];
    if (i == index || !proves_time(other, item, judging)) continue;
    order.expect(not_before, stated(true, "not_after", other.time().not_after_ms()));
  }
  return order.take();
}

}  // namespace

Findings tim_1(const ItemView& item, const Judging& judging) {
  Findings findings = from_attestations(v1::CHECK_TIM_1, item);
  if (proved_existence(item, judging)) {
    // Another proof of the item brings the independent time that this ledger lacks: the question is
    // answered, and what the ledger's own time is worth stands with its proof.
    std::erase_if(findings, [](const v1::Finding& finding) {
      return finding.code() == v1::REASON_TIME_ONLY_DECLARED ||
             finding.code() == v1::REASON_TIME_ONLY_FROM_NODE_CLOCK;
    });
    if (findings.empty()) findings.push_back(answer(v1::CHECK_TIM_1, v1::OUTCOME_PASS));
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
    std::ranges::move(bounds_against_others(item, i, judging), std::back_inserter(order));
    if (order.empty()) order.push_back(answer(v1::CHECK_TIM_2, v1::OUTCOME_PASS));
    for (v1::Finding& finding : order) findings.push_back(about(std::move(finding), item, i));
  }
  if (findings.empty()) findings.push_back(answer(v1::CHECK_TIM_2, v1::OUTCOME_NOT_APPLICABLE));
  return findings;
}

}  // namespace heyan::checks
