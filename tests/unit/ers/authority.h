// A time-stamp authority with a clock of the test's: a CA, a certificate under it that ends when
// the test says, and tokens of any time.
#pragma once

#include <openssl/ts.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

#include "verifier/core/time.h"
#include "verifier/timestamps/authorities.h"

namespace heyan::ers::testing {

core::UtcTime at(const std::string& rfc3339);

class TestAuthority {
 public:
  TestAuthority(const std::string& name, const std::string& from, const std::string& until);

  // Accuracy zero: none is stated.
  core::Bytes stamp(crypto::Hash hash, core::ByteView digest, const std::string& time,
                    unsigned accuracy_seconds = 0) const;
  // As the trust list has it, with `revoked_at` (empty: not) for a reason of RFC 5280 5.3.1.
  timestamps::Authority listed(const std::string& revoked_at = {}, int reason = 1) const;

 private:
  template <auto Free>
  struct Deleter {
    template <typename T>
    void operator()(T* pointer) const {
      Free(pointer);
    }
  };
  using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
  using Cert = std::unique_ptr<X509, Deleter<X509_free>>;

  Cert issue(const std::string& name, EVP_PKEY* key, const std::string& from,
             const std::string& until, bool is_ca) const;

  std::string name_;
  Key ca_key_;
  Cert ca_;
  Key key_;
  Cert certificate_;
};

}  // namespace heyan::ers::testing
