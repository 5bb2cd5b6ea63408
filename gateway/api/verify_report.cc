// POST /v1/reports/verify: what somebody holds in his hands, and whether it stands.
//
// Threat: anybody may ask, without a certificate. Who does not hold a report learns nothing of it
// (security decision 30), and what does not stand is accused of nothing: the answer names what was
// not found to hold.
#include <array>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/service/standing.h"
#include "schemas/catalogue/catalogue.h"
#include "verifier/core/json.h"

namespace heyan::api {
namespace {

using catalogue::Text;
using core::json::Value;
using front::Exchange;
using front::Task;
using http::Problem;
using service::Doubt;

constexpr std::uint64_t kReportBytes = 32u << 20;
constexpr std::size_t kPieceBytes = 64u << 10;
constexpr std::array<std::string_view, 6> kForms = {
    "application/jose+json", "application/jose", "application/pdf",
    "application/xml",       "application/zip",  "application/vnd.etsi.asic-s+zip"};
constexpr std::string_view kPart = "report";

struct Words {
  std::string_view code;
  Text sentence;
};

constexpr Words kIssued{
    "ISSUED", {"本报告由本系统出具，目前有效。", "This report was issued here and stands."}};
constexpr Words kSuperseded{
    "SUPERSEDED",
    {"本报告由本系统出具，已被后一份报告取代；请以后一份报告为准。",
     "This report was issued here, and a later report has taken its place; go by the later one."}};
constexpr Words kWithdrawn{
    "WITHDRAWN",
    {"本报告由本系统出具，其后已撤回；请向出具法院了解情况。",
     "This report was issued here and was withdrawn afterwards; ask the court that issued it."}};
constexpr Words kRecordDeleted{
    "RECORD_DELETED",
    {"案件文件与案件记录已依规定删除：报告本身仍可核验，但已不能重新核验证据。",
     "The case's files and its record were deleted as the rules provide: the report itself can be "
     "checked as before, and re-judging is no longer possible."}};
constexpr Words kUnknown{
    "UNKNOWN",
    {"不能确认这是本系统出具的报告；原因见下。本回答不说明是谁、因何造成。",
     "This could not be confirmed as a report issued here, for the reason given. This answer does "
     "not say who or what caused it."}};

Words words_of(Doubt doubt) {
  switch (doubt) {
    case Doubt::kNotAReport:
      return {"NOT_A_SIGNED_REPORT",
              {"收到的内容不是已签名的报告；请提交从法院取得的原文件（application/jose+json、"
               "application/pdf、application/xml、application/zip 或者 "
               "application/vnd.etsi.asic-s+zip）。",
               "What was received is not a signed report; send the file as the court gave it "
               "(application/jose+json, application/pdf, application/xml, application/zip or "
               "application/vnd.etsi.asic-s+zip)."}};
    case Doubt::kSignature:
      return {"SIGNATURE_DOES_NOT_FIT",
              {"内容与签名不相符；文件可能在保存或者传送中有变化，请重新取得原文件。",
               "Content and signatures do not belong together; the file may have changed while it "
               "was kept or sent: obtain the original again."}};
    case Doubt::kIssuerUnknown:
      return {
          "ISSUER_UNKNOWN",
          {"签名成立，但所用密钥不是本系统现在使用的密钥；请向报告所称的出具者查询。",
           "The signatures hold, and were made with other keys than those in use here now; ask the "
           "issuer that the report names."}};
    case Doubt::kNoLogProof:
      return {"LOG_PROOF_MISSING",
              {"签名成立，但未附报告日志证明；请提交从法院取得的原文件。",
               "The signatures hold, and the proof that it stands in the report log is missing; "
               "send the file as the court gave it."}};
    case Doubt::kLogProof:
      return {"LOG_PROOF_DOES_NOT_HOLD",
              {"签名成立，但所附报告日志证明不成立；请提交从法院取得的原文件。",
               "The signatures hold, and the proof that it stands in the report log does not; send "
               "the file as the court gave it."}};
    case Doubt::kTimeStamp:
      return {"TIME_STAMP_DOES_NOT_FIT",
              {"所附时间戳不是对该报告的签名加盖的，或者已有变化；请提交从法院取得的原文件。",
               "The time stamp beside the report is not over its signatures, or has changed; send "
               "the file as the court gave it."}};
    case Doubt::kNotIssued:
      return {
          "NOT_ISSUED_HERE",
          {"签名和日志证明成立，但本系统没有该报告的记录；请联系系统管理员。",
           "Signatures and log proof hold, and there is no record of this report here; tell the "
           "operator of this system."}};
    case Doubt::kNone:
    case Doubt::kNotCompleted:
      break;
  }
  return {"NOT_COMPLETED",
          {"核对未能完成；请稍后再试，或者在本地用 heyan report verify 核对。",
           "The check could not be completed; try again later, or check it yourself with heyan "
           "report verify."}};
}

Value value_of(const Words& words, catalogue::Language language) {
  Value value;
  value.set("code", words.code).set("sentence", words.sentence.in(language));
  return value;
}

// A verdict as the signed text has it, with the catalogue's words for it.
void add_verdict(Value& into, const Value& signed_text, catalogue::Language language) {
  const Value* verdict = signed_text.find("verdict");
  if (verdict == nullptr || verdict->as_string() == nullptr) return;
  into.set("verdict", *verdict);
  for (const catalogue::VerdictEntry& entry : catalogue::verdicts()) {
    if (entry.code != *verdict->as_string()) continue;
    into.set("label", entry.label.in(language)).set("sentence", entry.sentence.in(language));
    break;
  }
}

void add_text(Value& into, std::string_view name, const Value& from, std::string_view pointer) {
  const Value* found = from.at(pointer);
  if (found != nullptr && (found->as_string() != nullptr || found->as_bool() != nullptr)) {
    into.set(name, *found);
  }
}

// From the payload that we signed.
void add_statement(Value& report, const std::string& payload, catalogue::Language language) {
  const auto text =
      core::json::parse(core::as_bytes(payload), core::Limits{.json_bytes = payload.size()});
  if (!text) return;
  add_text(report, "asOf", *text, "/asOf");
  add_text(report, "court", *text, "/court/name");
  add_text(report, "sample", *text, "/trustList/sample");
  add_verdict(report, *text, language);
  const Value* items = text->find("evidence");
  if (items == nullptr || items->as_array() == nullptr) return;
  Value evidence{Value::Array{}};
  for (const Value& item : *items->as_array()) {
    Value line;
    add_text(line, "id", item, "/id");
    add_text(line, "sha256", item, "/file/digests/sha-256");
    add_verdict(line, item, language);
    evidence.push(std::move(line));
  }
  report.set("evidence", std::move(evidence));
}

std::string answer_of(const service::Standing& standing, const std::string& origin,
                      http::Language chosen) {
  const catalogue::Language language =
      chosen == http::Language::kEn ? catalogue::Language::kEnglish : catalogue::Language::kChinese;
  const bool ours = standing.doubt == Doubt::kNone;
  const Words& words = !ours                             ? kUnknown
                       : standing.withdrawn              ? kWithdrawn
                       : !standing.superseded_by.empty() ? kSuperseded
                                                         : kIssued;
  Value value;
  value.set("standing", words.code).set("sentence", words.sentence.in(language));
  if (!ours) {
    value.set("reason", value_of(words_of(standing.doubt), language));
    return core::json::write_canonical(value);
  }
  if (!standing.superseded_by.empty()) value.set("supersededBy", standing.superseded_by);
  if (standing.record_deleted) value.set("record", value_of(kRecordDeleted, language));
  Value report;
  report.set("number", standing.number).set("origin", origin);
  if (standing.payload) add_statement(report, *standing.payload, language);
  value.set("report", std::move(report));
  return core::json::write_canonical(value);
}

bool is_signed_report(const http::RequestHead& head) {
  const std::string* type = head.find("content-type");
  const auto parsed = http::parse_parameterised(type == nullptr ? "" : *type);
  return parsed && std::ranges::find(kForms, parsed->value) != kForms.end();
}

}  // namespace

Task<void> Api::verify_report(Exchange& exchange) {
  if (const auto wait = public_rate_.take(exchange.peer().client, RateLimit::Clock::now())) {
    co_await refuse_for_now(exchange, *wait);
    co_return;
  }
  if (!is_signed_report(exchange.head())) {
    co_await refuse(
        exchange,
        problem_of(Problem::kUnsupportedMediaType,
                   "send a signed report as application/jose+json, application/pdf, "
                   "application/xml, application/zip or application/vnd.etsi.asic-s+zip"));
    co_return;
  }
  const bool refused = co_await refuse_for_lack(exchange, Brings::kSomethingElse);
  if (refused) co_return;
  const auto create = [&]() -> core::Result<service::Staged> {
    HEYAN_TRY(const std::string name, store::new_submission_id());
    HEYAN_TRY(auto files, store::StagingFiles::create(settings_.staging, name));
    service::Staged staged(std::move(files));
    HEYAN_CHECK_OK(staged.begin(kPart));
    return staged;
  };
  auto staged = co_await exchange.workers().run(create);
  if (!staged) {
    co_await refuse(exchange, staged.error());
    co_return;
  }
  exchange.limit_body(kReportBytes);
  std::vector<std::uint8_t> piece(kPieceBytes);
  while (true) {
    const auto count = co_await exchange.read_body(piece);
    if (!count) {
      co_await refuse(exchange, count.error());
      co_return;
    }
    if (*count == 0) break;
    const auto keep = [&] { return staged->append(core::ByteView(piece).first(*count)); };
    const auto kept = co_await exchange.workers().run(keep);
    if (!kept) {
      co_await refuse(exchange, kept.error());
      co_return;
    }
  }
  const Places::Place place = checks_.take();
  if (!place) {
    co_await refuse_for_now(exchange, std::chrono::seconds(1));
    co_return;
  }
  const auto work = [&]() -> core::Result<service::Standing> {
    HEYAN_CHECK_OK(staged->finish());
    return service::find_standing(parts_.acceptance, *staged->find(kPart));
  };
  const auto standing = co_await exchange.workers().run(work);
  if (!standing) {
    co_await refuse(exchange, problem_of(Problem::kUnavailable));
    co_return;
  }
  const http::Language language = language_of(exchange.head());
  http::Answer answer = json_answer(200, answer_of(*standing, settings_.log_origin, language));
  answer.set("content-language", language == http::Language::kEn ? "en" : "zh");
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
