#include "gateway/api/answers.h"

#include "verifier/core/json.h"
#include "verifier/core/time.h"

namespace heyan::api {
namespace {

using core::json::Value;
using http::Problem;

std::string href_of(std::string_view id) { return "/v1/submissions/" + std::string(id); }

Problem kind_of(const service::Refused& refused) {
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

http::Answer submission_answer(const store::Submission& submission) {
  Value value;
  value.set("id", submission.id)
      .set("state", store::name(submission.state))
      .set("version", std::uint64_t{submission.version})
      .set("receivedAt", core::format_rfc3339(core::from_unix_ms(submission.received_at_ms)))
      .set("receipt", core::to_string(submission.receipt));
  if (submission.report) {
    Value report;
    report.set("number", *submission.report).set("href", "/v1/reports/" + *submission.report);
    value.set("report", std::move(report));
  }
  if (submission.refusal) value.set("refusal", *submission.refusal);
  return json_answer(200, core::json::write_canonical(value));
}

http::ProblemDocument problem_of(Problem problem, std::string_view detail) {
  http::ProblemDocument document;
  document.problem = problem;
  document.detail = std::string(detail);
  return document;
}

http::ProblemDocument problem_of(const service::Refused& refused) {
  http::ProblemDocument document = problem_of(kind_of(refused));
  const bool internal = document.problem == Problem::kUnavailable;
  if (!internal && refused.defects.empty()) document.detail = std::string(refused.error.text);
  for (const contents::Defect& defect : refused.defects) {
    document.errors.push_back({defect.pointer, defect.code, defect.detail});
  }
  return document;
}

}  // namespace heyan::api
