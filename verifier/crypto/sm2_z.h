// The value Z that SM2 hashes before the message (GB/T 32918.2 5.5). Pure, any thread.
#pragma once

#include <string_view>

#include "verifier/core/bytes.h"
#include "verifier/crypto/digest.h"

namespace heyan::crypto {

// H(ENTL || id || a || b || xG || yG || xA || yA). `point` is 04 || xA || yA; the id has at most
// 8191 bytes.
core::Bytes sm2_z(Hash hash, std::string_view user_id, core::ByteView point);

// e = H(Z || message) by OpenSSL; the other library computes its own.
core::Bytes sm2_e(Hash hash, std::string_view user_id, core::ByteView point,
                  core::ByteView message);

}  // namespace heyan::crypto
