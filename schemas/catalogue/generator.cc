#include "schemas/catalogue/generator.h"

#include <array>
#include <optional>

#include "heyan/v1/finding.pb.h"
#include "schemas/catalogue/tsv.h"

namespace heyan::catalogue {
namespace {

using Columns = std::vector<std::string_view>;

// A C++ string literal. The tables hold no control characters; a reader of the source sees the
// characters themselves.
std::string literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string text_pair(std::string_view zh, std::string_view en) {
  return "{" + literal(zh) + ", " + literal(en) + "}";
}

// "FILE-1" -> "CHECK_FILE_1".
std::string check_enum(std::string_view code) {
  std::string name = "CHECK_" + std::string(code);
  for (char& c : name) {
    if (c == '-') c = '_';
  }
  return name;
}

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

class Generator {
 public:
  explicit Generator(const std::map<std::string, std::string>& tables) : tables_(tables) {}

  Generated run() {
    source_ =
        "// Generated from the tables of schemas/catalogue.\n"
        "#include \"schemas/catalogue/catalogue.h\"\n\nnamespace heyan::catalogue {\n";
    emit_verdicts();
    emit_checks();
    emit_reasons();
    emit_ledger_reasons();
    emit_standing_sentences();
    emit_legal_map();
    emit_articles();
    source_ += "\n}  // namespace heyan::catalogue\n";
    Generated result{.source = {}, .defects = defects_.all()};
    if (result.defects.empty()) result.source = std::move(source_);
    return result;
  }

 private:
  Sheet read(const std::string& file, const Columns& columns,
             const std::set<std::string_view>& may_be_empty = {}) {
    const auto found = tables_.find(file);
    if (found == tables_.end()) {
      defects_.add(file, 1, "the table is missing");
      return {.file = file, .rows = {}};
    }
    return parse_sheet(file, found->second, columns, may_be_empty, defects_);
  }

  void defect(const Sheet& sheet, const Row& row, std::string_view what) {
    defects_.add(sheet.file, row.line, what);
  }

  void emit(std::string_view type, std::string_view accessor,
            const std::vector<std::string>& rows) {
    source_ += "\nstd::span<const " + std::string(type) + "> " + std::string(accessor) +
               "() {\n  static constexpr " + std::string(type) + " kRows[] = {\n";
    for (const std::string& row : rows) source_ += "      {" + row + "},\n";
    source_ += "  };\n  return kRows;\n}\n";
  }

  // Reports every value of a protobuf enum (but its zero) that no row names.
  void require_all(const Sheet& sheet, const google::protobuf::EnumDescriptor* type,
                   const std::set<std::string>& named) {
    for (int i = 0; i < type->value_count(); ++i) {
      const auto* value = type->value(i);
      if (value->number() != 0 && !named.contains(value->name())) {
        defects_.add(sheet.file, 1,
                     value->name() + " is in the protobuf enum and not in the table");
      }
    }
  }

  void emit_verdicts() {
    const Sheet sheet = read("verdicts.tsv",
                             {"code", "level", "zh_label", "en_label", "symbol", "zh_sentence",
                              "en_sentence", "etsi_main_indication", "statute_effect"},
                             {"etsi_main_indication", "statute_effect"});
    require_unique(sheet, 0, defects_);
    std::map<std::string, std::set<std::string>> named;
    std::vector<std::string> rows;
    for (const Row& row : sheet.rows) {
      const auto& c = row.cells;
      const std::string value = verdict_enum(c[1], c[0]);
      if (!is_verdict(c[1], value)) {
        defect(sheet, row, c[0] + " of level " + c[1] + " is no verdict of the protobuf model");
      }
      named[c[1]].insert(value);
      rows.push_back(literal(c[0]) + ", " + literal(c[1]) + ", " + text_pair(c[2], c[3]) + ", " +
                     literal(c[4]) + ", " + text_pair(c[5], c[6]) + ", " + literal(c[7]) + ", " +
                     literal(c[8]));
    }
    require_all(sheet, v1::Verdict_descriptor(), named["evidence"]);
    require_all(sheet, v1::SubmissionVerdict_descriptor(), named["submission"]);
    require_all(sheet, v1::Outcome_descriptor(), named["check"]);
    emit("VerdictEntry", "verdicts", rows);
  }

  static std::string verdict_enum(std::string_view level, std::string_view code) {
    if (level == "evidence") return "VERDICT_" + std::string(code);
    if (level == "submission") return "SUBMISSION_VERDICT_" + std::string(code);
    // The one word that differs: an outcome is UNDETERMINED in reports.
    if (code == "INCONCLUSIVE_CHECK") return "OUTCOME_UNDETERMINED";
    return "OUTCOME_" + std::string(code);
  }

  static bool is_verdict(std::string_view level, const std::string& value) {
    const google::protobuf::EnumDescriptor* type = nullptr;
    if (level == "evidence") type = v1::Verdict_descriptor();
    if (level == "submission") type = v1::SubmissionVerdict_descriptor();
    if (level == "check") type = v1::Outcome_descriptor();
    return type != nullptr && type->FindValueByName(value) != nullptr;
  }

  void emit_checks() {
    const Sheet sheet = read("checks.tsv", {"check_id", "block", "zh_question", "en_question",
                                            "default_weight", "failing_effect", "rule_hook"});
    require_unique(sheet, 0, defects_);
    static const std::map<std::string_view, std::string_view> kWeights = {
        {"decisive", "kDecisive"}, {"supporting", "kSupporting"}, {"informative", "kInformative"}};
    static const std::set<std::string_view> kFailing = {
        "note",      "none",         "signature not counted", "NOT_COMPLETED",
        "NOT_FOUND", "INCONSISTENT", "INCONCLUSIVE"};
    std::vector<std::string> rows;
    for (const Row& row : sheet.rows) {
      const auto& c = row.cells;
      const auto weight = kWeights.find(c[4]);
      if (!is_check(c[0])) defect(sheet, row, c[0] + " is not in the protobuf enum CheckId");
      if (weight == kWeights.end()) defect(sheet, row, c[4] + " is no weight");
      if (!kFailing.contains(c[5])) defect(sheet, row, c[5] + " is no effect of failing");
      if (weight == kWeights.end()) continue;
      checks_.insert(check_enum(c[0]));
      rows.push_back("v1::" + check_enum(c[0]) + ", " + literal(c[0]) + ", " + literal(c[1]) +
                     ", " + text_pair(c[2], c[3]) + ", CheckWeight::" +
                     std::string(weight->second) + ", " + literal(c[5]) + ", " + literal(c[6]));
    }
    require_all(sheet, v1::CheckId_descriptor(), checks_);
    emit("CheckEntry", "checks", rows);
  }

  static bool is_check(std::string_view code) {
    return v1::CheckId_descriptor()->FindValueByName(check_enum(code)) != nullptr &&
           code != "UNSPECIFIED";
  }

  void emit_reasons() {
    const Sheet sheet =
        read("reason-codes.tsv", {"code", "check_id", "verdict_it_leads_to", "zh_reason",
                                  "en_reason", "zh_next_step", "en_next_step"});
    require_unique(sheet, 0, defects_);
    std::set<std::string> named;
    std::vector<std::string> rows;
    for (const Row& row : sheet.rows) {
      const auto& c = row.cells;
      const auto effect = effect_enum(c[2]);
      if (!is_reason(c[0])) defect(sheet, row, c[0] + " is not in the protobuf enum ReasonCode");
      if (!checks_.contains(check_enum(c[1]))) defect(sheet, row, c[1] + " is no check");
      if (!effect) defect(sheet, row, c[2] + " is no verdict");
      if (!effect) continue;
      named.insert("REASON_" + c[0]);
      rows.push_back("v1::REASON_" + c[0] + ", " + literal(c[0]) + ", v1::" + check_enum(c[1]) +
                     ", " + literal(c[2]) + ", v1::" + std::string(*effect) + ", " +
                     text_pair(c[3], c[4]) + ", " + text_pair(c[5], c[6]));
    }
    require_all(sheet, v1::ReasonCode_descriptor(), named);
    emit("ReasonEntry", "reasons", rows);
  }

  static bool is_reason(std::string_view code) {
    return v1::ReasonCode_descriptor()->FindValueByName("REASON_" + std::string(code)) != nullptr &&
           code != "NONE";
  }

  void emit_ledger_reasons() {
    const Sheet sheet = read("reason-map.tsv", {"ledger_reason", "code", "remark"}, {"remark"});
    std::set<std::string> seen;
    std::vector<std::string> rows;
    for (const Row& row : sheet.rows) {
      const auto& c = row.cells;
      // The one row in words: what is said there concerns no verdict.
      const bool not_counted = c[1] == "(the answer is not counted)";
      if (!not_counted && !is_reason(c[1])) {
        defect(sheet, row, c[1] + " is not in the protobuf enum ReasonCode");
      }
      const std::string code = not_counted ? "NONE" : c[1];
      for (const std::string& name : split_list(c[0])) {
        if (name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != std::string::npos ||
            name.empty()) {
          defect(sheet, row, "'" + name + "' is no reason name (A to Z, digits and _)");
        }
        if (!seen.insert(name).second) defect(sheet, row, name + " stands here twice");
        rows.push_back(literal(name) + ", v1::REASON_" + code + ", " + literal(c[2]));
      }
    }
    emit("LedgerReasonEntry", "ledger_reasons", rows);
  }

  void emit_standing_sentences() {
    const Sheet sheet = read("standing-sentences.tsv", {"id", "zh", "en"});
    require_unique(sheet, 0, defects_);
    std::vector<std::string> rows;
    rows.reserve(sheet.rows.size());
    for (const Row& row : sheet.rows) {
      rows.push_back(literal(row.cells[0]) + ", " + text_pair(row.cells[1], row.cells[2]));
    }
    emit("StandingSentence", "standing_sentences", rows);
  }

  void emit_legal_map() {
    const Sheet sheet = read("legal-map.tsv",
                             {"rule", "zh_question_a_judge_asks", "en_question", "checks",
                              "gateway_can_establish_zh", "gateway_cannot_establish_zh"},
                             {"gateway_cannot_establish_zh"});
    require_unique(sheet, 0, defects_);
    std::vector<std::string> rows;
    for (const Row& row : sheet.rows) {
      const auto& c = row.cells;
      for (const std::string& check : split_list(c[3])) {
        const bool known = check == "*" || checks_.contains(check_enum(check));
        if (!known) defect(sheet, row, "'" + check + "' is no check");
      }
      rows.push_back(literal(c[0]) + ", " + text_pair(c[1], c[2]) + ", " + literal(c[3]) + ", " +
                     literal(c[4]) + ", " + literal(c[5]));
    }
    emit("LegalEntry", "legal_map", rows);
  }

  void emit_articles() {
    const Sheet sheet = read("law-articles-zh.tsv", {"code", "instrument", "version", "article",
                                                     "text (\\n marks a paragraph break)"});
    std::set<std::string> seen;
    std::vector<std::string> rows;
    for (const Row& row : sheet.rows) {
      const auto& c = row.cells;
      if (!seen.insert(c[0] + c[3]).second) defect(sheet, row, c[0] + c[3] + " stands here twice");
      rows.push_back(literal(c[0]) + ", " + literal(c[1]) + ", " + literal(c[2]) + ", " +
                     literal(c[3]) + ", " + literal(c[4]));
    }
    emit("ArticleEntry", "articles", rows);
  }

  const std::map<std::string, std::string>& tables_;
  Defects defects_;
  std::string source_;
  std::set<std::string> checks_;  // enum names of the checks read
};

}  // namespace

const std::vector<std::string>& table_files() {
  static const std::vector<std::string> files = {
      "verdicts.tsv",           "checks.tsv",    "reason-codes.tsv",   "reason-map.tsv",
      "standing-sentences.tsv", "legal-map.tsv", "law-articles-zh.tsv"};
  return files;
}

Generated generate(const std::map<std::string, std::string>& tables) {
  return Generator(tables).run();
}

}  // namespace heyan::catalogue
