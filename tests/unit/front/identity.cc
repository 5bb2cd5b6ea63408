#include "tests/unit/front/identity.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdlib>
#include <functional>

namespace heyan::front {
namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

std::string written(const std::function<int(BIO*)>& write) {
  BIO* const bio = BIO_new(BIO_s_mem());
  require(write(bio) == 1);
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string text(data, static_cast<std::size_t>(size));
  BIO_free(bio);
  return text;
}

template <typename T>
T* read(const std::string& pem, T* (*reader)(BIO*, T**, pem_password_cb*, void*)) {
  BIO* const bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  T* const value = reader(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  require(value != nullptr);
  return value;
}

}  // namespace

Identity make_identity(const std::string& name, const Identity* issuer, bool expired) {
  static long serial = 1;
  EVP_PKEY* const key = EVP_EC_gen("P-256");
  X509* const certificate = X509_new();
  require(key != nullptr && certificate != nullptr);
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -7200);
  X509_gmtime_adj(X509_getm_notAfter(certificate), expired ? -3600 : 3600);
  X509_set_pubkey(certificate, key);
  X509_NAME* const subject = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_EXTENSION* const basic =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, "critical,CA:TRUE");
  X509_add_ext(certificate, basic, -1);
  X509_EXTENSION_free(basic);
  if (issuer == nullptr) {
    X509_set_issuer_name(certificate, subject);
    require(X509_sign(certificate, key, EVP_sha256()) > 0);
  } else {
    X509* const parent = read<X509>(issuer->certificate, PEM_read_bio_X509);
    EVP_PKEY* const parent_key = read<EVP_PKEY>(issuer->key, PEM_read_bio_PrivateKey);
    X509_set_issuer_name(certificate, X509_get_subject_name(parent));
    require(X509_sign(certificate, parent_key, EVP_sha256()) > 0);
    X509_free(parent);
    EVP_PKEY_free(parent_key);
  }
  Identity identity;
  identity.certificate = written([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
  identity.key = written([&](BIO* bio) {
    return PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  });
  unsigned char* spki = nullptr;
  const int length = i2d_PUBKEY(key, &spki);
  require(length > 0 &&
          EVP_Digest(spki, static_cast<std::size_t>(length), identity.spki_sha256.data(), nullptr,
                     EVP_sha256(), nullptr) == 1);
  OPENSSL_free(spki);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return identity;
}

}  // namespace heyan::front
