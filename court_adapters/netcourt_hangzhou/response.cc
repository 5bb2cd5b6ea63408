#include "court_adapters/netcourt_hangzhou/response.h"

#include "court_adapters/china/json_fault.h"
#include "verifier/contents/submission_fields.h"

namespace heyan::court_adapters::netcourt_hangzhou {
namespace {

using contents::Fields;

// true, or "true" as the court's service writes it.
bool read_success(Fields& fields, contents::Defects& defects) {
  const core::json::Value* value = fields.take("success");
  if (value == nullptr || value->is_null()) {
    defects.add(fields.pointer_of("success"), "field-required", "success is missing: give it.");
    return false;
  }
  if (const bool* flag = value->as_bool()) return *flag;
  const std::string word = fields.line("success");
  if (word != "true" && word != "false") {
    defects.add(fields.pointer_of("success"), "unknown-code", "success is true or false.");
  }
  return word == "true";
}

// "OK", or the number that HTTP has for it.
std::string read_code(Fields& fields, contents::Defects& defects) {
  const core::json::Value* value = fields.take("code");
  if (value != nullptr && value->as_integer() != nullptr) {
    return std::to_string(*value->as_integer());
  }
  std::string code = fields.line("code");
  if (code.empty()) {
    defects.add(fields.pointer_of("code"), "field-required", "code is missing: give it.");
  }
  return code;
}

}  // namespace

std::expected<NotaryResponse, std::vector<Defect>> read_response(core::ByteView json,
                                                                 const core::Limits& limits) {
  const auto document = core::json::parse(json, limits);
  if (!document) return std::unexpected(std::vector{china::json_fault(json, document.error())});
  contents::Defects defects;
  Fields fields(&*document, "", limits, defects);
  NotaryResponse response;
  const bool success = read_success(fields, defects);
  response.code = read_code(fields, defects);
  const core::json::Value* message = fields.take("errMessage");
  if (message != nullptr && !message->is_null()) response.message = fields.line("errMessage");
  const core::json::Value* data = fields.take("responseData");
  if (data != nullptr && !data->is_null()) response.data = fields.line("responseData");
  const bool ok = response.code == "OK" || response.code == "ACCEPTED" || response.code == "200";
  if (success != ok && !response.code.empty()) {
    defects.add(fields.pointer_of("code"), "unknown-code",
                "success and code contradict each other.");
  }
  if (success && response.data.empty() && data == nullptr) {
    defects.add(fields.pointer_of("responseData"), "field-required",
                "responseData is missing: a call that succeeded gives it.");
  }
  if (!defects.empty()) return std::unexpected(std::move(defects).take());
  const bool conflict = response.code == "CONFLICT" || response.code == "409";
  response.stored = success ? Stored::kStored : conflict ? Stored::kMismatch : Stored::kRefused;
  return response;
}

}  // namespace heyan::court_adapters::netcourt_hangzhou
