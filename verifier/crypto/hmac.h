// HMAC (RFC 2104, FIPS 198-1), by OpenSSL alone: for salts and secrets, where nothing is judged.
// Pure, any thread.
#pragma once

#include "verifier/core/bytes.h"

namespace heyan::crypto {

core::Bytes hmac_sha256(core::ByteView key, core::ByteView message);
// For one-time passwords (RFC 6238), whose authenticators know nothing else.
core::Bytes hmac_sha1(core::ByteView key, core::ByteView message);

}  // namespace heyan::crypto
