// heyan report verify REPORT|--qr TEXT --key FILE...: do the signatures of a report, of a sealed
// PDF or of a scanned statement stand, and whose are they?
//
// Threat: the report comes from anybody. Only keys that the user names are believed (security
// decision 14).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "gateway/cli/commands.h"
#include "gateway/cli/input_files.h"
#include "gateway/cli/jws_words.h"
#include "gateway/cli/seal_words.h"
#include "gateway/cli/statement_words.h"
#include "gateway/cli/trouble.h"
#include "gateway/pdf/verify.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/envelope.h"
#include "verifier/report/payload.h"

namespace heyan::cli {
namespace {

using catalogue::Language;
using report::JwsOutcome;

constexpr std::size_t kReportLimitBytes = 256u << 20;

std::expected<crypto::PublicKey, Trouble> read_key(const std::string& path) {
  constexpr std::string_view kRemedy =
      "Name a PEM file with one certificate or one public key of the issuer.";
  HEYAN_TRY(const core::Bytes bytes, read_input(path, kKeyLimitBytes, kRemedy));
  const std::string_view text = core::as_text(bytes);
  if (text.find("PRIVATE KEY-----") != std::string_view::npos) {
    return std::unexpected(
        trouble_of({core::ErrorCode::kMalformed, "this is a private key"}, path,
                   "Name the certificate (.cert.pem) or public key (.pub.pem) of the issuer; a "
                   "private key stays with its owner."));
  }
  if (const auto certificate = crypto::Certificate::from_pem(text)) return certificate->key();
  const auto key = crypto::PublicKey::from_pem(text);
  if (!key) return std::unexpected(trouble_of(key.error(), path, kRemedy));
  return *key;
}

// What the payload says of itself; absent where it is not a report of ours.
struct Statement {
  std::string number;
  std::string as_of;
  std::string court;
  std::string case_number;
  std::string verdict;
  bool sample = false;    // made under a sample trust list
  bool declared = false;  // court and case number are what a party said
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

// In the words of the report itself (verifier/report/labels.cc).
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

bool anybody_known(const report::JwsVerdict& verdict) {
  return std::ranges::any_of(verdict.signatures, &report::JwsSignature::issuer_known);
}

// What the log adds to signatures that hold.
Conclusion conclude_log(report::LogOutcome log, Language language) {
  switch (log) {
    case report::LogOutcome::kValid:
      return {
          ExitStatus::kOk,
          say(language, "签名有效，报告已入日志。是否其后被取代或者撤回，请向出具法院查询。",
              "The signatures are valid and the report stands in its log. Ask the issuing court "
              "whether it was superseded or withdrawn since.")};
    case report::LogOutcome::kInvalid:
      return {ExitStatus::kInconsistent,
              say(language, "不成立：所附日志证明不成立。",
                  "This report does not stand: its log proof does not hold.")};
    case report::LogOutcome::kMissing:
      return {ExitStatus::kOpen,
              say(language, "签名有效，但未附日志证明：不能确定。",
                  "The signatures are valid, but the proof that it stands in the report log is "
                  "missing: undetermined.")};
    case report::LogOutcome::kKeyUnknown:
      return {ExitStatus::kOpen,
              say(language, "签名有效；请用 --log 指定出具法院的日志公钥，以核对所附日志证明。",
                  "The signatures are valid; name the key of the court's report log with --log to "
                  "check the log proof.")};
    case report::LogOutcome::kAbsent:
      break;
  }
  return {ExitStatus::kOk,
          say(language, "签名有效。未附报告日志证明，是否已被取代或者撤回未经核查。",
              "The signatures are valid. No report log proof is attached: whether the report was "
              "superseded or withdrawn was not checked.")};
}

Conclusion conclude(const report::EnvelopeVerdict& envelope, bool is_report, Language language) {
  const report::JwsVerdict& verdict = envelope.jws;
  if (verdict.outcome == JwsOutcome::kInvalid || !is_report) {
    return {ExitStatus::kInconsistent, say(language, "不成立。", "This report does not stand.")};
  }
  if (verdict.outcome == JwsOutcome::kIssuerUnknown && anybody_known(verdict)) {
    return {
        ExitStatus::kOpen,
        say(language,
            "两个签名之一由您指定的密钥作出；请用 --key 同时指定另一份证书（es256 和 sm2 "
            "各一份）。",
            "One of two signatures is by a key you named; name the other certificate too (--key "
            "once for es256 and once for sm2).")};
  }
  if (verdict.outcome == JwsOutcome::kIssuerUnknown) {
    return {ExitStatus::kOpen,
            say(language,
                "内部一致，签发者未知：请用 --key 指定您从法院取得的两份证书（es256 和 sm2）。",
                "Internally coherent, issuer unknown: name with --key the two certificates (es256 "
                "and sm2) that you have from the court.")};
  }
  return conclude_log(envelope.log, language);
}

std::string reason_text(const report::JwsVerdict& verdict, bool is_report, Language language) {
  if (verdict.outcome == JwsOutcome::kInvalid) {
    return fmt::format("{}{} [{}]\n", say(language, "原因：", "Reason: "),
                       fault_sentence(verdict.fault).in(language), report::name(verdict.fault));
  }
  if (is_report) return {};
  return std::string(say(language, "原因：签名的内容不是核验报告。\n",
                         "Reason: what was signed is not a verification report.\n"));
}

// A report, signed as JWS, wherever it came from.
ExitStatus verify_signed(core::ByteView document, const ReportVerifyOptions& options,
                         std::span<const crypto::PublicKey> pinned, std::string_view before,
                         Console& console) {
  core::Limits limits;
  limits.json_bytes = kReportLimitBytes;
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  const auto log_key = read_log_key(options.log);
  if (!log_key) return report_trouble(log_key.error(), console);
  const report::EnvelopeVerdict envelope =
      report::verify_envelope(document, pinned, *log_key ? &**log_key : nullptr, checker, limits);
  const report::JwsVerdict& verdict = envelope.jws;
  const auto statement = read_statement(verdict.payload);
  const Conclusion conclusion = conclude(envelope, statement.has_value(), options.language);

  std::string text(before);
  text += conclusion.words;
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
  const std::array statuses = {print(text, console), conclusion.status};
  return most_urgent(statuses);
}

// Of a PDF: its seal first, and only then what is attached to it.
ExitStatus verify_sealed(core::ByteView file, const ReportVerifyOptions& options,
                         std::span<const crypto::PublicKey> pinned, Console& console) {
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits());
  const pdf::SealVerdict seal = pdf::verify_seal(file, pinned, checker);
  std::string text = seal_sentence(seal.fault, options.language);
  if (seal.certificate) text += name_of_sealer(*seal.certificate, options.language);
  if (seal.fault == pdf::SealFault::kNone) {
    return verify_signed(core::as_bytes(seal.envelope), options, pinned, text, console);
  }
  const bool open = seal.fault == pdf::SealFault::kIssuerUnknown ||
                    seal.fault == pdf::SealFault::kEnginesDisagree;
  const std::array statuses = {print(text, console),
                               open ? ExitStatus::kOpen : ExitStatus::kInconsistent};
  return most_urgent(statuses);
}

// Nothing that was scanned is followed, and nothing that is not signed is repeated.
ExitStatus verify_scanned(const ReportVerifyOptions& options,
                          std::span<const crypto::PublicKey> pinned, Console& console) {
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits());
  const report::StatementVerdict verdict =
      report::verify_statement(options.statement, pinned, checker);
  ExitStatus status = ExitStatus::kOk;
  if (verdict.outcome == report::StatementOutcome::kIssuerUnknown ||
      verdict.outcome == report::StatementOutcome::kEnginesDisagree) {
    status = ExitStatus::kOpen;
  } else if (verdict.outcome != report::StatementOutcome::kValid) {
    status = ExitStatus::kInconsistent;
  }
  const std::array statuses = {print(statement_text(verdict, options.language), console), status};
  return most_urgent(statuses);
}

}  // namespace

ExitStatus run(const ReportVerifyOptions& options, Console& console) {
  std::vector<crypto::PublicKey> pinned;
  for (const std::string& path : options.keys) {
    auto key = read_key(path);
    if (!key) return report_trouble(key.error(), console);
    pinned.push_back(*std::move(key));
  }
  if (!options.statement.empty()) return verify_scanned(options, pinned, console);
  const auto bytes = read_input(options.report.string(), kReportLimitBytes,
                                "Name a report that `heyan verify --format jws` wrote.");
  if (!bytes) return report_trouble(bytes.error(), console);
  return pdf::is_pdf(*bytes) ? verify_sealed(*bytes, options, pinned, console)
                             : verify_signed(*bytes, options, pinned, {}, console);
}

}  // namespace heyan::cli
