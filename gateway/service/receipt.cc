#include "gateway/service/receipt.h"

#include "heyan/v1/gateway.pb.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"

namespace heyan::service {
namespace {

using core::json::Value;

constexpr std::size_t kReceiptBytes = 64u << 20;

// Of a compact JWS that we signed.
core::Result<Value> payload_in(std::string_view jws) {
  const std::size_t first = jws.find('.');
  const std::size_t second = first == jws.npos ? first : jws.find('.', first + 1);
  const auto bytes = second == jws.npos
                         ? std::nullopt
                         : core::from_base64url(jws.substr(first + 1, second - first - 1));
  auto payload = bytes ? core::json::parse(*bytes, core::Limits{.json_bytes = kReceiptBytes})
                       : std::expected<Value, core::json::ParseError>(Value());
  if (!payload || payload->as_object() == nullptr) {
    return core::fail(core::ErrorCode::kInternal, "a stored receipt does not read");
  }
  return *std::move(payload);
}

}  // namespace

core::Result<std::string> receipt_text(const store::Submission& submission,
                                       std::span<const store::FiledItem> items) {
  HEYAN_TRY(const Value payload, payload_in(core::as_text(submission.receipt)));
  Value value;
  value.set("number", submission.id);
  for (const std::string_view name : {"submission", "receivedAt", "log", "intake", "files"}) {
    const Value* found = payload.find(name);
    if (found != nullptr) value.set(name, *found);
  }
  v1::Session session;
  Value court;
  court.set("code", submission.court);
  if (session.ParseFromString(core::to_string(submission.session))) {
    court.set("name", session.court().name());
  }
  value.set("court", std::move(court));
  Value named{Value::Array{}};
  for (const store::FiledItem& item : items) {
    Value one;
    one.set("id", core::visible(item.id)).set("name", core::visible(item.name));
    one.set("path", item.path);
    if (item.pages) one.set("pages", *item.pages);
    named.push(std::move(one));
  }
  value.set("items", std::move(named));
  return core::json::write_canonical(value);
}

}  // namespace heyan::service
