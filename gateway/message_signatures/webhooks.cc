#include "gateway/message_signatures/webhooks.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "verifier/crypto/hmac.h"

namespace heyan::message_signatures {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr std::string_view kVersion = "v1,";
constexpr std::size_t kFewestBytes = 24;
constexpr std::size_t kMostBytes = 64;
constexpr std::size_t kMostSignatures = 16;
constexpr std::size_t kMostId = 256;

// Takes the same time wherever they differ.
bool same(core::ByteView a, core::ByteView b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned>(a[i] ^ b[i]);
  return difference == 0;
}

core::Bytes digest_of(std::string_view id, std::string_view timestamp, core::ByteView body,
                      const core::Bytes& secret) {
  core::Bytes message = core::to_bytes(id);
  const auto add = [&](core::ByteView more) {
    message.insert(message.end(), more.begin(), more.end());
  };
  add(core::as_bytes("."));
  add(core::as_bytes(timestamp));
  add(core::as_bytes("."));
  add(body);
  return crypto::hmac_sha256(secret, message);
}

std::optional<std::int64_t> parse_timestamp(std::string_view text) {
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool canonical =
      error == std::errc() && stop == text.data() + text.size() && std::to_string(value) == text;
  if (!canonical || value < 0) return std::nullopt;
  return value;
}

}  // namespace

core::Result<core::Bytes> parse_webhook_secret(std::string_view text) {
  if (!text.starts_with(kPrefix))
    return core::fail(core::ErrorCode::kMalformed, "a secret does not begin with whsec_");
  auto bytes = core::from_base64(text.substr(kPrefix.size()));
  if (!bytes || bytes->size() < kFewestBytes || bytes->size() > kMostBytes)
    return core::fail(core::ErrorCode::kMalformed, "a secret is not base64 of 24 to 64 bytes");
  return *std::move(bytes);
}

std::string sign_webhook(std::string_view id, std::int64_t timestamp, core::ByteView body,
                         const std::vector<core::Bytes>& secrets) {
  std::string field;
  for (const core::Bytes& secret : secrets) {
    if (!field.empty()) field += ' ';
    field += kVersion;
    field += core::to_base64(digest_of(id, std::to_string(timestamp), body, secret));
  }
  return field;
}

std::set<Fault> verify_webhook(const Delivery& delivery, core::ByteView body,
                               const std::vector<core::Bytes>& secrets, std::int64_t now,
                               std::int64_t tolerance) {
  if (delivery.id.empty() || delivery.timestamp.empty() || delivery.signature.empty())
    return {Fault::kMissing};
  const auto timestamp = parse_timestamp(delivery.timestamp);
  if (!timestamp || delivery.id.size() > kMostId) return {Fault::kMalformed};
  std::set<Fault> faults;
  if (now - *timestamp > tolerance) faults.insert(Fault::kStale);
  if (*timestamp - now > tolerance) faults.insert(Fault::kFuture);
  bool known = false;
  bool valid = false;
  std::size_t count = 0;
  for (std::string_view rest = delivery.signature; !rest.empty();) {
    const std::string_view one = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    if (++count > kMostSignatures) return {Fault::kMalformed};
    if (!one.starts_with(kVersion)) continue;
    known = true;
    const auto bytes = core::from_base64(one.substr(kVersion.size()));
    if (!bytes) continue;
    for (const core::Bytes& secret : secrets) {
      if (same(*bytes, digest_of(delivery.id, delivery.timestamp, body, secret))) valid = true;
    }
  }
  if (!known) faults.insert(Fault::kVersionUnknown);
  if (known && !valid) faults.insert(Fault::kInvalid);
  return faults;
}

}  // namespace heyan::message_signatures
