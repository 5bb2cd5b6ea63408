// Bytes from the operating system's generator, by libsodium. Any thread.
#pragma once

#include "verifier/core/bytes.h"

namespace heyan::accounts {

core::Bytes random_bytes(std::size_t count);

}  // namespace heyan::accounts
