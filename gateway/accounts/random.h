// Bytes from the operating system's generator, by libsodium, and what is made of them. Any thread.
#pragma once

#include "verifier/core/bytes.h"

namespace heyan::accounts {

core::Bytes random_bytes(std::size_t count);
// "S256" of a code verifier (RFC 7636 section 4.2).
std::string pkce_challenge(std::string_view verifier);

}  // namespace heyan::accounts
