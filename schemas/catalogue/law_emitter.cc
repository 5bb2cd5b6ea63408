// What the law asks, and how a report answers.
#include "schemas/catalogue/emitter.h"

namespace heyan::catalogue {
namespace {

std::set<std::string> emit_instruments(Emitter& out) {
  const Sheet sheet = out.read("instruments.tsv", {"code", "zh_name", "zh_short", "en_short"});
  out.unique(sheet);
  std::set<std::string> codes;
  std::vector<std::string> rows;
  for (const Row& row : sheet.rows) {
    const auto& c = row.cells;
    codes.insert(c[0]);
    rows.push_back(literal(c[0]) + ", " + literal(c[1]) + ", " + text_pair(c[2], c[3]));
  }
  out.rows("Instrument", "instruments", rows);
  return codes;
}

bool names_instrument(const std::set<std::string>& codes, std::string_view rule) {
  constexpr std::string_view kArticle = "第";
  return codes.contains(std::string(rule.substr(0, rule.find(kArticle))));
}

void emit_legal_map(Emitter& out, const std::set<std::string>& instruments,
                    const std::set<std::string>& checks) {
  const Sheet sheet = out.read("legal-map.tsv",
                               {"rule", "zh_question", "en_question", "checks", "zh_can", "en_can",
                                "zh_cannot", "en_cannot"},
                               {"zh_cannot", "en_cannot"});
  out.unique(sheet);
  std::vector<std::string> rows;
  for (const Row& row : sheet.rows) {
    const auto& c = row.cells;
    if (!names_instrument(instruments, c[0])) out.defect(sheet, row, c[0] + " is of no instrument");
    for (const std::string& check : split_list(c[3])) {
      if (check != "*" && !checks.contains(check_enum(check))) {
        out.defect(sheet, row, "'" + check + "' is no check");
      }
    }
    rows.push_back(literal(c[0]) + ", " + text_pair(c[1], c[2]) + ", " + literal(c[3]) + ", " +
                   text_pair(c[4], c[5]) + ", " + text_pair(c[6], c[7]));
  }
  out.rows("LegalEntry", "legal_map", rows);
}

void emit_articles(Emitter& out, const std::set<std::string>& instruments) {
  const Sheet sheet = out.read("law-articles-zh.tsv", {"code", "instrument", "version", "article",
                                                       "text (\\n marks a paragraph break)"});
  std::set<std::string> seen;
  std::vector<std::string> rows;
  for (const Row& row : sheet.rows) {
    const auto& c = row.cells;
    if (!instruments.contains(c[0])) out.defect(sheet, row, c[0] + " is no instrument");
    if (!seen.insert(c[0] + c[3]).second) {
      out.defect(sheet, row, c[0] + c[3] + " stands here twice");
    }
    rows.push_back(literal(c[0]) + ", " + literal(c[1]) + ", " + literal(c[2]) + ", " +
                   literal(c[3]) + ", " + literal(c[4]));
  }
  out.rows("ArticleEntry", "articles", rows);
}

void emit_limits(Emitter& out, const std::set<std::string>& checks) {
  const Sheet sheet =
      out.read("limits.tsv", {"check_id", "zh_shown", "en_shown", "zh_bound", "en_bound"},
               {"zh_bound", "en_bound"});
  out.unique(sheet);
  std::set<std::string> named;
  std::vector<std::string> rows;
  for (const Row& row : sheet.rows) {
    const auto& c = row.cells;
    if (!checks.contains(check_enum(c[0]))) out.defect(sheet, row, c[0] + " is no check");
    if (c[3].empty() != c[4].empty()) out.defect(sheet, row, "a bound stands in one language only");
    named.insert(check_enum(c[0]));
    rows.push_back("v1::" + check_enum(c[0]) + ", " + text_pair(c[1], c[2]) + ", " +
                   text_pair(c[3], c[4]));
  }
  out.require_all(sheet, v1::CheckId_descriptor(), named);
  out.rows("LimitEntry", "limits", rows);
}

void emit_objections(Emitter& out, const std::set<std::string>& instruments) {
  const Sheet sheet = out.read("objections.tsv", {"rule", "kind", "zh", "en"});
  std::set<std::string> seen;
  std::vector<std::string> rows;
  for (const Row& row : sheet.rows) {
    const auto& c = row.cells;
    const bool point = c[1] == "point";
    if (!names_instrument(instruments, c[0])) out.defect(sheet, row, c[0] + " is of no instrument");
    if (!point && c[1] != "question")
      out.defect(sheet, row, c[1] + " is neither point nor question");
    // The questions of a rule follow its point.
    if (seen.insert(c[0]).second != point) {
      out.defect(sheet, row, c[0] + " must begin with its point and have one");
    }
    rows.push_back(literal(c[0]) + ", " + (point ? "true" : "false") + ", " +
                   text_pair(c[2], c[3]));
  }
  out.rows("ObjectionEntry", "objections", rows);
}

}  // namespace

void emit_law(Emitter& out, const std::set<std::string>& checks) {
  const std::set<std::string> instruments = emit_instruments(out);
  emit_legal_map(out, instruments, checks);
  emit_articles(out, instruments);
  emit_limits(out, checks);
  emit_objections(out, instruments);
}

}  // namespace heyan::catalogue
