// HMAC-SHA-256 (RFC 2104, FIPS 198-1), by OpenSSL alone: for salts, where nothing is judged. Pure,
// any thread.
#pragma once

#include "verifier/core/bytes.h"

namespace heyan::crypto {

core::Bytes hmac_sha256(core::ByteView key, core::ByteView message);

}  // namespace heyan::crypto
