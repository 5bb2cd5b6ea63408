#include "gateway/api/tus.h"

#include <algorithm>

#include "gateway/http/digest_fields.h"
#include "gateway/http/fields.h"
#include "verifier/core/text.h"

namespace heyan::api {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kMostDigits = 15;
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
  if (field == nullptr || field->empty() || field->size() > kMostDigits) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : *field) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
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
  if (!digests.sha256) return fail(ErrorCode::kUnsupported, "Repr-Digest needs sha-256");
  return *std::move(digests.sha256);
}

}  // namespace heyan::api
