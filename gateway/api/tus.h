// The header fields of resumable uploads.
//
// Sources: tus 1.0.0 (core, creation, creation's Upload-Metadata, checksum), RFC 9530 section 3
// (Repr-Digest), RFC 8941. Strict: one reading of each field or none. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/http/gate.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::api {

inline constexpr std::string_view kTusVersion = "1.0.0";
inline constexpr std::string_view kTusExtensions = "creation,checksum,expiration,termination";
inline constexpr std::string_view kTusChecksums = "sha1,sha256,sha512";

// Decimal digits, at most fifteen.
std::optional<std::uint64_t> parse_length(const std::string* field);

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

// The SHA-256 of "sha-256=:BASE64:"; others beside it are not compared. kUnsupported where there is
// none; the errors of http::parse_digests.
core::Result<core::Bytes> parse_repr_digest(std::string_view field);

}  // namespace heyan::api
