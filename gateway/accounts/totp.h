// One-time passwords that follow from the time (RFC 6238: HMAC-SHA-1, six digits, 30 seconds), as
// every authenticator computes them.
//
// Threat: a code that was seen on its way must not serve again, so whoever takes one keeps its step
// and takes no earlier one. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "verifier/core/bytes.h"

namespace heyan::accounts {

inline constexpr std::size_t kSecretBytes = 20;  // RFC 4226 section 4, R6

// "287082", of the step that holds that time.
std::string totp(core::ByteView secret, std::int64_t unix_seconds);

// The step of a right code: this one, the one before or the next, and later than `after`. Looks at
// all three whatever it finds.
std::optional<std::int64_t> right_step(core::ByteView secret, std::string_view code,
                                       std::int64_t unix_seconds, std::int64_t after);

// "otpauth://totp/Heyan:ACCOUNT?secret=…&issuer=Heyan", as authenticators read it from a picture.
std::string totp_uri(core::ByteView secret, std::string_view account);

}  // namespace heyan::accounts
