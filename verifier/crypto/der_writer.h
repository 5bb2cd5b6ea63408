// DER, written. Source: ITU-T X.690 8.1.3 and 10.1. Pure, any thread.
#pragma once

#include "verifier/core/bytes.h"

namespace heyan::crypto {

// Tag (below 31), length in its shortest form, content of less than 4 GiB.
void append_der(core::Bytes& out, std::uint8_t tag, core::ByteView content);

}  // namespace heyan::crypto
