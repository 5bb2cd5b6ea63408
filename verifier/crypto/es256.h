// ES256 signatures of a key of our own, verified by OpenSSL alone: for a process that reads back
// what this installation signed and links no other library. Nothing about evidence is decided by
// it: that goes through SignatureChecker, by two libraries. Before it stands the same strict gate.
// Source: RFC 7518 3.4. Values, cheap to copy; any thread.
#pragma once

#include <memory>

#include "verifier/crypto/key.h"

namespace heyan::crypto {

class Es256Verifier {
 public:
  // 04 || X || Y on P-256. kMalformed.
  static core::Result<Es256Verifier> from_point(core::ByteView point);

  // `signature`: r || s.
  bool verify(core::ByteView message, core::ByteView signature) const;

 private:
  explicit Es256Verifier(std::shared_ptr<const PublicKey::Handles> key) : key_(std::move(key)) {}
  std::shared_ptr<const PublicKey::Handles> key_;  // without that of the other library
};

}  // namespace heyan::crypto
