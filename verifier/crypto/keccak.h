// Keccak-256 by Nettle. For the .cc files of this folder only.
#pragma once

#include <memory>

#include "verifier/crypto/digest.h"

namespace heyan::crypto {

std::unique_ptr<Hasher> nettle_keccak_256();

}  // namespace heyan::crypto
