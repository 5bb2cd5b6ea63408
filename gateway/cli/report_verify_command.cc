// heyan report verify REPORT --key FILE...: do the signatures of a report stand, and whose are
// they?
//
// Threat: the report comes from anybody. Only keys that the user names are believed (security
// decision 14).
#include <fmt/format.h>

#include <vector>

#include "gateway/cli/commands.h"
#include "gateway/cli/trouble.h"
#include "gateway/os/folder.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/jws.h"
#include "verifier/report/payload.h"

namespace heyan::cli {
namespace {

using catalogue::Language;
using report::JwsOutcome;

constexpr std::size_t kReportLimitBytes = 256u << 20;
constexpr std::size_t kKeyLimitBytes = 64u << 10;

std::expected<crypto::PublicKey, Trouble> read_key(const std::string& path) {
  constexpr std::string_view kRemedy =
      "Name a PEM file with one certificate or one public key of the issuer.";
  const auto bytes = os::read_named_file(path, kKeyLimitBytes);
  if (!bytes) return std::unexpected(trouble_of_named(bytes.error(), path, kRemedy));
  const std::string_view text = core::as_text(*bytes);
  if (const auto certificate = crypto::Certificate::from_pem(text)) return certificate->key();
  const auto key = crypto::PublicKey::from_pem(text);
  if (!key) return std::unexpected(trouble_of(key.error(), path, kRemedy));
  return *key;
}

// What the payload says of itself; absent where it is not a report of ours.
struct Statement {
  std::string number;
  std::string as_of;
  std::string verdict;
  std::vector<std::pair<std::string, std::string>> items;  // id, verdict
};

std::string text_at(const core::json::Value& value, std::string_view pointer) {
  const core::json::Value* found = value.at(pointer);
  const std::string* text = found != nullptr ? found->as_string() : nullptr;
  return text != nullptr ? core::visible(*text) : std::string();
}

std::optional<Statement> read_statement(core::ByteView payload) {
  core::Limits limits;
  limits.json_bytes = kReportLimitBytes;
  const auto value = core::json::parse(payload, limits);
  if (!value || text_at(*value, "/schema") != report::kReportSchema) return std::nullopt;
  Statement statement{.number = text_at(*value, "/reportNumber"),
                      .as_of = text_at(*value, "/asOf"),
                      .verdict = text_at(*value, "/verdict"),
                      .items = {}};
  const core::json::Value* evidence = value->at("/evidence");
  const auto* items = evidence != nullptr ? evidence->as_array() : nullptr;
  if (items == nullptr || statement.number.empty()) return std::nullopt;
  for (const core::json::Value& item : *items) {
    statement.items.emplace_back(text_at(item, "/id"), text_at(item, "/verdict"));
  }
  return statement;
}

std::string_view verdict_label(std::string_view code, Language language) {
  for (const catalogue::VerdictEntry& entry : catalogue::verdicts()) {
    if (entry.code == code) return entry.label.in(language);
  }
  return {};
}

std::string describe(const Statement& statement, core::ByteView payload, Language language) {
  std::string text = fmt::format(
      "{}{}\n{}{}\n{}SHA-256 {}\n{}{} {}\n", say(language, "报告编号：", "Report number: "),
      statement.number, say(language, "判断时点：", "As of: "), statement.as_of,
      say(language, "载荷指纹：", "Payload: "), core::to_hex(crypto::sha256(payload)),
      say(language, "总体结论：", "Verdict: "), statement.verdict,
      verdict_label(statement.verdict, language));
  // An id is declared text: it never stands on the line of a verdict (security decision 20).
  for (const auto& [id, verdict] : statement.items) {
    text += fmt::format("\"{}\"\n  {} {}\n", id, verdict, verdict_label(verdict, language));
  }
  return text;
}

std::string describe_signatures(const report::JwsVerdict& verdict, Language language) {
  std::string text;
  for (const report::JwsSignature& signature : verdict.signatures) {
    const bool valid = signature.outcome == crypto::SignatureOutcome::kValid;
    const std::vector<std::string> names = signature.chain.empty()
                                               ? std::vector<std::string>{}
                                               : signature.chain.front().subject_values("CN");
    text +=
        fmt::format("{}{}: {}; {}{}\n", say(language, "签名 ", "Signature "), signature.algorithm,
                    valid ? say(language, "数学上有效", "mathematically valid")
                          : say(language, "无效", "not valid"),
                    signature.issuer_known
                        ? say(language, "签发者是您指定的密钥", "made by a key that you named")
                        : say(language, "签发者未知", "issuer unknown"),
                    names.empty() ? "" : fmt::format(" (CN \"{}\")", core::visible(names.front())));
  }
  return text;
}

struct Conclusion {
  ExitStatus status;
  std::string_view words;
};

Conclusion conclude(const report::JwsVerdict& verdict, bool is_report, Language language) {
  if (verdict.outcome == JwsOutcome::kInvalid || !is_report) {
    return {ExitStatus::kInconsistent, say(language, "不成立。", "This report does not stand.")};
  }
  if (verdict.outcome == JwsOutcome::kIssuerUnknown) {
    return {ExitStatus::kOpen,
            say(language, "内部一致，签发者未知：请用 --key 指定您从法院取得的证书。",
                "Internally coherent, issuer unknown: name with --key the certificate that you "
                "have from the court.")};
  }
  if (verdict.log) {
    return {ExitStatus::kOpen,
            say(language, "签名有效，但报告声明已入日志，而未附日志证明：不能确定。",
                "The signatures are valid, but the report names a place in a report log and no log "
                "proof is attached: undetermined.")};
  }
  return {ExitStatus::kOk,
          say(language, "签名有效。未附报告日志证明，是否已被取代或者撤回未经核查。",
              "The signatures are valid. No report log proof is attached: whether the report was "
              "superseded or withdrawn was not checked.")};
}

std::string reason_text(const report::JwsVerdict& verdict, bool is_report, Language language) {
  if (verdict.outcome == JwsOutcome::kInvalid) {
    return fmt::format("{}{}\n", say(language, "原因：", "Reason: "), report::name(verdict.fault));
  }
  if (is_report) return {};
  return std::string(say(language, "原因：签名的内容不是核验报告。\n",
                         "Reason: what was signed is not a verification report.\n"));
}

}  // namespace

ExitStatus run(const ReportVerifyOptions& options, Console& console) {
  std::vector<crypto::PublicKey> pinned;
  for (const std::string& path : options.keys) {
    auto key = read_key(path);
    if (!key) return report_trouble(key.error(), console);
    pinned.push_back(*std::move(key));
  }
  const auto bytes = os::read_named_file(options.report, kReportLimitBytes);
  if (!bytes) {
    return report_trouble(trouble_of_named(bytes.error(), options.report.string(),
                                           "Name a report that `heyan verify --format jws` wrote."),
                          console);
  }
  core::Limits limits;
  limits.json_bytes = kReportLimitBytes;
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  const report::JwsVerdict verdict = report::verify_report(*bytes, pinned, checker, limits);
  const auto statement = read_statement(verdict.payload);
  const Conclusion conclusion = conclude(verdict, statement.has_value(), options.language);

  std::string text(conclusion.words);
  text += "\n" + reason_text(verdict, statement.has_value(), options.language);
  // What does not stand is not repeated: nobody could tell the words of a report from anybody's.
  if (conclusion.status != ExitStatus::kInconsistent) {
    text += describe_signatures(verdict, options.language);
    text += fmt::format(
        "{}{}\n",
        say(options.language, "签名时间（签发者所称）：", "Signed at (as the issuer says): "),
        core::format_rfc3339(verdict.signed_at));
    text += describe(*statement, verdict.payload, options.language);
  }
  if (!console.data(text)) return ExitStatus::kInputOutput;
  return conclusion.status;
}

}  // namespace heyan::cli
