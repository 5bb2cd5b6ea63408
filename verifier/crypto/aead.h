// Authenticated encryption, by one library each, for what is kept secret, where nothing is judged:
// AES-256-GCM (NIST SP 800-38D) by OpenSSL, and SM4-GCM (RFC 8998, GB/T 32907) by libgcrypt, since
// OpenSSL 3.0 has none. Pure, any thread.
#pragma once

#include <optional>

#include "verifier/core/bytes.h"

namespace heyan::crypto {

enum class Aead : std::uint8_t { kAes256Gcm, kSm4Gcm };

inline constexpr std::size_t kAeadNonceBytes = 12;
inline constexpr std::size_t kAeadTagBytes = 16;

constexpr std::size_t key_bytes(Aead aead) { return aead == Aead::kSm4Gcm ? 16 : 32; }

// Whether its library gives it here: a libgcrypt in FIPS mode has no SM4. Asked for SM4-GCM the
// first time, libgcrypt reads its settings (/etc/gcrypt), so ask before a sandbox is entered.
bool is_there(Aead aead);

// Ciphertext and tag. Never two messages under one key and nonce. `beside` is authenticated, and
// not in what comes out. That it is there, and sizes of key and nonce, are the caller's invariant.
core::Bytes seal_with(Aead aead, core::ByteView key, core::ByteView nonce, core::ByteView beside,
                      core::ByteView message);

// Nothing unless it is what was sealed with just these.
std::optional<core::Bytes> open_with(Aead aead, core::ByteView key, core::ByteView nonce,
                                     core::ByteView beside, core::ByteView sealed);

}  // namespace heyan::crypto
