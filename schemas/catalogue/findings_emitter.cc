// Verdicts, checks, and the reasons of both.
#include <array>
#include <optional>

#include "schemas/catalogue/emitter.h"

namespace heyan::catalogue {
namespace {

// What a reason does by itself: the word before any ';' of verdict_it_leads_to.
std::optional<std::string_view> effect_enum(std::string_view leads_to) {
  static constexpr std::array<std::array<std::string_view, 2>, 7> kEffects = {{
      {"CONSISTENT", "EFFECT_NONE"},
      {"(standing note)", "EFFECT_NONE"},
      {"CONSISTENT_WITH_NOTES", "EFFECT_NOTE"},
      {"INCONSISTENT", "EFFECT_INCONSISTENT"},
      {"NOT_FOUND", "EFFECT_NOT_FOUND"},
      {"INCONCLUSIVE", "EFFECT_INCONCLUSIVE"},
      {"NOT_COMPLETED", "EFFECT_NOT_COMPLETED"},
  }};
  const std::string_view word = leads_to.substr(0, leads_to.find(';'));
  for (const auto& [table, effect] : kEffects) {
    if (word == table) return effect;
  }
  return std::nullopt;
}

std::string verdict_enum(std::string_view level, std::string_view code) {
  if (level == "evidence") return "VERDICT_" + std::string(code);
  if (level == "submission") return "SUBMISSION_VERDICT_" + std::string(code);
  // The one word that differs: an outcome is UNDETERMINED in reports.
  if (code == "INCONCLUSIVE_CHECK") return "OUTCOME_UNDETERMINED";
  return "OUTCOME_" + std::string(code);
}

bool is_verdict(std::string_view level, const std::string& value) {
  const google::protobuf::EnumDescriptor* type = nullptr;
  if (level == "evidence") type = v1::Verdict_descriptor();
  if (level == "submission") type = v1::SubmissionVerdict_descriptor();
  if (level == "check") type = v1::Outcome_descriptor();
  return type != nullptr && type->FindValueByName(value) != nullptr;
}

bool is_reason(std::string_view code) {
  return v1::ReasonCode_descriptor()->FindValueByName("REASON_" + std::string(code)) != nullptr &&
         code != "NONE";
}

void emit_verdicts(Emitter& out) {
  const Sheet sheet =
      out.read("verdicts.tsv",
               {"code", "level", "zh_label", "en_label", "symbol", "zh_sentence", "en_sentence",
                "etsi_main_indication", "zh_statute_effect", "en_statute_effect"},
               {"etsi_main_indication", "zh_statute_effect", "en_statute_effect"});
  out.unique(sheet);
  std::map<std::string, std::set<std::string>> named;
  std::vector<std::string> rows;
  for (const Row& row : sheet.rows) {
    const auto& c = row.cells;
    const std::string value = verdict_enum(c[1], c[0]);
    if (!is_verdict(c[1], value)) {
      out.defect(sheet, row, c[0] + " of level " + c[1] + " is no verdict of the protobuf model");
    }
    named[c[1]].insert(value);
    rows.push_back(literal(c[0]) + ", " + literal(c[1]) + ", " + text_pair(c[2], c[3]) + ", " +
                   literal(c[4]) + ", " + text_pair(c[5], c[6]) + ", " + literal(c[7]) + ", " +
                   text_pair(c[8], c[9]));
  }
  out.require_all(sheet, v1::Verdict_descriptor(), named["evidence"]);
  out.require_all(sheet, v1::SubmissionVerdict_descriptor(), named["submission"]);
  out.require_all(sheet, v1::Outcome_descriptor(), named["check"]);
  out.rows("VerdictEntry", "verdicts", rows);
}

void emit_checks(Emitter& out, std::set<std::string>& checks) {
  const Sheet sheet = out.read("checks.tsv", {"check_id", "block", "zh_question", "en_question",
                                              "default_weight", "failing_effect", "rule"});
  out.unique(sheet);
  static const std::map<std::string_view, std::string_view> kWeights = {
      {"decisive", "kDecisive"}, {"supporting", "kSupporting"}, {"informative", "kInformative"}};
  static const std::set<std::string_view> kFailing = {
      "note",      "none",         "signature not counted", "NOT_COMPLETED",
      "NOT_FOUND", "INCONSISTENT", "INCONCLUSIVE"};
  std::vector<std::string> rows;
  for (const Row& row : sheet.rows) {
    const auto& c = row.cells;
    const auto weight = kWeights.find(c[4]);
    if (!is_check(c[0])) out.defect(sheet, row, c[0] + " is not in the protobuf enum CheckId");
    if (weight == kWeights.end()) out.defect(sheet, row, c[4] + " is no weight");
    if (!kFailing.contains(c[5])) out.defect(sheet, row, c[5] + " is no effect of failing");
    if (weight == kWeights.end()) continue;
    checks.insert(check_enum(c[0]));
    rows.push_back("v1::" + check_enum(c[0]) + ", " + literal(c[0]) + ", " + literal(c[1]) + ", " +
                   text_pair(c[2], c[3]) + ", CheckWeight::" + std::string(weight->second) + ", " +
                   literal(c[5]) + ", " + literal(c[6]));
  }
  out.require_all(sheet, v1::CheckId_descriptor(), checks);
  out.rows("CheckEntry", "checks", rows);
}

void emit_reasons(Emitter& out, const std::set<std::string>& checks) {
  const Sheet sheet =
      out.read("reason-codes.tsv", {"code", "check_id", "verdict_it_leads_to", "zh_reason",
                                    "en_reason", "zh_next_step", "en_next_step"});
  out.unique(sheet);
  std::set<std::string> named;
  std::vector<std::string> rows;
  for (const Row& row : sheet.rows) {
    const auto& c = row.cells;
    const auto effect = effect_enum(c[2]);
    if (!is_reason(c[0])) out.defect(sheet, row, c[0] + " is not in the protobuf enum ReasonCode");
    if (!checks.contains(check_enum(c[1]))) out.defect(sheet, row, c[1] + " is no check");
    if (!effect) out.defect(sheet, row, c[2] + " is no verdict");
    if (!effect) continue;
    named.insert("REASON_" + c[0]);
    rows.push_back("v1::REASON_" + c[0] + ", " + literal(c[0]) + ", v1::" + check_enum(c[1]) +
                   ", " + literal(c[2]) + ", v1::" + std::string(*effect) + ", " +
                   text_pair(c[3], c[4]) + ", " + text_pair(c[5], c[6]));
  }
  out.require_all(sheet, v1::ReasonCode_descriptor(), named);
  out.rows("ReasonEntry", "reasons", rows);
}

void emit_ledger_reasons(Emitter& out) {
  const Sheet sheet = out.read("reason-map.tsv", {"ledger_reason", "code", "remark"}, {"remark"});
  std::set<std::string> seen;
  std::vector<std::string> rows;
  for (const Row& row : sheet.rows) {
    const auto& c = row.cells;
    // The one row in words: what is said there concerns no verdict.
    const bool not_counted = c[1] == "(the answer is not counted)";
    if (!not_counted && !is_reason(c[1])) {
      out.defect(sheet, row, c[1] + " is not in the protobuf enum ReasonCode");
    }
    const std::string code = not_counted ? "NONE" : c[1];
    for (const std::string& name : split_list(c[0])) {
      if (name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != std::string::npos ||
          name.empty()) {
        out.defect(sheet, row, "'" + name + "' is no reason name (A to Z, digits and _)");
      }
      if (!seen.insert(name).second) out.defect(sheet, row, name + " stands here twice");
      rows.push_back(literal(name) + ", v1::REASON_" + code + ", " + literal(c[2]));
    }
  }
  out.rows("LedgerReasonEntry", "ledger_reasons", rows);
}

}  // namespace

std::set<std::string> emit_findings(Emitter& out) {
  std::set<std::string> checks;
  emit_verdicts(out);
  emit_checks(out, checks);
  emit_reasons(out, checks);
  emit_ledger_reasons(out);
  return checks;
}

}  // namespace heyan::catalogue
