#include "gateway/cli/difference_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "gateway/cli/console.h"

namespace heyan::cli {
namespace {

using catalogue::Language;
using core::json::Value;

std::string verdict_words(std::string_view code, Language language) {
  if (code.empty()) return std::string(say(language, "（无此项）", "(not in it)"));
  for (const catalogue::VerdictEntry& entry : catalogue::verdicts()) {
    if (entry.code == code) return std::string(entry.label.in(language));
  }
  return std::string(code);
}

// Empty: not asked there.
std::string outcome_words(std::string_view word, Language language) {
  if (word.empty()) return std::string(say(language, "（未列出）", "(not listed)"));
  for (int i = v1::OUTCOME_PASS; v1::Outcome_IsValid(i); ++i) {
    const auto outcome = static_cast<v1::Outcome>(i);
    if (catalogue::word(outcome) != word) continue;
    return std::string(catalogue::entry(outcome).label.in(language));
  }
  return std::string(word);
}

std::string check_words(const report::CheckChange& change, Language language) {
  const catalogue::CheckEntry* entry = catalogue::check_by_code(change.check);
  const std::string_view question = entry != nullptr ? entry->question.in(language) : "";
  return fmt::format("{}{}{}{}{} → {}", change.check, question.empty() ? "" : " ", question,
                     question.empty() ? ": " : " ", outcome_words(change.before, language),
                     outcome_words(change.now, language));
}

std::string reason_words(const report::ReasonName& reason, Language language) {
  const catalogue::ReasonEntry* entry = catalogue::reason_by_code(reason.code);
  const std::string_view text = entry != nullptr ? entry->reason.in(language) : "";
  return fmt::format("{}{}{}", reason.code, text.empty() ? "" : ": ", text);
}

std::string trial_words(std::string_view id, Language language) {
  if (id == "time") return std::string(say(language, "仅时间", "the time alone"));
  if (id == "trust") return std::string(say(language, "仅信任名单", "the trust list alone"));
  if (id == "policy") return std::string(say(language, "仅策略", "the policy alone"));
  if (id == "strict") return std::string(say(language, "严格策略", "the strict policy"));
  if (id == "default") return std::string(say(language, "默认策略", "the default policy"));
  return std::string(say(language, "原策略", "the policy of the record"));
}

const std::string* verdict_in(const Trial& trial, const std::string& item) {
  const auto found =
      std::ranges::find(trial.verdicts, item, &std::pair<std::string, std::string>::first);
  return found == trial.verdicts.end() ? nullptr : &found->second;
}

// Which of the changes is enough for the new verdict.
std::string why(const report::ItemDifference& item, const Rejudged& rejudged, Language language) {
  std::string enough;
  for (const Trial& trial : rejudged.alone) {
    const std::string* verdict = verdict_in(trial, item.id);
    if (verdict == nullptr || *verdict != item.now) continue;
    if (!enough.empty()) enough += say(language, "、", ", ");
    enough += trial_words(trial.id, language);
  }
  if (enough.empty()) {
    return std::string(say(language, "须几项一并变化才有此结果",
                           "no single change gives this; several together do"));
  }
  return fmt::format("{}{}", say(language, "以下任一变化即足以有此结果：", "enough for it is: "),
                     enough);
}

std::string item_text(const report::ItemDifference& item, const Rejudged* rejudged,
                      Language language) {
  // An id is declared text: it never stands on the line of a verdict (security decision 20).
  std::string text = fmt::format("\n“{}”{}\n", item.id, say(language, " (陈述)", " (declared)"));
  const auto line = [&](std::string_view words) { text += fmt::format("  {}\n", words); };
  if (item.before == item.now) {
    line(fmt::format("{}{}", say(language, "结论不变：", "The same verdict: "),
                     verdict_words(item.now, language)));
  } else {
    line(fmt::format("{}{} → {}", say(language, "结论：", "Verdict: "),
                     verdict_words(item.before, language), verdict_words(item.now, language)));
    if (rejudged != nullptr) line(why(item, *rejudged, language));
  }
  if (item.file_differs) {
    line(say(language, "两份报告测得的文件不同。", "The two reports measured different files."));
  }
  for (const report::ReasonName& reason : item.gone) {
    line("- " + reason_words(reason, language));
  }
  for (const report::ReasonName& reason : item.came) {
    line("+ " + reason_words(reason, language));
  }
  for (const report::CheckChange& change : item.checks) {
    line(check_words(change, language));
  }
  return text;
}

std::string basis_text(const report::Difference& difference, Language language) {
  std::string text;
  const auto row = [&](std::string_view name, const std::string& before, const std::string& now) {
    text += before == now ? fmt::format("{}{}\n", name, now)
                          : fmt::format("{}{} → {}\n", name, before, now);
  };
  const report::Basis& before = difference.before;
  const report::Basis& now = difference.now;
  row(say(language, "报告编号：", "Report number: "), before.number, now.number);
  row(say(language, "核验时点：", "Judged as of: "), before.as_of, now.as_of);
  row(say(language, "信任名单：", "Trust list: "), before.trust_list, now.trust_list);
  row(say(language, "策略：", "Policy: "), before.policy, now.policy);
  row(say(language, "系统版本：", "Software: "), before.software, now.software);
  row(say(language, "案件记录：", "Case record: "), before.case_record, now.case_record);
  return text;
}

// Of an item: the verdict under each policy; empty where all give the same.
std::string sensitivity_of(const std::string& item, const Rejudged& rejudged, Language language) {
  std::string text;
  bool differs = false;
  const std::string* first = nullptr;
  for (const Trial& trial : rejudged.sensitivity) {
    const std::string* verdict = verdict_in(trial, item);
    if (verdict == nullptr) continue;
    if (first == nullptr) first = verdict;
    differs = differs || *verdict != *first;
    text += fmt::format("    {}{}{}\n", trial_words(trial.id, language), say(language, "：", ": "),
                        verdict_words(*verdict, language));
  }
  return differs ? text : std::string();
}

// Every trial is of the same record, and so of the same items.
std::string sensitivity_text(const Rejudged& rejudged, Language language) {
  if (rejudged.sensitivity.empty()) return {};
  const auto& verdicts = rejudged.sensitivity.front().verdicts;
  std::string differing;
  std::size_t same = 0;
  for (const auto& [item, verdict] : verdicts) {
    const std::string lines = sensitivity_of(item, rejudged, language);
    if (lines.empty()) {
      ++same;
    } else {
      differing +=
          fmt::format("  “{}”{}\n{}", item, say(language, " (陈述)", " (declared)"), lines);
    }
  }
  const std::string_view title = say(language, "策略敏感度（当前时间与信任名单下）：",
                                     "Policy sensitivity (under today's time and trust list): ");
  if (differing.empty()) {
    return fmt::format(
        "\n{}{}\n", title,
        say(language, "在严格策略、默认策略和原策略下，各项证据的结论均相同。",
            "every item has the same verdict under the strict policy, the default policy and the "
            "policy of the record."));
  }
  const auto rest = say(language, "{} 项证据的结论因策略而不同，其余 {} 项相同。",
                        "the policy changes the verdict of {} items, and of {} it does not.");
  return fmt::format("\n{}{}\n{}", title,
                     fmt::format(fmt::runtime(rest), verdicts.size() - same, same), differing);
}

Value trials_value(const std::vector<Trial>& trials) {
  Value value(Value::Object{});
  for (const Trial& trial : trials) {
    Value verdicts(Value::Array{});
    for (const auto& [item, verdict] : trial.verdicts) {
      Value one(Value::Object{});
      one.set("id", item);
      one.set("verdict", verdict);
      verdicts.push(std::move(one));
    }
    value.set(trial.id, std::move(verdicts));
  }
  return value;
}

}  // namespace

std::string to_text(const report::Difference& difference, const Rejudged* rejudged,
                    Language language) {
  std::string text(say(language,
                       "差异观察：本文件只说明两次核验有何不同，不是核验报告，不取代任何报告。\n\n",
                       "Observation: what two verifications say differently. It is no report and "
                       "replaces none.\n\n"));
  text += basis_text(difference, language);
  if (difference.items.empty()) {
    text +=
        fmt::format("\n{}\n", say(language, "各项证据的结论、理由和检查结果均相同。",
                                  "Verdicts, reasons and answers are the same for every item."));
  }
  for (const report::ItemDifference& item : difference.items) {
    text += item_text(item, rejudged, language);
  }
  if (rejudged != nullptr) text += sensitivity_text(*rejudged, language);
  return text;
}

Value to_json(const report::Difference& difference, const Rejudged* rejudged) {
  Value value = report::difference_value(difference);
  value.set("observation", true);
  if (rejudged != nullptr) {
    value.set("alone", trials_value(rejudged->alone));
    value.set("sensitivity", trials_value(rejudged->sensitivity));
  }
  return value;
}

}  // namespace heyan::cli
