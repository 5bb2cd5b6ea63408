// The key that an ECDSA signature on secp256k1 belongs to, computed from the signature (SEC 1
// 4.1.6): what chains do that carry no keys. Pure, any thread.
//
// Botan alone proposes the key. That is enough: a proposed key says nothing until SignatureChecker
// has found the signature valid under it, and until it is compared with whom it should belong to.
#pragma once

#include <optional>

#include "verifier/core/bytes.h"

namespace heyan::crypto {

// The key's point, 04 || X || Y. `digest`: 32 bytes; `rs`: r || s, 64 bytes; `recovery_id`: 0 to 3.
// Nothing where no such key is. As costly as verifying; SignatureChecker::recover asks once.
std::optional<core::Bytes> recover_secp256k1(core::ByteView digest, core::ByteView rs,
                                             unsigned recovery_id);

}  // namespace heyan::crypto
