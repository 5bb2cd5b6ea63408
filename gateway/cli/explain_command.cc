// heyan explain WORD: the catalogue, as a person would ask it: reasons, checks, verdicts, standing
// sentences, articles of law.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <vector>

#include "gateway/cli/commands.h"
#include "schemas/catalogue/catalogue.h"
#include "schemas/catalogue/law.h"
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

// A verdict's label with its code; an empty string where the word is no verdict of an item.
std::string verdict_words(std::string_view code, Language language) {
  for (const catalogue::VerdictEntry& verdict : catalogue::verdicts()) {
    if (verdict.level == "evidence" && verdict.code == code) {
      return fmt::format("{} ({})", verdict.label.in(language), code);
    }
  }
  return {};
}

// The words of the tables' columns failing_effect and verdict_it_leads_to: a verdict, one of these,
// or a verdict "; " one of these.
std::string effect_words(std::string_view words, Language language) {
  struct Phrase {
    std::string_view words;
    catalogue::Text text;
  };
  static constexpr std::array kPhrases = {
      Phrase{"note", {"提示", "a note"}},
      Phrase{"none", {"不影响结论", "nothing"}},
      Phrase{"signature not counted", {"该签名不计入", "the signature is not counted"}},
      Phrase{"(standing note)",
             {"不影响结论；每份报告都有说明", "nothing; every report says it all the same"}},
      Phrase{"INCONCLUSIVE if the quorum is then not reached",
             {"机构数因此达不到规定数量的：暂不能得出结论 (INCONCLUSIVE)",
              "No conclusion yet (INCONCLUSIVE) if the required number is then not reached"}},
      Phrase{"NOT_COMPLETED if it would change the outcome",
             {"会改变结论的：未完成核验 (NOT_COMPLETED)",
              "Verification not completed (NOT_COMPLETED) if it would change the outcome"}},
  };
  if (const std::size_t split = words.find("; "); split != std::string_view::npos) {
    return effect_words(words.substr(0, split), language) + std::string(say(language, "；", "; ")) +
           effect_words(words.substr(split + 2), language);
  }
  for (const Phrase& phrase : kPhrases) {
    if (phrase.words == words) return std::string(phrase.text.in(language));
  }
  return verdict_words(words, language);
}

// Heading and text, a paragraph a line.
std::string quote(const catalogue::ArticleEntry& article, Language language) {
  std::string text =
      language == Language::kChinese
          ? fmt::format("《{}》{}\n", article.instrument, article.article)
          : fmt::format("{} (《{}》{}, quoted in the original)\n",
                        catalogue::cite(article, language), article.instrument, article.article);
  for (const std::string_view paragraph : catalogue::paragraphs(article)) {
    text += fmt::format("  {}\n", paragraph);
  }
  return text;
}

std::string about(const catalogue::ReasonEntry& reason, Language language) {
  const catalogue::CheckEntry& check = catalogue::entry(reason.check);
  std::string text = fmt::format("{}\n{}\n", reason.code, reason.reason.in(language));
  if (!reason.next_step.in(language).empty()) {
    text +=
        label(language, "下一步", "Next step") + std::string(reason.next_step.in(language)) + "\n";
  }
  text += label(language, "导致", "Leads to") + effect_words(reason.leads_to, language) + "\n";
  text += fmt::format("{}{} {}\n", label(language, "所属检查", "Answers check"), check.code,
                      check.question.in(language));
  return text;
}

std::string about(const catalogue::CheckEntry& check, Language language) {
  std::string text = fmt::format("{}\n{}\n", check.code, check.question.in(language));
  text += label(language, "性质", "Weight") + weight_word(check.weight, language) + "\n";
  text += label(language, "未通过时", "If not passed") +
          effect_words(check.failing_effect, language) + "\n";
  text += label(language, "规则", "Rule") + catalogue::cite(check.rule, language) + "\n";
  std::vector<std::string_view> codes;
  for (const catalogue::ReasonEntry& reason : catalogue::reasons()) {
    if (reason.check == check.id) codes.push_back(reason.code);
  }
  text += fmt::format("{}{}\n", label(language, "可能的原因代码", "Reasons it can give"),
                      fmt::join(codes, " "));
  for (const auto* article : catalogue::articles_of(check.rule)) text += quote(*article, language);
  return text;
}

std::string about(const catalogue::VerdictEntry& verdict, Language language) {
  std::string text = fmt::format("{} {} {}\n{}\n", verdict.code, verdict.symbol,
                                 verdict.label.in(language), verdict.sentence.in(language));
  if (!verdict.statute_effect.zh.empty()) {
    text += fmt::format("{}{}\n", label(language, "法律效果", "Effect in law"),
                        verdict.statute_effect.in(language));
  }
  return text;
}

std::string about(const catalogue::StandingSentence& sentence, Language language) {
  return fmt::format(
      "{}\n{}\n{}\n", sentence.id, sentence.text.in(language),
      say(language, "每份报告都载有这句话。", "Every report carries this sentence."));
}

std::string about(const catalogue::ArticleEntry& article, Language language) {
  std::string text = quote(article, language);
  for (const catalogue::LegalEntry* entry : catalogue::questions_under(article)) {
    text += fmt::format("- {}\n", entry->question.in(language));
    text += fmt::format("    {}{}\n", label(language, "可以查明", "Can be established"),
                        entry->can.in(language));
    if (!entry->cannot.zh.empty()) {
      text += fmt::format("    {}{}\n", label(language, "不能查明", "Cannot be established"),
                          entry->cannot.in(language));
    }
    text +=
        fmt::format("    {}{}\n", label(language, "相关检查", "Checks"),
                    entry->checks == "*" ? say(language, "全部", "all of them") : entry->checks);
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
  text += say(language, "每份报告都载有的说明\n", "Sentences of every report\n");
  for (const catalogue::StandingSentence& sentence : catalogue::standing_sentences()) {
    text += fmt::format("  {}  {}\n", sentence.id, sentence.text.in(language));
  }
  text += say(language, "法条\n", "Articles of law\n");
  for (const catalogue::ArticleEntry& article : catalogue::articles()) {
    text +=
        fmt::format("  {}{}  《{}》{}\n", article.code, catalogue::article_number(article.article),
                    article.instrument, article.article);
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
  for (const catalogue::StandingSentence& sentence : catalogue::standing_sentences()) {
    if (sentence.id == word) return about(sentence, language);
  }
  std::string text;
  for (const catalogue::ArticleEntry* article : catalogue::find_articles(word)) {
    if (!text.empty()) text += "\n";
    text += about(*article, language);
  }
  return text;
}

std::string_view nearest_word(std::string_view word) {
  std::vector<std::string_view> words;
  for (const auto& reason : catalogue::reasons()) words.push_back(reason.code);
  for (const auto& check : catalogue::checks()) words.push_back(check.code);
  for (const auto& verdict : catalogue::verdicts()) words.push_back(verdict.code);
  for (const auto& sentence : catalogue::standing_sentences()) words.push_back(sentence.id);
  return trust::near_word(word, words);
}

}  // namespace

ExitStatus run(const ExplainOptions& options, Console& console) {
  const std::string word = upper(options.word);
  const bool list = options.list || word.empty();
  const std::string text = list ? list_all(options.language) : look_up(word, options.language);
  if (text.empty()) {
    const std::string_view near = nearest_word(word);
    console.talk(fmt::format(
        "heyan: nothing is called {}; {}`heyan explain --list` lists everything",
        core::visible(options.word), near.empty() ? "" : fmt::format("did you mean {}? ", near)));
    return ExitStatus::kUsage;
  }
  return print(text, console);
}

}  // namespace heyan::cli
