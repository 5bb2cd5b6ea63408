// Owners of OpenSSL's objects. For the .cc files of this folder only.
#pragma once

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

#include "verifier/core/bytes.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/key.h"

namespace heyan::crypto {

template <auto Free>
struct OpensslFree {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};

// Functions, not lambdas: clang without optimisation drops what a lambda in a template argument
// needs.
inline void free_memory(void* memory) { OPENSSL_free(memory); }
inline void free_stack(STACK_OF(X509) * stack) { sk_X509_free(stack); }  // not what is in it

using OpensslMemory = std::unique_ptr<unsigned char, OpensslFree<free_memory>>;
using BignumPtr = std::unique_ptr<BIGNUM, OpensslFree<BN_free>>;
using CrlPtr = std::unique_ptr<X509_CRL, OpensslFree<X509_CRL_free>>;
using KeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, OpensslFree<EVP_PKEY_CTX_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, OpensslFree<EVP_PKEY_free>>;
using MdContextPtr = std::unique_ptr<EVP_MD_CTX, OpensslFree<EVP_MD_CTX_free>>;
using X509Ptr = std::unique_ptr<X509, OpensslFree<X509_free>>;

// OpenSSL keeps the errors of a thread in a queue; what a hostile input left there must not reach
// the next caller.
struct ErrorQueueGuard {
  ErrorQueueGuard() = default;
  ErrorQueueGuard(const ErrorQueueGuard&) = delete;
  ErrorQueueGuard& operator=(const ErrorQueueGuard&) = delete;
  ~ErrorQueueGuard() { ERR_clear_error(); }
};

// The key as OpenSSL holds it. The EVP_PKEY is only read after it was made; OpenSSL locks its own
// caches.
struct OpensslKey {
  KeyPtr pkey;
};

const EVP_MD* openssl_md(Hash hash);

}  // namespace heyan::crypto
