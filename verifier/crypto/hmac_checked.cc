// By itself: programs that judge nothing link one library alone for their salts.
#include <array>

#include "verifier/crypto/hmac.h"

namespace heyan::crypto {
namespace {

constexpr std::size_t kBlock = 64;  // of SHA-256

// The key on one block, each octet with `pad` (RFC 2104, section 2).
core::Bytes padded(core::ByteView key, std::uint8_t pad) {
  core::Bytes block(kBlock, pad);
  for (std::size_t i = 0; i < key.size(); ++i) block[i] ^= key[i];
  return block;
}

}  // namespace

std::optional<core::Bytes> hmac_sha256(core::ByteView key, core::ByteView message,
                                       SignatureChecker& checker) {
  const auto digest = [&](core::ByteView start, core::ByteView rest) {
    return checker.digest(Hash::kSha256, std::array<core::ByteView, 2>{start, rest});
  };
  const auto short_key =
      key.size() > kBlock ? checker.digest(Hash::kSha256, key) : std::optional(core::to_bytes(key));
  if (!short_key) return std::nullopt;
  const auto inner = digest(padded(*short_key, 0x36), message);
  return inner ? digest(padded(*short_key, 0x5c), *inner) : std::nullopt;
}

}  // namespace heyan::crypto
