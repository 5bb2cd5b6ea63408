#include "gateway/http/problem.h"

#include <algorithm>
#include <array>

#include "verifier/core/json.h"
#include "verifier/core/text.h"

namespace heyan::http {
namespace {

using core::json::Value;

// In the order of the enumeration; row_of relies on it, and a test checks it.
constexpr std::array kTable = std::to_array<ProblemRow>({
    {Problem::kMalformedRequest, 400, "urn:heyan:problem:malformed-request", "请求格式错误",
     "Malformed request"},
    {Problem::kMalformedBody, 400, "urn:heyan:problem:malformed-body", "请求内容格式错误",
     "Malformed request body"},
    {Problem::kUnauthenticated, 401, "urn:heyan:problem:unauthenticated", "未通过身份认证",
     "Not authenticated"},
    {Problem::kSignInFailed, 401, "urn:heyan:problem:sign-in-failed",
     "登录失败：账号、密码或验证码不正确", "Signing in failed: account, password or code"},
    {Problem::kSecondFactorNeeded, 401, "urn:heyan:problem:second-factor-needed", "需要动态验证码",
     "The code of the second factor is needed"},
    {Problem::kForbidden, 403, "urn:heyan:problem:forbidden", "无权访问", "Not permitted"},
    {Problem::kNotAssigned, 403, "urn:heyan:problem:not-assigned", "该案件未分配给您",
     "This case is not assigned to you"},
    {Problem::kFormTokenMismatch, 403, "urn:heyan:problem:form-token-mismatch",
     "本页面不属于当前登录，请刷新后再试", "This page is of another sign-in; reload it"},
    {Problem::kNotFound, 404, "urn:heyan:problem:not-found", "未找到", "Not found"},
    {Problem::kMethodNotAllowed, 405, "urn:heyan:problem:method-not-allowed", "不允许使用该方法",
     "Method not allowed"},
    {Problem::kNotAcceptable, 406, "urn:heyan:problem:not-acceptable", "无法提供所要求的格式",
     "Not available in an accepted form"},
    {Problem::kTimeout, 408, "urn:heyan:problem:timeout", "请求超时", "Request too slow"},
    {Problem::kConflict, 409, "urn:heyan:problem:conflict", "与现有状态冲突",
     "Conflict with the present state"},
    {Problem::kGone, 410, "urn:heyan:problem:gone", "已不存在", "Gone"},
    {Problem::kPreconditionFailed, 412, "urn:heyan:problem:precondition-failed", "前提条件不满足",
     "Precondition failed"},
    {Problem::kTooLarge, 413, "urn:heyan:problem:too-large", "请求内容过大", "Content too large"},
    {Problem::kTargetTooLong, 414, "urn:heyan:problem:target-too-long", "请求地址过长",
     "Request target too long"},
    {Problem::kUnsupportedMediaType, 415, "urn:heyan:problem:unsupported-media-type",
     "不支持的内容类型", "Unsupported media type or coding"},
    {Problem::kExpectationFailed, 417, "urn:heyan:problem:expectation-failed", "无法满足期望",
     "Expectation failed"},
    {Problem::kElsewhere, 421, "urn:heyan:problem:elsewhere", "应由另一网关处理",
     "Another gateway has it"},
    {Problem::kDefects, 422, "urn:heyan:problem:defects", "提交内容存在缺陷",
     "The submission has defects"},
    {Problem::kLocked, 423, "urn:heyan:problem:locked", "另一请求正在处理", "In use"},
    {Problem::kKeyRequired, 428, "urn:heyan:problem:idempotency-key-required", "缺少幂等键",
     "Idempotency-Key required"},
    {Problem::kTooManyRequests, 429, "urn:heyan:problem:too-many-requests", "请求过于频繁",
     "Too many requests"},
    {Problem::kHeaderTooLarge, 431, "urn:heyan:problem:header-too-large", "请求头过大",
     "Request header too large"},
    {Problem::kChecksumMismatch, 460, "urn:heyan:problem:checksum-mismatch", "校验值不符",
     "Checksum mismatch"},
    {Problem::kInternal, 500, "urn:heyan:problem:internal", "服务器内部错误", "Internal error"},
    {Problem::kStoredBytesDiffer, 500, "urn:heyan:problem:stored-bytes-differ",
     "存储内容与收到时不同", "The stored bytes are not those that were received"},
    {Problem::kNotImplemented, 501, "urn:heyan:problem:not-implemented", "不支持该功能",
     "Not implemented"},
    {Problem::kUnavailable, 503, "urn:heyan:problem:unavailable", "服务暂不可用",
     "Temporarily unavailable"},
    {Problem::kVersionNotSupported, 505, "urn:heyan:problem:version-not-supported",
     "不支持的 HTTP 版本", "HTTP version not supported"},
    {Problem::kInsufficientStorage, 507, "urn:heyan:problem:insufficient-storage", "存储空间不足",
     "Insufficient storage"},
});

Value shown(std::string_view text) { return core::visible(text, 1000); }

}  // namespace

std::span<const ProblemRow> problem_table() { return kTable; }

const ProblemRow& row_of(Problem problem) { return kTable.at(static_cast<std::size_t>(problem)); }

std::optional<Problem> problem_of_status(std::uint16_t status) {
  const auto* const found = std::ranges::find(kTable, status, &ProblemRow::status);
  if (found == kTable.end()) return std::nullopt;
  return found->problem;
}

std::string encode_problem(const ProblemDocument& document, Language language) {
  const ProblemRow& row = row_of(document.problem);
  Value value;
  value.set("type", row.type);
  value.set("title", language == Language::kZh ? row.title_zh : row.title_en);
  value.set("status", static_cast<int>(row.status));
  if (!document.detail.empty()) value.set("detail", shown(document.detail));
  if (!document.errors.empty()) {
    Value::Array errors;
    for (const ProblemError& error : document.errors) {
      Value entry;
      entry.set("pointer", shown(error.pointer));
      entry.set("code", shown(error.code));
      entry.set("detail", shown(error.detail));
      errors.push_back(std::move(entry));
    }
    value.set("errors", std::move(errors));
  }
  return core::json::write_canonical(value);
}

}  // namespace heyan::http
