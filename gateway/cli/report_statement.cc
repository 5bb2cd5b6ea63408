#include "gateway/cli/report_statement.h"

#include <fmt/format.h>

#include "gateway/cli/console.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/payload.h"

namespace heyan::cli {
namespace {

using catalogue::Language;

std::string text_at(const core::json::Value& value, std::string_view pointer) {
  const core::json::Value* found = value.at(pointer);
  const std::string* text = found != nullptr ? found->as_string() : nullptr;
  return text != nullptr ? core::visible(*text) : std::string();
}

std::string_view verdict_label(std::string_view code, Language language) {
  for (const catalogue::VerdictEntry& entry : catalogue::verdicts()) {
    if (entry.code == code) return entry.label.in(language);
  }
  return {};
}

// The text cannot end its own quotation.
std::string unquoted(std::string text) {
  for (const std::string_view mark : {"“", "”"}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
      text.replace(at, mark.size(), "'");
    }
  }
  return text;
}

}  // namespace

std::optional<Statement> read_statement(core::ByteView payload) {
  core::Limits limits;
  limits.json_bytes = payload.size();
  const auto value = core::json::parse(payload, limits);
  if (!value || text_at(*value, "/schema") != report::kReportSchema) return std::nullopt;
  const auto is_true = [&](std::string_view pointer) {
    const core::json::Value* found = value->at(pointer);
    return found != nullptr && found->as_bool() != nullptr && *found->as_bool();
  };
  Statement statement{.number = text_at(*value, "/reportNumber"),
                      .as_of = text_at(*value, "/asOf"),
                      .court = text_at(*value, "/court/name"),
                      .case_number = text_at(*value, "/caseNumber"),
                      .verdict = text_at(*value, "/verdict"),
                      .sample = is_true("/trustList/sample"),
                      .declared = is_true("/submissionIsDeclared"),
                      .items = {}};
  const core::json::Value* evidence = value->at("/evidence");
  const auto* items = evidence != nullptr ? evidence->as_array() : nullptr;
  if (items == nullptr || statement.number.empty()) return std::nullopt;
  for (const core::json::Value& item : *items) {
    statement.items.emplace_back(text_at(item, "/id"), text_at(item, "/verdict"));
  }
  return statement;
}

std::string describe(const Statement& statement, core::ByteView payload, Language language) {
  std::string text;
  if (statement.sample) {
    text += say(language, "*** 样例信任名单：本报告仅供演示，不得用于任何案件。 ***\n",
                "*** Sample trust list: this report is a demonstration and must not be used in any "
                "case. ***\n");
  }
  const auto field = [&](std::string_view name, std::string_view value) {
    text += fmt::format("{}{}\n", name, value);
  };
  const auto told = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    field(name, fmt::format("“{}”{}", unquoted(value),
                            statement.declared ? say(language, " (陈述)", " (declared)") : ""));
  };
  field(say(language, "报告编号：", "Report number: "), statement.number);
  field(say(language, "核验时点：", "Judged as of: "), statement.as_of);
  told(say(language, "法院：", "Court: "), statement.court);
  told(say(language, "案号：", "Case number: "), statement.case_number);
  field(say(language, "载荷指纹：SHA-256 ", "Payload: SHA-256 "),
        core::to_hex(crypto::sha256(payload)));
  field(say(language, "总体结论：", "Overall: "),
        statement.verdict + " " + std::string(verdict_label(statement.verdict, language)));
  // An id is declared text: it never stands on the line of a verdict (security decision 20).
  for (const auto& [id, verdict] : statement.items) {
    text += fmt::format("“{}”{}\n  {} {}\n", unquoted(id), say(language, " (陈述)", " (declared)"),
                        verdict, verdict_label(verdict, language));
  }
  return text;
}

}  // namespace heyan::cli
