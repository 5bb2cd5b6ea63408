#include "court_adapters/netcourt_hangzhou/answers.h"

#include "court_adapters/china/results.h"
#include "verifier/core/time.h"

namespace heyan::court_adapters::netcourt_hangzhou {
namespace {

using core::json::Value;

constexpr int kOk = 200;
constexpr int kAccepted = 202;
constexpr int kRedirect = 300;
constexpr int kNotCompleted = 500;

std::string time_text(std::int64_t ms) { return core::format_rfc3339(core::from_unix_ms(ms)); }

Value about(const Accepted& accepted) {
  Value data;
  data.set("submission", accepted.submission);
  data.set("receivedAt", time_text(accepted.at_ms));
  data.set("remarks", china::remarks_of(accepted.remarks));
  return data;
}

}  // namespace

Answer envelope(int status, std::string_view code, std::string message, Value data) {
  Value body;
  body.set("success", status < kRedirect ? "true" : "false");
  body.set("code", code).set("errMessage", std::move(message));
  if (!data.is_null()) body.set("responseData", std::move(data));
  return {status, "application/json; charset=utf-8", core::json::write_canonical(body)};
}

Answer acknowledgement(const Accepted& accepted) {
  Value data = about(accepted);
  data.set("receipt", accepted.receipt).set("repeated", accepted.repeated);
  return envelope(kAccepted, "ACCEPTED", "", std::move(data));
}

Answer result(const Outcome& outcome) {
  if (outcome.failed) {
    return envelope(kNotCompleted, "INTERNAL_SERVER_ERROR",
                    "未能完成核验，与证据本身无关，请重新提交。", about(outcome.accepted));
  }
  if (outcome.report == nullptr) {
    return envelope(kAccepted, "ACCEPTED", "", about(outcome.accepted));
  }
  const v1::Report& report = *outcome.report;
  const auto language =
      outcome.language == "en" ? catalogue::Language::kEnglish : catalogue::Language::kChinese;
  Value data = about(outcome.accepted);
  data.set("report", china::report_of(report, outcome.link, language));
  data.set("items", china::items_of(report, language));
  return envelope(kOk, "OK", "", std::move(data));
}

}  // namespace heyan::court_adapters::netcourt_hangzhou
