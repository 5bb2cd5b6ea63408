#include "verifier/report/log_entry.h"

#include "verifier/core/json.h"

namespace heyan::report {
namespace {

using core::json::Value;

core::Bytes encode(const Value& value) {
  return core::to_bytes(core::as_bytes(core::json::write_canonical(value)));
}

Value entry(std::string_view type) {
  Value value;
  value.set("type", type);
  return value;
}

}  // namespace

core::Bytes encode_log_entry(std::string_view origin, std::span<const LogKey> keys,
                             core::UtcTime created_at) {
  Value list{Value::Array{}};
  for (const LogKey& key : keys) {
    Value one;
    one.set("use", key.use).set("spki", core::to_base64(key.spki));
    list.push(std::move(one));
  }
  Value value = entry("log");
  value.set("schema", "heyan.log.v1")
      .set("origin", origin)
      .set("keys", std::move(list))
      .set("createdAt", core::format_rfc3339(created_at));
  return encode(value);
}

core::Bytes encode_intake_entry(core::ByteView submission_sha256, core::ByteView files_sha256,
                                core::ByteView nonce) {
  Value value = entry("intake");
  value.set("submission", core::to_hex(submission_sha256))
      .set("files", core::to_hex(files_sha256))
      .set("nonce", core::to_hex(nonce));
  return encode(value);
}

core::Bytes encode_report_entry(core::ByteView payload_sha256, std::uint64_t intake) {
  Value value = entry("report");
  value.set("payload", core::to_hex(payload_sha256)).set("intake", intake);
  return encode(value);
}

core::Bytes encode_supersession_entry(std::uint64_t report, std::uint64_t supersedes) {
  Value value = entry("supersession");
  value.set("report", report).set("supersedes", supersedes);
  return encode(value);
}

core::Bytes encode_withdrawal_entry(std::uint64_t report, std::string_view reason) {
  Value value = entry("withdrawal");
  value.set("report", report).set("reason", reason);
  return encode(value);
}

bool is_report_entry(core::ByteView entry, core::ByteView payload_sha256) {
  const auto parsed = core::json::parse(entry, {});
  if (!parsed) return false;
  const Value* intake = parsed->find("intake");
  const std::int64_t* index = intake == nullptr ? nullptr : intake->as_integer();
  if (index == nullptr || *index < 0) return false;
  return core::equal(entry,
                     encode_report_entry(payload_sha256, static_cast<std::uint64_t>(*index)));
}

}  // namespace heyan::report
