#include "gateway/api/answers.h"

#include <algorithm>

#include "verifier/core/time.h"

namespace heyan::api {
namespace {

using core::json::Value;
using http::Problem;

std::string href_of(std::string_view id) { return "/v1/submissions/" + std::string(id); }

Problem kind_of(const service::Refused& refused) {
  if (const auto lost = problem_of_lost_right(refused.error)) return *lost;
  switch (refused.error.code) {
    case core::ErrorCode::kDuplicate:
      return Problem::kConflict;
    case core::ErrorCode::kLimit:
      return Problem::kTooLarge;
    case core::ErrorCode::kIo:
    case core::ErrorCode::kInternal:
      return Problem::kUnavailable;
    default:
      break;
  }
  const bool unreadable = !refused.defects.empty() && refused.defects[0].code == "malformed-json";
  return refused.defects.empty() || unreadable ? Problem::kMalformedBody : Problem::kDefects;
}

// Of what is told apart by it; else empty.
std::string_view code_of(const core::Error& error) {
  if (error.text == service::kUnderWay) return service::kUnderWayCode;
  return error.text == service::kKeyReused ? service::kKeyReusedCode : std::string_view();
}

}  // namespace

http::Answer json_answer(std::uint16_t status, std::string body) {
  http::Answer answer;
  answer.status = status;
  answer.set("content-type", "application/json");
  answer.body = std::move(body);
  return answer;
}

http::Answer text_answer(std::string_view media_type, std::string body) {
  http::Answer answer;
  answer.set("content-type", media_type);
  answer.body = std::move(body);
  return answer;
}

http::Answer accepted_answer(const service::Accepted& accepted) {
  Value value;
  value.set("id", accepted.submission)
      .set("state", "QUEUED")
      .set("receipt", core::to_string(accepted.receipt));
  http::Answer answer = json_answer(201, core::json::write_canonical(value));
  answer.set("location", href_of(accepted.submission));
  return answer;
}

http::Answer receiving_answer(const store::Receiving& submission) {
  const auto time = [](std::int64_t at_ms) {
    return core::format_rfc3339(core::from_unix_ms(at_ms));
  };
  Value files{Value::Array{}};
  for (const store::AwaitedFile& file : submission.files) {
    Value line;
    line.set("path", file.path).set("received", file.offset).set("complete", !file.sha256.empty());
    if (!file.upload.empty()) {
      line.set("size", file.size).set("upload", "/v1/uploads/" + file.upload);
    }
    files.push(std::move(line));
  }
  Value value;
  value.set("id", submission.id)
      .set("state", "RECEIVING")
      .set("createdAt", time(submission.created_at_ms))
      .set("expiresAt", time(submission.expires_at_ms))
      .set("files", std::move(files));
  return json_answer(200, core::json::write_canonical(value));
}

http::Answer submission_answer(const store::Submission& submission,
                               const service::SignedReceipt& receipt, Value line) {
  Value value;
  value.set("id", submission.id)
      .set("state", store::name(submission.state))
      .set("version", std::uint64_t{submission.version})
      .set("receivedAt", core::format_rfc3339(core::from_unix_ms(receipt.received_at_ms)))
      .set("receipt", core::to_string(submission.receipt));
  if (submission.report) {
    Value report;
    report.set("number", *submission.report).set("href", "/v1/reports/" + *submission.report);
    value.set("report", std::move(report));
  }
  if (submission.refusal) value.set("refusal", *submission.refusal);
  if (!line.is_null()) value.set("case", std::move(line));
  return json_answer(200, core::json::write_canonical(value));
}

bool is_deleted(const core::Error& error) {
  return error.code == core::ErrorCode::kUnsupported && error.text == store::kDeletedText;
}

http::ProblemDocument deleted_problem() {
  http::ProblemDocument document = problem_of(Problem::kGone);
  document.errors.push_back(
      {.pointer = "/id", .code = "deleted", .detail = std::string(store::kDeletedText)});
  return document;
}

std::optional<Problem> problem_of_lost_right(const core::Error& error) {
  if (error.text == kSessionOver) return Problem::kUnauthenticated;
  return error.text == kTakenAway ? std::optional(Problem::kNotAssigned) : std::nullopt;
}

bool is_usable_key(const std::string* key) {
  constexpr std::size_t kKeyBytes = 255;
  return key != nullptr && !key->empty() && key->size() <= kKeyBytes;
}

http::Language language_of(const http::RequestHead& head) {
  const std::string* asked = head.target.find_query("lang");
  if (asked != nullptr && *asked == "en") return http::Language::kEn;
  if (asked != nullptr && *asked == "zh") return http::Language::kZh;
  const std::string* wanted = head.find("accept-language");
  return http::choose_language(wanted == nullptr ? "" : *wanted);
}

front::Task<void> say(front::Exchange& exchange, http::Answer answer) {
  [[maybe_unused]] const auto sent = co_await exchange.answer(std::move(answer));
}

front::Task<void> refuse(front::Exchange& exchange, http::ProblemDocument document) {
  http::Answer answer = http::problem_answer(document, &exchange.head());
  // The same request again is the way to learn what came of the first.
  const bool under_way = std::ranges::find(document.errors, service::kUnderWayCode,
                                           &http::ProblemError::code) != document.errors.end();
  if (under_way) answer.set("retry-after", "1");
  co_await say(exchange, std::move(answer));
}

front::Task<void> refuse(front::Exchange& exchange, const core::Error& error) {
  const Problem problem = problem_of_lost_right(error).value_or(http::problem_of(error));
  // What went wrong on our side is nobody else's business.
  const bool ours = http::row_of(problem).status >= 500;
  http::ProblemDocument document =
      problem_of(ours ? Problem::kUnavailable : problem, ours ? std::string_view() : error.text);
  co_await refuse(exchange, std::move(document));
}

front::Task<void> refuse_upload(front::Exchange& exchange, const service::Staged& staged,
                                const core::Error& error) {
  service::Refused refused = service::refused_by(staged, error);
  if (error.text == front::kBodyTooLarge) {
    refused.defects.push_back({"", "submission-too-large",
                               "the body has more than the " + std::to_string(error.offset) +
                                   " bytes that a submission may have (limits.submission_bytes)"});
  }
  if (refused.defects.empty()) {
    co_await refuse(exchange, error);
  } else {
    http::ProblemDocument document = problem_of(refused);
    co_await refuse(exchange, std::move(document));
  }
}

front::Task<void> refuse_method(front::Exchange& exchange, std::string_view allowed) {
  http::Answer answer =
      http::problem_answer(problem_of(Problem::kMethodNotAllowed), &exchange.head());
  answer.set("allow", allowed);
  co_await say(exchange, std::move(answer));
}

front::Task<void> refuse_for_now(front::Exchange& exchange, std::chrono::seconds wait) {
  http::Answer answer =
      http::problem_answer(problem_of(Problem::kTooManyRequests), &exchange.head());
  answer.set("retry-after", std::to_string(wait.count()));
  co_await say(exchange, std::move(answer));
}

http::ProblemDocument problem_of(Problem problem, std::string_view detail) {
  http::ProblemDocument document;
  document.problem = problem;
  document.detail = std::string(detail);
  return document;
}

http::ProblemDocument problem_of(const service::Refused& refused) {
  http::ProblemDocument document = problem_of(kind_of(refused));
  const bool internal = refused.error.code == core::ErrorCode::kInternal;
  if (!internal && refused.defects.empty()) document.detail = std::string(refused.error.text);
  if (const std::string_view code = code_of(refused.error); !code.empty()) {
    document.errors.push_back({"", std::string(code), std::string(refused.error.text)});
  }
  for (const contents::Defect& defect : refused.defects) {
    document.errors.push_back({defect.pointer, defect.code, defect.detail});
  }
  return document;
}

}  // namespace heyan::api
