#include "verifier/report/times.h"

#include "verifier/core/text.h"

namespace heyan::report {

std::string source_of(const Draft& draft, std::string_view source) {
  if (source == "declared") return draft.in(Label::kTimeDeclared);
  if (source == "node-clock") return draft.in(Label::kTimeNodeClock);
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
  return line;
}

}  // namespace heyan::report
