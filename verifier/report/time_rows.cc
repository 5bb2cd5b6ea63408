#include "verifier/report/time_rows.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "verifier/core/text.h"
#include "verifier/report/item_parts.h"
#include "verifier/report/times.h"

namespace heyan::report {
namespace {

// What orders the rows: the end that says the most, unknown ones last.
std::pair<bool, std::int64_t> key(const TimeRow& row) {
  if (row.time.has_not_after_ms()) return {false, row.time.not_after_ms()};
  if (row.time.has_stated_ms()) return {false, row.time.stated_ms()};
  return {!row.time.has_not_before_ms(), row.time.not_before_ms()};
}

bool is_stamp(const v1::TimeInterval& time) { return !time.policy().empty(); }

Label strength_of(const v1::Attestation& attestation) {
  const v1::TimeInterval& time = attestation.time();
  if (is_of_operator(attestation)) return Label::kStrengthPlatform;
  if (time.source() == "declared") return Label::kStrengthDepositor;
  if (time.source() == "node-clock") return Label::kStrengthNodeClock;
  if (time.source() == "witnesses") return Label::kStrengthWitnesses;
  if (!time.independent()) return Label::kStrengthLinked;
  return is_stamp(time) ? Label::kStrengthAuthority : Label::kStrengthPublicChain;
}

// RFC 3161: the interval ends with genTime and the accuracy, in whole milliseconds.
std::optional<std::int64_t> instant_of(const v1::TimeInterval& time) {
  constexpr std::uint64_t kPerMs = 1000;
  if (time.has_stated_ms()) return time.stated_ms();
  if (!is_stamp(time) || !time.has_not_after_ms()) return std::nullopt;
  return time.not_after_ms() -
         static_cast<std::int64_t>((time.accuracy_us() + kPerMs - 1) / kPerMs);
}

// The rows of one item.
class ItemTimes {
 public:
  ItemTimes(const Draft& draft, const v1::ItemReport& item, int number)
      : draft_(draft), item_(item), number_(number) {}

  std::vector<TimeRow> take() {
    add_claim();
    for (const auto& time : item_.contents().times()) {
      add_stated({.kind = TimeKind::kFile, .source = core::visible(time.source(), 32)},
                 Label::kTimeInFile, Label::kStrengthFile, time.at_ms());
    }
    for (const auto& attestation : item_.attestations()) add_attestation(attestation);
    if (!rows_.empty()) add_filing();
    std::ranges::stable_sort(rows_, {}, key);
    return std::move(rows_);
  }

 private:
  void add(TimeRow row) {
    row.item = number_;
    row.party = item_.party();
    rows_.push_back(std::move(row));
  }

  void add_stated(TimeRow row, Label what, Label strength, std::int64_t at_ms) {
    row.what = draft_.in(what);
    row.strength = draft_.in(strength);
    row.time.set_stated_ms(at_ms);
    row.at_ms = at_ms;
    add(std::move(row));
  }

  void add_claim() {
    const v1::Item* declared = declared_item(draft_, item_, number_);
    if (declared == nullptr || !declared->claims().has_when_ms()) return;
    add_stated({.kind = TimeKind::kClaim}, Label::kClaimed, Label::kStrengthClaim,
               declared->claims().when_ms());
  }

  void add_attestation(const v1::Attestation& attestation) {
    const v1::TimeInterval& time = attestation.time();
    if (attestation.record().has_when_ms() &&
        (!time.has_stated_ms() || time.stated_ms() != attestation.record().when_ms())) {
      add_stated({.kind = TimeKind::kRecord, .source = draft_.ledger(attestation.ledger())},
                 Label::kRecorded, Label::kStrengthDepositor, attestation.record().when_ms());
    }
    if (time.source().empty()) return;
    if (!time.has_not_before_ms() && !time.has_not_after_ms() && !time.has_stated_ms()) return;
    add({.kind = TimeKind::kProof,
         .what = draft_.in(tier_label(attestation.tier())),
         .source = source_of(draft_, time.source()),
         .strength = draft_.in(strength_of(attestation)),
         .time = time,
         .established = attestation.outcome() == v1::OUTCOME_PASS,
         .at_ms = instant_of(time)});
  }

  void add_filing() {
    const v1::Report& report = draft_.report();
    if (!report.has_filed_at_ms()) return;
    add_stated({.kind = TimeKind::kFiling}, Label::kFiledAt,
               report.submission_is_declared() ? Label::kStrengthClaim : Label::kStrengthFiling,
               report.filed_at_ms());
  }

  const Draft& draft_;
  const v1::ItemReport& item_;
  int number_;
  std::vector<TimeRow> rows_;
};

// How far apart, for any two times: the distance fits the unsigned type, where subtraction is
// modular.
std::uint64_t distance_ms(std::int64_t a, std::int64_t b) {
  const auto difference = static_cast<std::uint64_t>(std::max(a, b));
  return difference - static_cast<std::uint64_t>(std::min(a, b));
}

constexpr std::uint64_t kMinuteMs = 60'000;
constexpr std::uint64_t kHourMs = 60 * kMinuteMs;

// As far as Beijing time is ahead, to the minute.
bool is_eight_hours(std::int64_t a, std::int64_t b) {
  const std::uint64_t distance = distance_ms(a, b);
  return distance >= 8 * kHourMs - kMinuteMs && distance <= 8 * kHourMs + kMinuteMs;
}

std::string named(const TimeRow& row) { return row.what + " " + rfc3339(*row.at_ms); }

// Longer than a weekend, and than what a proof to the day leaves open.
constexpr std::uint64_t kLongHours = 72;

const TimeRow* first_proof(const std::vector<TimeRow>& rows) {
  const auto proof = std::ranges::find_if(rows, [](const TimeRow& row) {
    return row.kind == TimeKind::kProof && row.established && row.time.independent() &&
           row.time.has_not_after_ms();
  });
  return proof == rows.end() ? nullptr : &*proof;
}

// The last that the file says of itself, or its depositor, before the proof.
const TimeRow* last_before(const std::vector<TimeRow>& rows, std::int64_t proved_ms) {
  const TimeRow* last = nullptr;
  for (const TimeRow& row : rows) {
    if (row.kind != TimeKind::kFile && row.kind != TimeKind::kRecord) continue;
    if (*row.at_ms <= proved_ms && (last == nullptr || *last->at_ms < *row.at_ms)) last = &row;
  }
  return last;
}

}  // namespace

std::vector<TimeRow> time_rows(const Draft& draft) {
  std::vector<TimeRow> rows;
  int number = 0;
  for (const auto& item : draft.report().evidence()) {
    std::vector<TimeRow> of_item = ItemTimes(draft, item, ++number).take();
    std::ranges::move(of_item, std::back_inserter(rows));
  }
  return rows;
}

List time_remarks(const Draft& draft, const std::vector<TimeRow>& rows) {
  constexpr int kMost = 8;
  Lines lines;
  int said = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = i + 1; j < rows.size() && said < kMost; ++j) {
      const TimeRow& a = rows[i];
      const TimeRow& b = rows[j];
      if (a.kind == TimeKind::kFiling || b.kind == TimeKind::kFiling || !a.at_ms || !b.at_ms ||
          !is_eight_hours(*a.at_ms, *b.at_ms)) {
        continue;
      }
      lines.add(Line(draft).filled(Label::kEightHours, named(a), named(b)));
      ++said;
    }
  }
  const TimeRow* proof = first_proof(rows);
  const TimeRow* before = proof ? last_before(rows, proof->time.not_after_ms()) : nullptr;
  if (before != nullptr &&
      distance_ms(proof->time.not_after_ms(), *before->at_ms) > kLongHours * kHourMs) {
    lines.add(Line(draft).filled(Label::kLongBeforeProof, named(*before),
                                 rfc3339(proof->time.not_after_ms()), kLongHours));
  }
  return lines.take();
}

}  // namespace heyan::report
