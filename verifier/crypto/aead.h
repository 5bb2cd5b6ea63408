// Authenticated encryption: AES-256-GCM (NIST SP 800-38D), by OpenSSL alone, for what is kept
// secret, where nothing is judged. Pure, any thread.
#pragma once

#include <optional>

#include "verifier/core/bytes.h"

namespace heyan::crypto {

inline constexpr std::size_t kAeadKeyBytes = 32;
inline constexpr std::size_t kAeadNonceBytes = 12;
inline constexpr std::size_t kAeadTagBytes = 16;

// Ciphertext and tag. Never two messages under one key and nonce. `beside` is authenticated, and
// not in what comes out. Sizes of key and nonce are the caller's invariant.
core::Bytes seal_aes256_gcm(core::ByteView key, core::ByteView nonce, core::ByteView beside,
                            core::ByteView message);

// Nothing unless it is what was sealed with just these.
std::optional<core::Bytes> open_aes256_gcm(core::ByteView key, core::ByteView nonce,
                                           core::ByteView beside, core::ByteView sealed);

}  // namespace heyan::crypto
