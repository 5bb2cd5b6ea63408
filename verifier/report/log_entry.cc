#include "verifier/report/log_entry.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "verifier/core/json.h"

namespace heyan::report {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::json::Value;

constexpr std::string_view kSchema = "heyan.log.v1";
constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kTrailBytes = 16;
constexpr std::int64_t kMaxIndex = (std::int64_t{1} << 53) - 1;  // RFC 8785
constexpr std::array<std::string_view, 3> kReasons = {"court-order", "error", "key-compromise"};
constexpr std::array<std::string_view, 4> kWriters = {"front", "judge", "signer", "accounts"};
constexpr core::Error kNotAnEntry{ErrorCode::kMalformed, "this is no entry of a report log"};

// ---- writing

Value typed(std::string_view type, core::UtcTime at) {
  Value value;
  value.set("type", type).set("at", core::format_rfc3339(at));
  return value;
}

void set_place(Value& value, const std::string& name, const LogPlace& place) {
  value.set(name, place.index);
  if (!place.log.empty()) value.set(name + "Log", place.log);
}

Value value_of(const LogBeginning& entry) {
  Value keys{Value::Array{}};
  for (const LogKey& key : entry.keys) {
    Value one;
    one.set("use", key.use).set("spki", core::to_base64(key.spki));
    keys.push(std::move(one));
  }
  Value value;
  value.set("type", "log")
      .set("schema", kSchema)
      .set("origin", entry.origin)
      .set("keys", std::move(keys))
      .set("createdAt", core::format_rfc3339(entry.at));
  if (!entry.follows.empty()) value.set("follows", entry.follows);
  return value;
}

Value value_of(const IntakeEntry& entry) {
  Value value = typed("intake", entry.at);
  value.set("submission", core::to_hex(entry.submission))
      .set("files", core::to_hex(entry.files))
      .set("nonce", core::to_hex(entry.nonce));
  return value;
}

Value value_of(const ReportEntry& entry) {
  Value value = typed("report", entry.at);
  value.set("payload", core::to_hex(entry.payload));
  set_place(value, "intake", entry.intake);
  return value;
}

Value value_of(const SupersessionEntry& entry) {
  Value value = typed("supersession", entry.at);
  set_place(value, "report", entry.report);
  set_place(value, "supersedes", entry.supersedes);
  return value;
}

Value value_of(const WithdrawalEntry& entry) {
  Value value = typed("withdrawal", entry.at);
  value.set("reason", entry.reason);
  set_place(value, "report", entry.report);
  return value;
}

Value value_of(const AuditEntry& entry) {
  Value value = typed("audit", entry.at);
  value.set("writer", entry.writer)
      .set("trail", core::to_hex(entry.trail))
      .set("record", entry.record)
      .set("sha256", core::to_hex(entry.sha256))
      .set("sm3", core::to_hex(entry.sm3));
  return value;
}

Value value_of(const DeletionEntry& entry) {
  Value value = typed("deletion", entry.at);
  value.set("submission", core::to_hex(entry.submission));
  set_place(value, "intake", entry.intake);
  return value;
}

// ---- reading: what each member must be. That there are no others, and that each has its one
// spelling, shows when what was read is written again.

class Members {
 public:
  explicit Members(const Value& value) : value_(value) {}

  std::string text(std::string_view name) {
    auto found = optional_text(name);
    if (!found) good_ = false;
    return std::move(found).value_or("");
  }
  std::optional<std::string> optional_text(std::string_view name) const {
    const Value* found = value_.find(name);
    const std::string* text = found == nullptr ? nullptr : found->as_string();
    return text == nullptr ? std::nullopt : std::optional(*text);
  }
  core::UtcTime time(std::string_view name) {
    const auto time = core::parse_rfc3339(text(name));
    if (!time) good_ = false;
    return time.value_or(core::UtcTime());
  }
  core::Bytes bytes(std::string_view name, std::size_t size) {
    auto bytes = core::from_hex(text(name));
    if (!bytes || bytes->size() != size) good_ = false;
    return std::move(bytes).value_or(core::Bytes());
  }
  core::Bytes digest(std::string_view name) { return bytes(name, kDigestBytes); }
  std::uint64_t index(std::string_view name) {
    const Value* found = value_.find(name);
    const std::int64_t* index = found == nullptr ? nullptr : found->as_integer();
    if (index != nullptr && *index >= 0 && *index <= kMaxIndex) {
      return static_cast<std::uint64_t>(*index);
    }
    good_ = false;
    return 0;
  }
  LogPlace place(const std::string& name) {
    return {index(name), optional_text(name + "Log").value_or("")};
  }
  std::span<const Value> array(std::string_view name) {
    const Value* found = value_.find(name);
    const Value::Array* array = found == nullptr ? nullptr : found->as_array();
    if (array == nullptr) good_ = false;
    return array == nullptr ? std::span<const Value>() : std::span<const Value>(*array);
  }
  void refuse() { good_ = false; }
  bool are_good() const { return good_; }

 private:
  const Value& value_;
  bool good_ = true;
};

LogBeginning beginning(Members& members) {
  LogBeginning entry{.at = members.time("createdAt"),
                     .origin = members.text("origin"),
                     .keys = {},
                     .follows = members.optional_text("follows").value_or("")};
  for (const Value& each : members.array("keys")) {
    Members key(each);
    auto spki = core::from_base64(key.text("spki"));
    if (!spki) members.refuse();
    entry.keys.push_back({key.text("use"), std::move(spki).value_or(core::Bytes())});
    if (!key.are_good()) members.refuse();
  }
  if (entry.origin.empty() || entry.keys.empty()) members.refuse();
  return entry;
}

std::optional<LogEntry> read(std::string_view type, Members& members) {
  if (type == "log") return beginning(members);
  if (type == "intake") {
    return IntakeEntry{members.time("at"), members.digest("submission"), members.digest("files"),
                       members.digest("nonce")};
  }
  if (type == "report") {
    return ReportEntry{members.time("at"), members.digest("payload"), members.place("intake")};
  }
  if (type == "supersession") {
    return SupersessionEntry{members.time("at"), members.place("report"),
                             members.place("supersedes")};
  }
  if (type == "withdrawal") {
    WithdrawalEntry entry{members.time("at"), members.place("report"), members.text("reason")};
    if (!is_withdrawal_reason(entry.reason)) members.refuse();
    return entry;
  }
  if (type == "audit") {
    AuditEntry entry{.at = members.time("at"),
                     .writer = members.text("writer"),
                     .trail = members.bytes("trail", kTrailBytes),
                     .record = members.index("record"),
                     .sha256 = members.digest("sha256"),
                     .sm3 = members.digest("sm3")};
    if (!is_audit_writer(entry.writer)) members.refuse();
    return entry;
  }
  if (type == "deletion") {
    return DeletionEntry{members.time("at"), members.digest("submission"), members.place("intake")};
  }
  return std::nullopt;
}

}  // namespace

core::Bytes encode_log_entry(const LogEntry& entry) {
  const Value value = std::visit([](const auto& one) { return value_of(one); }, entry);
  return core::to_bytes(core::as_bytes(core::json::write_canonical(value)));
}

Result<LogEntry> parse_log_entry(core::ByteView bytes) {
  const auto value = core::json::parse(bytes, {});
  if (!value) return std::unexpected(kNotAnEntry);
  Members members(*value);
  const auto type = members.optional_text("type");
  if (!type) return std::unexpected(kNotAnEntry);
  auto entry = read(*type, members);
  if (!entry) return fail(ErrorCode::kUnknown, "an entry of another type");
  if (!members.are_good()) return std::unexpected(kNotAnEntry);
  if (!core::equal(encode_log_entry(*entry), bytes)) {
    return fail(ErrorCode::kNotCanonical, "an entry of a report log, written otherwise");
  }
  return *std::move(entry);
}

std::string_view kind_of(const LogEntry& entry) {
  constexpr std::array<std::string_view, 7> kKinds = {
      "log", "intake", "report", "supersession", "withdrawal", "audit", "deletion"};
  return kKinds.at(entry.index());
}

core::UtcTime time_of(const LogEntry& entry) {
  return std::visit([](const auto& one) { return one.at; }, entry);
}

bool is_withdrawal_reason(std::string_view word) {
  return std::ranges::find(kReasons, word) != kReasons.end();
}

bool is_audit_writer(std::string_view word) {
  return std::ranges::find(kWriters, word) != kWriters.end();
}

bool is_report_entry(core::ByteView bytes, core::ByteView payload_sha256) {
  const auto entry = parse_log_entry(bytes);
  const auto* report = entry ? std::get_if<ReportEntry>(&*entry) : nullptr;
  return report != nullptr && core::equal(report->payload, payload_sha256);
}

}  // namespace heyan::report
