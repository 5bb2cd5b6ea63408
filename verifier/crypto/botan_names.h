// Botan's names of the digests. For the .cc files of this folder only.
#pragma once

#include "verifier/crypto/digest.h"

namespace heyan::crypto {

const char* botan_name(Hash hash);

}  // namespace heyan::crypto
