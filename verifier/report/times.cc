#include "verifier/report/times.h"

#include "verifier/core/text.h"

namespace heyan::report {

namespace {

constexpr std::string_view kAuthority = "tsa:";

std::optional<Label> class_label(std::string_view trust_class) {
  if (trust_class == "qualified") return Label::kStampQualified;
  if (trust_class == "licensed-ca") return Label::kStampLicensed;
  if (trust_class == "private") return Label::kStampPrivate;
  return std::nullopt;
}

// "1 s", "500 ms", "20 µs": in the largest unit that shows it whole.
std::string duration(std::uint64_t microseconds) {
  constexpr std::uint64_t kThousand = 1000;
  if (microseconds % (kThousand * kThousand) == 0) {
    return std::to_string(microseconds / (kThousand * kThousand)) + " s";
  }
  if (microseconds % kThousand == 0) return std::to_string(microseconds / kThousand) + " ms";
  return std::to_string(microseconds) + " µs";
}

// What a time-stamp authority says of its own clock, and what the trust list says of it.
void add_authority(Line& line, const Draft& draft, const v1::TimeInterval& time) {
  if (time.policy().empty()) return;
  line.text(semicolon(draft));
  if (time.has_accuracy_us()) {
    line.filled(Label::kStampAccuracy, duration(time.accuracy_us()));
  } else {
    line.words(Label::kStampAccuracyNotStated);
  }
  line.text(semicolon(draft)).filled(Label::kStampPolicy, core::visible(time.policy(), 64));
  if (const auto label = class_label(time.authority_class())) {
    line.text(semicolon(draft)).words(*label);
  }
}

}  // namespace

std::string source_of(const Draft& draft, std::string_view source) {
  if (source.starts_with(kAuthority)) return draft.institution(source.substr(kAuthority.size()));
  if (source == "declared") return draft.in(Label::kTimeDeclared);
  if (source == "node-clock") return draft.in(Label::kTimeNodeClock);
  if (source == "witnesses") return draft.in(Label::kTimeWitnesses);
  return core::visible(source, 64);
}

Line interval(const Draft& draft, const v1::TimeInterval& time) {
  Line line(draft);
  if (time.source().empty()) return line;
  if (!time.has_not_before_ms() && !time.has_not_after_ms() && !time.has_stated_ms()) return line;
  line.text(source_of(draft, time.source()));
  const auto add = [&](Label name, std::int64_t at_ms) {
    line.text(semicolon(draft)).words(name).text(" ").text(rfc3339(at_ms));
  };
  if (time.has_not_before_ms()) add(Label::kNotBefore, time.not_before_ms());
  if (time.has_not_after_ms()) add(Label::kNotAfter, time.not_after_ms());
  if (time.has_stated_ms()) add(Label::kStated, time.stated_ms());
  add_authority(line, draft, time);
  return line;
}

}  // namespace heyan::report
