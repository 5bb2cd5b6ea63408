#include "gateway/cli/elsewhere_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "gateway/cli/console.h"
#include "schemas/catalogue/labels.h"
#include "verifier/core/text.h"
#include "verifier/core/time.h"
#include "verifier/elsewhere.h"
#include "verifier/report/wording.h"

namespace heyan::cli {
namespace {

using catalogue::Label;
using catalogue::Language;
using report::Wording;

// "/evidence/N/elsewhere" is of item N + 1. A payload of anybody may name other places: those are
// shown as they stand.
std::string item_at(std::string_view pointer) {
  constexpr std::size_t kBefore = std::string_view("/evidence/").size();
  constexpr std::size_t kAfter = std::string_view("/elsewhere").size();
  const std::string_view number = pointer.size() > kBefore + kAfter
                                      ? pointer.substr(kBefore, pointer.size() - kBefore - kAfter)
                                      : std::string_view();
  std::uint32_t index = 0;
  const char* const end = number.data() + number.size();
  const auto read = std::from_chars(number.data(), end, index);
  if (number.empty() || read.ec != std::errc() || read.ptr != end) return core::visible(pointer);
  return std::to_string(std::uint64_t{index} + 1);
}

std::string rfc3339(std::int64_t ms) { return core::format_rfc3339(core::from_unix_ms(ms)); }

class Searches {
 public:
  explicit Searches(Language language) : language_(language) {}

  void withheld(std::string_view pointer) { join(withheld_, item_at(pointer)); }
  void told(const Disclosure& disclosure) {
    const std::string item = item_at(disclosure.pointer);
    const auto found = read_found(disclosure.value);
    if (!found) {
      rest_ += fmt::format("  {}: {}\n", line(Label::kItemNumber, item),
                           Wording::cited(disclosure.value));
    } else if (found->found.count() == 0) {
      join(none_[found->since_ms], item);
    } else {
      add_found(item, *found);
    }
  }
  std::string text() const {
    std::string text = fmt::format("{}\n", line(Label::kElsewhere));
    for (const auto& [since_ms, items] : none_) {
      text += fmt::format("  {}\n", line(Label::kElsewhereNone, items, rfc3339(since_ms)));
    }
    if (!withheld_.empty()) {
      text += fmt::format("  {}\n", line(Label::kElsewhereWithheld, withheld_));
    }
    return text + rest_;
  }

 private:
  template <typename... Arguments>
  std::string line(Label label, const Arguments&... arguments) const {
    return fmt::format(fmt::runtime(catalogue::label(label).in(language_)), arguments...);
  }
  void join(std::string& list, const std::string& item) const {
    if (!list.empty()) list += say(language_, "、", ", ");
    list += item;
  }
  std::string declared(const std::string& value) const {
    return Wording::cited(value) + std::string(say(language_, " (陈述)", " (declared)"));
  }
  void add_found(const std::string& item, const FoundElsewhere& found) {
    const std::uint64_t count = found.found.count();
    rest_ += fmt::format("  {}{}{}\n", line(Label::kItemNumber, item), say(language_, "：", ". "),
                         line(Label::kElsewhereFound, count, rfc3339(found.since_ms)));
    const auto listed = static_cast<std::uint64_t>(found.found.filed_size());
    if (listed < count) rest_ += fmt::format("    {}\n", line(Label::kElsewhereNewest, listed));
    for (const v1::FiledElsewhere& one : found.found.filed()) {
      rest_ += fmt::format("    {}, {} {}, {} {}\n", core::visible(one.report_number()),
                           line(Label::kItem), declared(one.item()), line(Label::kCase),
                           one.case_number().empty() ? "-" : declared(one.case_number()));
    }
  }

  Language language_;
  std::map<std::int64_t, std::string> none_;  // by SearchElsewhere.since_ms
  std::string withheld_;
  std::string rest_;
};

}  // namespace

std::string describe_searches(const report::EnvelopeVerdict& verdict, Language language) {
  Searches searches(language);
  bool any = false;
  for (const report::PersonalField& field : verdict.personal) {
    if (!is_search(field.pointer)) continue;
    any = true;
    const auto& disclosed = verdict.disclosed.disclosures;
    const auto told = std::ranges::find(disclosed, field.pointer, &Disclosure::pointer);
    if (told == disclosed.end()) {
      searches.withheld(field.pointer);
    } else {
      searches.told(*told);
    }
  }
  return any ? searches.text() : std::string();
}

}  // namespace heyan::cli
