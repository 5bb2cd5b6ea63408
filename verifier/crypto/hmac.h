// HMAC (RFC 2104, FIPS 198-1), by OpenSSL alone: for salts and secrets, where nothing is judged;
// and by both libraries, for what a verdict hangs on. Pure, any thread.
#pragma once

#include <optional>

#include "verifier/core/bytes.h"
#include "verifier/crypto/signature.h"

namespace heyan::crypto {

core::Bytes hmac_sha256(core::ByteView key, core::ByteView message);
// For secrets that are kept by the Chinese algorithms.
core::Bytes hmac_sm3(core::ByteView key, core::ByteView message);
// For one-time passwords (RFC 6238), whose authenticators know nothing else.
core::Bytes hmac_sha1(core::ByteView key, core::ByteView message);

// By both. Nothing where they disagree; the checker says so.
std::optional<core::Bytes> hmac_sha256(core::ByteView key, core::ByteView message,
                                       SignatureChecker& checker);

}  // namespace heyan::crypto
