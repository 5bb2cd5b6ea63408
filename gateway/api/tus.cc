#include "gateway/api/tus.h"

#include <algorithm>
#include <array>

#include "gateway/http/digest_fields.h"
#include "gateway/http/fields.h"
#include "verifier/core/text.h"

namespace heyan::api {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kSha256Bytes = 32;
constexpr std::size_t kLongestMetadata = 8192;

bool is_printable(char c) { return c >= ' ' && c <= '~'; }

std::optional<std::size_t> digest_bytes(std::string_view algorithm) {
  if (algorithm == "sha1") return 20;
  if (algorithm == "sha256") return kSha256Bytes;
  if (algorithm == "sha512") return 64;
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> parse_length(const std::string* field) {
  if (field == nullptr || field->empty()) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : *field) {
    if (c < '0' || c > '9') return std::nullopt;
    value = std::min(value * 10 + static_cast<std::uint64_t>(c - '0'), kBeyondLength);
  }
  return value;
}

bool is_upload(std::span<const std::string> path) {
  return path.size() >= 2 && path[0] == "v1" && path[1] == "uploads";
}

core::Result<http::Method> meant_method(const http::RequestHead& head) {
  using http::Method;
  constexpr std::array kMeant = {Method::kDelete, Method::kHead, Method::kPatch, Method::kPost};
  const std::string* field = head.find("x-http-method-override");
  if (field == nullptr || head.method != Method::kPost || !is_upload(head.target.segments)) {
    return head.method;
  }
  const auto* const meant = std::ranges::find(kMeant, std::string_view(*field), http::name);
  if (meant == kMeant.end()) {
    return fail(ErrorCode::kUnsupported,
                "X-HTTP-Method-Override is none of DELETE, HEAD, PATCH and POST");
  }
  const bool takes_body = *meant == Method::kPatch || *meant == Method::kPost;
  if (head.has_body() && !takes_body) {
    return fail(ErrorCode::kMalformed, "a body with a method that has none");
  }
  return *meant;
}

core::Result<UploadMetadata> parse_metadata(std::string_view field) {
  if (field.size() > kLongestMetadata) {
    return fail(ErrorCode::kLimit, "Upload-Metadata is longer than 8 KiB");
  }
  if (!std::ranges::all_of(field, is_printable)) {
    return fail(ErrorCode::kMalformed, "Upload-Metadata is not printable ASCII");
  }
  UploadMetadata metadata;
  for (const std::string_view element : http::split_list(field)) {
    const std::size_t space = element.find(' ');
    const std::string_view key = element.substr(0, space);
    const bool known = key == "submission" || key == "path";
    if (!known) continue;
    std::string& into = key == "path" ? metadata.path : metadata.submission;
    if (!into.empty()) return fail(ErrorCode::kDuplicate, "Upload-Metadata names a key twice");
    const auto value = space == std::string_view::npos
                           ? std::nullopt
                           : core::from_base64(element.substr(space + 1));
    if (!value || value->empty()) {
      return fail(ErrorCode::kMalformed, "a value of Upload-Metadata is no base64");
    }
    into = core::to_string(*value);
    if (into.contains('\0') || !core::is_utf8(into)) {
      return fail(ErrorCode::kMalformed, "a value of Upload-Metadata is no text");
    }
  }
  if (metadata.submission.empty() || metadata.path.empty()) {
    return fail(ErrorCode::kMalformed, "Upload-Metadata needs submission and path");
  }
  return metadata;
}

core::Result<Checksum> parse_checksum(std::string_view field) {
  const std::size_t space = field.find(' ');
  const std::string_view algorithm = field.substr(0, space);
  const auto bytes = digest_bytes(algorithm);
  if (!bytes) return fail(ErrorCode::kUnsupported, "Upload-Checksum names an unknown algorithm");
  const auto digest =
      space == std::string_view::npos ? std::nullopt : core::from_base64(field.substr(space + 1));
  if (!digest || digest->size() != *bytes) {
    return fail(ErrorCode::kMalformed, "Upload-Checksum holds no digest of its algorithm");
  }
  return Checksum{.algorithm = std::string(algorithm), .digest = *digest};
}

core::Result<core::Bytes> parse_repr_digest(std::string_view field) {
  HEYAN_TRY(http::Digests digests, http::parse_digests(field));
  return std::move(digests.sha256).value_or(core::Bytes());
}

}  // namespace heyan::api
