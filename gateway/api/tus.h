// The header fields of resumable uploads.
//
// Sources: tus 1.0.0 (core with X-HTTP-Method-Override, creation with Upload-Metadata, checksum),
// RFC 9530 section 3 (Repr-Digest), RFC 8941. Strict: one reading of each field or none. Pure, any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/http/gate.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::api {

inline constexpr std::string_view kTusVersion = "1.0.0";
inline constexpr std::string_view kTusExtensions = "creation,checksum,expiration,termination";
inline constexpr std::string_view kTusChecksums = "sha1,sha256,sha512";

// Larger than anything that is stored.
inline constexpr std::uint64_t kBeyondLength = 999'999'999'999'999;
// Decimal digits; what is beyond kBeyondLength is that. Absent: no number.
std::optional<std::uint64_t> parse_length(const std::string* field);

// "/v1/uploads" and what is beneath.
bool is_upload(std::span<const std::string> path);
// The surroundings of some clients let no PATCH and no DELETE pass (X-HTTP-Method-Override):
// beneath /v1/uploads a POST is what that field says. Without it, and of other methods, what it is.
// kUnsupported: neither DELETE, HEAD, PATCH nor POST; kMalformed: a body with a method that has
// none.
core::Result<http::Method> meant_method(const http::RequestHead& head);

struct UploadMetadata {
  std::string submission;
  std::string path;
};
// Other keys are for the client itself, and the whole field is given back to it as it stands: so it
// is printable ASCII. kMalformed, kDuplicate; kLimit: longer than 8 KiB.
core::Result<UploadMetadata> parse_metadata(std::string_view field);

struct Checksum {
  std::string algorithm;  // "sha256"
  core::Bytes digest;
};
// kUnsupported: an algorithm that is not in kTusChecksums; kMalformed.
core::Result<Checksum> parse_checksum(std::string_view field);

// The SHA-256 of "sha-256=:BASE64:"; others are left alone (RFC 9530 section 2), so that it is
// empty where there is none. The errors of http::parse_digests.
core::Result<core::Bytes> parse_repr_digest(std::string_view field);

}  // namespace heyan::api
