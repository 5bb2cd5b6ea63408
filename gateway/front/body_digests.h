// What a request says of its body's digest, held against the bytes as they are received.
//
// Content-Digest is of the body, whatever it holds. Repr-Digest is of a whole representation: of a
// body that is one it says the same; what it says with PATCH is of what the change results in, and
// the handler's to compare. Of the algorithms, sha-256 and sha-512 are compared, all that are
// there; others are left alone (RFC 9530 sections 2, 3 and 5). Not for two threads at once.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <vector>

#include "gateway/http/gate.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::front {

class BodyDigests {
 public:
  // Of another request. What is wrong with its fields is said by check().
  void begin(const http::RequestHead& head);
  // Before the first byte is read: kMalformed where a field does not read.
  core::Result<void> check() const { return state_; }
  void update(core::ByteView bytes);
  // At the end of the body, as often as it is asked: kMalformed where it is another one.
  core::Result<void> finish();

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  struct Announced {
    std::unique_ptr<EVP_MD_CTX, Free> context;
    core::Bytes expected;
    core::Error differs;
  };
  void take(const http::RequestHead& head, std::string_view field, const core::Error& unreadable,
            const core::Error& differs);
  void announce(const EVP_MD* algorithm, core::Bytes expected, const core::Error& differs);

  std::vector<Announced> announced_;
  core::Result<void> state_;
};

}  // namespace heyan::front
