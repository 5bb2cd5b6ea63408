// Content-Digest, Repr-Digest and Want-Repr-Digest: what they announce.
//
// Source: RFC 9530; the algorithms that are active in its registry are sha-256 and sha-512. Others
// are left alone, as if they were absent (section 2). Comparing is the caller's, who has the bytes.
// Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::http {

struct Digests {
  std::optional<core::Bytes> sha256;
  std::optional<core::Bytes> sha512;
  bool empty() const { return !sha256 && !sha512; }
};
// kMalformed and the errors of structured fields; a digest of another length is kMalformed.
core::Result<Digests> parse_digests(std::string_view field);
// "sha-256=:...:"
std::string write_sha256_digest(core::ByteView sha256);

struct Wish {
  std::string algorithm;
  int preference = 0;  // 0: not acceptable, 10: most preferred
};
// kMalformed where a preference is no integer from 0 to 10.
core::Result<std::vector<Wish>> parse_wanted_digests(std::string_view field);

}  // namespace heyan::http
