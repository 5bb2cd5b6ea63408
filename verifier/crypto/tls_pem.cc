#include "verifier/crypto/tls_pem.h"

#include <openssl/pem.h>

#include <limits>

#include "verifier/crypto/openssl.h"

namespace heyan::crypto {
namespace {

using core::ErrorCode;
using core::fail;

using BioPtr = std::unique_ptr<BIO, OpensslFree<BIO_free_all>>;

// What servers of TLS ask for at least (level 2 of OpenSSL): RSA of 2048 bits, curves of 224.
constexpr int kLeastBits = 112;

BioPtr reader(std::string_view text) {
  if (text.size() > std::numeric_limits<int>::max()) return nullptr;
  return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// An encrypted key is refused; OpenSSL would ask for the password on the terminal.
int no_password(char*, int, int, void*) { return -1; }

// The first of one or more.
core::Result<X509Ptr> read_certificates(std::string_view pem) {
  const BioPtr bio = reader(pem);
  X509Ptr first;
  ERR_clear_error();
  while (bio != nullptr) {
    X509Ptr next(PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr));
    if (next == nullptr) break;
    if (first == nullptr) first = std::move(next);
  }
  if (first == nullptr || ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE) {
    return fail(ErrorCode::kMalformed, "a text with certificates in PEM is expected");
  }
  return first;
}

}  // namespace

core::Result<void> check_tls_certificates(std::string_view pem) {
  const ErrorQueueGuard guard;
  HEYAN_CHECK_OK(read_certificates(pem));
  return {};
}

core::Result<void> check_tls_identity(std::string_view chain, std::string_view private_key) {
  const ErrorQueueGuard guard;
  HEYAN_TRY(const X509Ptr certificate, read_certificates(chain));
  const BioPtr bio = reader(private_key);
  const KeyPtr key(
      bio == nullptr ? nullptr : PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
  if (key == nullptr) {
    return fail(ErrorCode::kMalformed, "an unencrypted private key in PEM is expected");
  }
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return fail(ErrorCode::kMalformed, "certificate and private key do not fit");
  }
  if (EVP_PKEY_get_security_bits(key.get()) < kLeastBits) {
    return fail(ErrorCode::kMalformed, "the key is too weak for TLS");
  }
  return {};
}

}  // namespace heyan::crypto
