// The path rules of RFC 5280 section 6 by OpenSSL, for one given path. For the .cc files of this
// folder only.
#pragma once

#include <span>

#include "verifier/crypto/certificate.h"

namespace heyan::crypto {

// `path`: leaf first, anchor last, not empty; its signatures are already confirmed. kNone where
// OpenSSL accepts exactly this path, and it is valid at that time. Each path is looked at once in a
// judgement.
ChainFault check_path_rules(std::span<const Certificate> path, core::UtcTime at,
                            SignatureChecker& checker);

}  // namespace heyan::crypto
