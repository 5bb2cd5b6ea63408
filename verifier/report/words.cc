#include "verifier/report/words.h"

#include <limits>

#include "verifier/core/bytes.h"
#include "verifier/core/text.h"

namespace heyan::report {
namespace {

constexpr std::int64_t kLargestExact = (std::int64_t{1} << 53) - 1;

}  // namespace

std::string_view closed_word(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix)) return {};
  name.remove_prefix(prefix.size());
  return name == "UNSPECIFIED" ? std::string_view() : name;
}

std::string_view digest_word(v1::DigestAlgorithm algorithm) {
  switch (algorithm) {
    case v1::DIGEST_ALGORITHM_SHA_256:
      return "sha-256";
    case v1::DIGEST_ALGORITHM_SHA_384:
      return "sha-384";
    case v1::DIGEST_ALGORITHM_SHA_512:
      return "sha-512";
    case v1::DIGEST_ALGORITHM_SM3:
      return "sm3";
    case v1::DIGEST_ALGORITHM_SHA_1:
      return "sha-1";
    case v1::DIGEST_ALGORITHM_MD5:
      return "md5";
    case v1::DIGEST_ALGORITHM_SHA_224:
      return "sha-224";
    default:
      return "unspecified";
  }
}

std::string_view digest_label(v1::DigestAlgorithm algorithm) {
  switch (algorithm) {
    case v1::DIGEST_ALGORITHM_SHA_256:
      return "SHA-256";
    case v1::DIGEST_ALGORITHM_SHA_384:
      return "SHA-384";
    case v1::DIGEST_ALGORITHM_SHA_512:
      return "SHA-512";
    case v1::DIGEST_ALGORITHM_SM3:
      return "SM3";
    case v1::DIGEST_ALGORITHM_SHA_1:
      return "SHA-1";
    case v1::DIGEST_ALGORITHM_MD5:
      return "MD5";
    case v1::DIGEST_ALGORITHM_SHA_224:
      return "SHA-224";
    default:
      return "?";
  }
}

core::json::Value number(std::uint64_t value) {
  if (value > static_cast<std::uint64_t>(kLargestExact)) return std::to_string(value);
  return static_cast<std::int64_t>(value);
}

core::json::Value number(std::int64_t value) {
  if (value > kLargestExact || value < -kLargestExact) return std::to_string(value);
  return value;
}

std::string safe_text(std::string_view text) {
  if (core::is_utf8(text)) return std::string(text);
  return core::visible(text, std::numeric_limits<std::size_t>::max());
}

std::string hex(std::string_view bytes) { return core::to_hex(core::as_bytes(bytes)); }

}  // namespace heyan::report
