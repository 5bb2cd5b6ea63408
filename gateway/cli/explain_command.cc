// heyan explain CODE|CHECK|VERDICT: the catalogue, as a person would ask it.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "gateway/cli/commands.h"
#include "schemas/catalogue/catalogue.h"
#include "verifier/core/text.h"
#include "verifier/trust/nearest.h"

namespace heyan::cli {
namespace {

using catalogue::Language;

std::string weight_word(catalogue::CheckWeight weight, Language language) {
  switch (weight) {
    case catalogue::CheckWeight::kDecisive:
      return std::string(say(language, "决定性", "decisive"));
    case catalogue::CheckWeight::kSupporting:
      return std::string(say(language, "辅助", "supporting"));
    case catalogue::CheckWeight::kInformative:
      return std::string(say(language, "提示", "informative"));
  }
  return {};
}

std::string label(Language language, std::string_view zh, std::string_view en) {
  return language == Language::kChinese ? std::string(zh) + "：" : std::string(en) + ": ";
}

std::string about(const catalogue::ReasonEntry& reason, Language language) {
  const catalogue::CheckEntry& check = catalogue::entry(reason.check);
  std::string text = fmt::format("{}\n{}\n", reason.code, reason.reason.in(language));
  if (!reason.next_step.in(language).empty()) {
    text +=
        label(language, "下一步", "Next step") + std::string(reason.next_step.in(language)) + "\n";
  }
  text += label(language, "导致", "Leads to") + std::string(reason.leads_to) + "\n";
  text += fmt::format("{}{} {}\n", label(language, "所属检查", "Answers check"), check.code,
                      check.question.in(language));
  return text;
}

std::string about(const catalogue::CheckEntry& check, Language language) {
  std::string text = fmt::format("{}\n{}\n", check.code, check.question.in(language));
  text += label(language, "性质", "Weight") + weight_word(check.weight, language) + "\n";
  text += label(language, "未通过时", "If not passed") + std::string(check.failing_effect) + "\n";
  if (!check.rule.empty()) text += label(language, "规则", "Rule") + std::string(check.rule) + "\n";
  text += label(language, "可能的原因代码", "Reasons it can give");
  for (const catalogue::ReasonEntry& reason : catalogue::reasons()) {
    if (reason.check == check.id) text += " " + std::string(reason.code);
  }
  return text + "\n";
}

std::string about(const catalogue::VerdictEntry& verdict, Language language) {
  std::string text = fmt::format("{} {} {}\n{}\n", verdict.code, verdict.symbol,
                                 verdict.label.in(language), verdict.sentence.in(language));
  if (!verdict.statute_effect.empty() && language == Language::kChinese) {
    text += label(language, "法律效果", "") + std::string(verdict.statute_effect) + "\n";
  }
  return text;
}

std::string list_all(Language language) {
  std::string text = std::string(say(language, "检查\n", "Checks\n"));
  for (const catalogue::CheckEntry& check : catalogue::checks()) {
    text += fmt::format("  {}  {}\n", check.code, check.question.in(language));
  }
  text += say(language, "原因代码\n", "Reason codes\n");
  for (const catalogue::ReasonEntry& reason : catalogue::reasons()) {
    text += fmt::format("  {}  {}\n", reason.code, reason.reason.in(language));
  }
  text += say(language, "结论\n", "Verdicts\n");
  for (const catalogue::VerdictEntry& verdict : catalogue::verdicts()) {
    text += fmt::format("  {}  {}\n", verdict.code, verdict.label.in(language));
  }
  return text;
}

// Codes are upper case; so is what people type, mostly.
std::string upper(std::string word) {
  std::ranges::transform(word, word.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return word;
}

std::string look_up(std::string_view word, Language language) {
  if (const auto* reason = catalogue::reason_by_code(word)) return about(*reason, language);
  if (const auto* check = catalogue::check_by_code(word)) return about(*check, language);
  for (const catalogue::VerdictEntry& verdict : catalogue::verdicts()) {
    if (verdict.code == word) return about(verdict, language);
  }
  return {};
}

std::string_view nearest_word(std::string_view word) {
  std::vector<std::string_view> words;
  for (const auto& reason : catalogue::reasons()) words.push_back(reason.code);
  for (const auto& check : catalogue::checks()) words.push_back(check.code);
  for (const auto& verdict : catalogue::verdicts()) words.push_back(verdict.code);
  return trust::nearest(word, words);
}

}  // namespace

ExitStatus run(const ExplainOptions& options, Console& console) {
  const std::string word = upper(options.word);
  const bool list = options.list || word.empty();
  const std::string text = list ? list_all(options.language) : look_up(word, options.language);
  if (text.empty()) {
    console.talk(fmt::format(
        "heyan: nothing is called {}; did you mean {}? `heyan explain --list` lists everything",
        core::visible(options.word), nearest_word(word)));
    return ExitStatus::kUsage;
  }
  return console.data(text) ? ExitStatus::kOk : ExitStatus::kInputOutput;
}

}  // namespace heyan::cli
