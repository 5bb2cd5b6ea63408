// Keccak-256 by Nettle, beside Botan's; not in digest.h, so that a program that needs no Keccak
// needs no Nettle.
#pragma once

#include <memory>

#include "verifier/crypto/digest.h"

namespace heyan::crypto {

std::unique_ptr<Hasher> nettle_keccak_256();

}  // namespace heyan::crypto
