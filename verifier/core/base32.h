// Base32, the alphabet that QR codes and people who read aloud can take. Pure, any thread.
#pragma once

#include "verifier/core/bytes.h"

namespace heyan::core {

// Base32 (RFC 4648 section 6) without padding, and its strict inverse: capitals, unused bits zero.
std::string to_base32(ByteView bytes);
std::optional<Bytes> from_base32(std::string_view text);

}  // namespace heyan::core
