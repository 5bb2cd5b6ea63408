// RIPEMD-160 (ISO/IEC 10118-3), which proofs of time may have on their way and evidence never has.
//
// Pure, any thread.
#pragma once

#include <optional>

#include "verifier/core/bytes.h"

namespace heyan::crypto {

// 20 bytes, by OpenSSL and by Botan; nothing where they disagree.
std::optional<core::Bytes> ripemd_160(core::ByteView bytes);

}  // namespace heyan::crypto
