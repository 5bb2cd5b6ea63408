#include "court_adapters/asic/answers.h"

#include <algorithm>

#include "court_adapters/asic/faults.h"
#include "court_adapters/asic/names.h"
#include "verifier/core/json.h"
#include "verifier/core/time.h"

namespace heyan::court_adapters::asic {
namespace {

using core::json::Value;

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kProblem = "application/problem+json";

Value as_value(const Remark& remark) {
  Value value;
  if (!remark.item.empty()) value.set("item", remark.item);
  value.set("code", remark.code).set("pointer", remark.pointer).set("detail", remark.detail);
  return value;
}

Value as_value(const Accepted& accepted) {
  Value value;
  value.set("submission", accepted.submission)
      .set("received", core::format_rfc3339(core::from_unix_ms(accepted.at_ms)))
      .set("receipt", accepted.receipt)
      .set("repeated", accepted.repeated);
  Value remarks(Value::Array{});
  for (const Remark& remark : accepted.remarks) remarks.push(as_value(remark));
  value.set("remarks", std::move(remarks));
  return value;
}

Answer json(int status, std::string_view type, const Value& value) {
  return {.status = status,
          .content_type = std::string(type),
          .body = core::json::write_canonical(value)};
}

}  // namespace

Answer received(const Accepted& accepted) {
  return json(accepted.repeated ? 200 : 202, kJson, as_value(accepted));
}

Answer refused(std::span<const Defect> defects) {
  const bool other_type = std::ranges::any_of(defects, [](const Defect& defect) {
    return defect.code == name(Code::kNotAsic) || defect.code == kContentTypeCode;
  });
  Value list(Value::Array{});
  for (const Defect& defect : defects) {
    Value one;
    one.set("pointer", defect.pointer).set("code", defect.code).set("detail", defect.detail);
    list.push(std::move(one));
  }
  const int status = other_type ? 415 : 422;
  Value value;
  value
      .set("type",
           other_type ? "urn:heyan:problem:unsupported-media-type" : "urn:heyan:problem:defects")
      .set("title", other_type ? "不支持的内容类型 / Not an ASiC container"
                               : "提交内容存在缺陷 / The container has defects")
      .set("status", status)
      .set("defects", std::move(list));
  return json(status, kProblem, value);
}

Answer result_of(const Outcome& outcome) {
  if (outcome.report != nullptr && outcome.rendition) {
    auto container = outcome.rendition("asic");
    if (container) {
      return {.status = 200, .content_type = std::string(kSimple), .body = *std::move(container)};
    }
  }
  Value value = as_value(outcome.accepted);
  const bool done = outcome.report != nullptr;
  value.set("state", outcome.failed ? "failed" : done ? "done" : "verifying");
  if (!outcome.link.empty()) value.set("report", outcome.link);
  return json(done || outcome.failed ? 200 : 202, kJson, value);
}

}  // namespace heyan::court_adapters::asic
