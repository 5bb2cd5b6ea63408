// Certificates that one judgement has read, by the digest of their PEM text. Inside
// verifier/crypto.
#pragma once

#include <cstddef>
#include <map>

#include "verifier/crypto/certificate.h"

namespace heyan::crypto {

struct SignatureChecker::Certificates {
  // A submission names few signers; past this many distinct ones, reading goes on without memory.
  static constexpr std::size_t kMost = 4096;
  std::map<core::Bytes, Certificate> by_digest;
};

}  // namespace heyan::crypto
