#include "tests/unit/crypto/issuer.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace heyan::crypto::test {
namespace {

void require(bool ok, const char* what) {
  if (ok) return;
  std::fprintf(stderr, "test certificate: %s\n", what);
  std::abort();
}

struct Free {
  void operator()(X509* p) const { X509_free(p); }
  void operator()(X509_CRL* p) const { X509_CRL_free(p); }
  void operator()(X509_EXTENSION* p) const { X509_EXTENSION_free(p); }
  void operator()(X509_NAME* p) const { X509_NAME_free(p); }
  void operator()(ASN1_STRING* p) const { ASN1_STRING_free(p); }  // times and integers
  void operator()(BIO* p) const { BIO_free(p); }
  void operator()(BIGNUM* p) const { BN_free(p); }
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
  void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
  void operator()(EVP_PKEY_CTX* p) const { EVP_PKEY_CTX_free(p); }
};
template <typename T>
using Ptr = std::unique_ptr<T, Free>;

Ptr<EVP_PKEY> pkey_of(const SigningKey& key) {
  const std::string pem = key.to_pem();
  const Ptr<BIO> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Ptr<EVP_PKEY> pkey(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  require(pkey != nullptr, "key");
  return pkey;
}

void add_entry(X509_NAME* name, int attribute, const std::string& text) {
  const core::Bytes bytes = core::to_bytes(text);
  require(X509_NAME_add_entry_by_NID(name, attribute, MBSTRING_UTF8, bytes.data(),
                                     static_cast<int>(bytes.size()), -1, 0) == 1,
          "name");
}

Ptr<X509_NAME> name_of(const std::string& text) {
  Ptr<X509_NAME> name(X509_NAME_new());
  add_entry(name.get(), NID_commonName, text);
  return name;
}

Ptr<X509_NAME> subject_of(const CertificateSpec& spec) {
  Ptr<X509_NAME> name = name_of(spec.subject);
  if (!spec.organisation.empty()) add_entry(name.get(), NID_organizationName, spec.organisation);
  if (!spec.unit.empty()) add_entry(name.get(), NID_organizationalUnitName, spec.unit);
  return name;
}

Ptr<ASN1_TIME> time_of(const std::string& text) {
  const auto seconds =
      std::chrono::floor<std::chrono::seconds>(at(text)).time_since_epoch().count();
  return Ptr<ASN1_TIME>(ASN1_TIME_adj(nullptr, static_cast<time_t>(seconds), 0, 0));
}

Ptr<X509_EXTENSION> extension_of(X509* x509, const std::string& name, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, x509, x509, nullptr, nullptr, 0);
  Ptr<X509_EXTENSION> extension(X509V3_EXT_conf(nullptr, &context, name.c_str(), value.c_str()));
  require(extension != nullptr, name.c_str());
  return extension;
}

Ptr<ASN1_INTEGER> serial_of(const std::string& text) {
  BIGNUM* raw = nullptr;
  require(BN_hex2bn(&raw, text.c_str()) > 0, "serial");
  const Ptr<BIGNUM> owner(raw);
  return Ptr<ASN1_INTEGER>(BN_to_ASN1_INTEGER(raw, nullptr));
}

struct Signer {
  Ptr<EVP_PKEY> pkey;
  Ptr<EVP_PKEY_CTX> key_context;
  Ptr<EVP_MD_CTX> context;
};

Signer signer_of(const SigningKey& key, const std::string& sm2_user_id) {
  Signer signer{pkey_of(key), nullptr, Ptr<EVP_MD_CTX>(EVP_MD_CTX_new())};
  const KeyAlgorithm algorithm = key.public_key().algorithm();
  const EVP_MD* md = algorithm == KeyAlgorithm::kSm2 ? EVP_sm3() : EVP_sha256();
  if (algorithm == KeyAlgorithm::kEd25519) md = nullptr;
  signer.key_context.reset(EVP_PKEY_CTX_new(signer.pkey.get(), nullptr));
  if (algorithm == KeyAlgorithm::kSm2) {
    if (!sm2_user_id.empty()) {
      require(EVP_PKEY_CTX_set1_id(signer.key_context.get(), sm2_user_id.data(),
                                   static_cast<int>(sm2_user_id.size())) == 1,
              "id");
    }
    EVP_MD_CTX_set_pkey_ctx(signer.context.get(), signer.key_context.get());
  }
  require(EVP_DigestSignInit(signer.context.get(), nullptr, md, nullptr, signer.pkey.get()) == 1,
          "signer");
  return signer;
}

}  // namespace

core::UtcTime at(std::string_view rfc3339) {
  const auto time = core::parse_rfc3339(rfc3339);
  require(time.has_value(), "time");
  return *time;
}

core::Bytes issue_der(const CertificateSpec& spec, const SigningKey& subject,
                      const SigningKey& issuer) {
  const Ptr<X509> x509(X509_new());
  X509_set_version(x509.get(), X509_VERSION_3);
  static long serial = 0x1000;  // certificates of one test program differ
  ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), ++serial);
  X509_set_subject_name(x509.get(), subject_of(spec).get());
  X509_set_issuer_name(x509.get(), name_of(spec.issuer).get());
  X509_set1_notBefore(x509.get(), time_of(spec.not_before).get());
  X509_set1_notAfter(x509.get(), time_of(spec.not_after).get());
  X509_set_pubkey(x509.get(), pkey_of(subject).get());
  for (const auto& [name, value] : spec.extensions) {
    X509_add_ext(x509.get(), extension_of(x509.get(), name, value).get(), -1);
  }
  const Signer signer = signer_of(issuer, spec.sm2_user_id);
  require(X509_sign_ctx(x509.get(), signer.context.get()) > 0, "signature");
  core::Bytes der(static_cast<std::size_t>(i2d_X509(x509.get(), nullptr)));
  unsigned char* out = der.data();
  i2d_X509(x509.get(), &out);
  return der;
}

Certificate issue(const CertificateSpec& spec, const SigningKey& subject,
                  const SigningKey& issuer) {
  auto certificate = Certificate::from_der(issue_der(spec, subject, issuer));
  require(certificate.has_value(), "does not read back");
  return *std::move(certificate);
}

Certificate issue_ca(const std::string& subject, const SigningKey& key, const std::string& issuer,
                     const SigningKey& issuer_key) {
  return issue({.subject = subject,
                .issuer = issuer,
                .extensions = {{"basicConstraints", "critical,CA:TRUE"},
                               {"keyUsage", "critical,keyCertSign,cRLSign"}}},
               key, issuer_key);
}

core::Bytes issue_list_der(const ListSpec& spec, const SigningKey& issuer) {
  const Ptr<X509_CRL> crl(X509_CRL_new());
  X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(crl.get(), name_of(spec.issuer).get());
  X509_CRL_set1_lastUpdate(crl.get(), time_of(spec.this_update).get());
  if (!spec.next_update.empty()) {
    X509_CRL_set1_nextUpdate(crl.get(), time_of(spec.next_update).get());
  }
  for (const RevokedEntry& entry : spec.entries) {
    X509_REVOKED* revoked = X509_REVOKED_new();
    X509_REVOKED_set_serialNumber(revoked, serial_of(entry.serial_hex).get());
    X509_REVOKED_set_revocationDate(revoked, time_of(entry.time).get());
    if (entry.critical_extension) {
      X509_REVOKED_add_ext(revoked, extension_of(nullptr, "1.2.3.4", "critical,ASN1:NULL").get(),
                           -1);
    }
    X509_CRL_add0_revoked(crl.get(), revoked);
  }
  if (spec.critical_extension) {
    X509_CRL_add_ext(crl.get(), extension_of(nullptr, "1.2.3.4", "critical,ASN1:NULL").get(), -1);
  }
  if (!spec.keeps_ended_since.empty()) {
    const std::string value = "ASN1:GENERALIZEDTIME:" + spec.keeps_ended_since;
    X509_CRL_add_ext(crl.get(), extension_of(nullptr, "2.5.29.60", value).get(), -1);
  }
  const Signer signer = signer_of(issuer, "1234567812345678");
  require(X509_CRL_sign_ctx(crl.get(), signer.context.get()) > 0, "list signature");
  core::Bytes der(static_cast<std::size_t>(i2d_X509_CRL(crl.get(), nullptr)));
  unsigned char* out = der.data();
  i2d_X509_CRL(crl.get(), &out);
  return der;
}

}  // namespace heyan::crypto::test
