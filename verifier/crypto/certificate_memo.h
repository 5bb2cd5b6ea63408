// Certificates that one judgement has read, by the digest of their text or bytes: apart, since PEM
// is no DER and the other way round. And what the rules of paths say of those that it met, whatever
// the time. Inside verifier/crypto.
#pragma once

#include <cstddef>
#include <map>

#include "verifier/crypto/certificate.h"

namespace heyan::crypto {

struct SignatureChecker::Certificates {
  // A submission names few signers; past this many distinct ones, reading goes on without memory.
  static constexpr std::size_t kMost = 4096;
  using ByDigest = std::map<core::Bytes, Certificate>;
  ByDigest of_pem;
  ByDigest of_der;
  std::map<core::Bytes, ChainFault> of_path;  // by the digests of its certificates, leaf first
};

// Certificate::from_der for one judgement, as Certificate::from_pem_once.
core::Result<Certificate> read_der_once(core::ByteView der, SignatureChecker& checker,
                                        const core::Limits& limits = {});

}  // namespace heyan::crypto
