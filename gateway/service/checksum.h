// Digests that a client announced of one piece of an upload, and that it is told of an answer. Not
// for two threads at once.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "verifier/crypto/digest.h"

namespace heyan::service {

// "sha-256=:BASE64:" or sha-512's, of all that an answer hands out (RFC 9530).
inline std::string repr_digest(std::string_view content, bool sha512) {
  const core::Bytes digest = crypto::digest(sha512 ? crypto::Hash::kSha512 : crypto::Hash::kSha256,
                                            core::as_bytes(content));
  return std::string(sha512 ? "sha-512=:" : "sha-256=:") + core::to_base64(digest) + ":";
}

class PieceDigest {
 public:
  // `algorithm`: "sha1", "sha256" or "sha512". SHA-1 guards against accidents only, as tus asks.
  PieceDigest(std::string_view algorithm, core::Bytes expected)
      : hasher_(crypto::openssl_hasher(hash_of(algorithm))), expected_(std::move(expected)) {}

  void update(core::ByteView bytes) { hasher_->update(bytes); }
  // Of all that was given; nothing may be given afterwards.
  bool matches() {
    if (actual_.empty()) actual_ = hasher_->finish();
    return actual_ == expected_;
  }

 private:
  static crypto::Hash hash_of(std::string_view algorithm) {
    if (algorithm == "sha1") return crypto::Hash::kSha1;
    return algorithm == "sha512" ? crypto::Hash::kSha512 : crypto::Hash::kSha256;
  }

  std::unique_ptr<crypto::Hasher> hasher_;
  core::Bytes expected_;
  core::Bytes actual_;
};

}  // namespace heyan::service
