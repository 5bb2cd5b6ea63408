// SM4-GCM by libgcrypt, as aead.h offers it. Any thread.
#pragma once

#include <optional>

#include "verifier/core/bytes.h"

namespace heyan::crypto {

bool sm4_gcm_is_there();

core::Bytes seal_sm4_gcm(core::ByteView key, core::ByteView nonce, core::ByteView beside,
                         core::ByteView message);

std::optional<core::Bytes> open_sm4_gcm(core::ByteView key, core::ByteView nonce,
                                        core::ByteView beside, core::ByteView sealed);

}  // namespace heyan::crypto
