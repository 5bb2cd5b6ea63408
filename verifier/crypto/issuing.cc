#include "verifier/crypto/issuing.h"

#include <openssl/x509v3.h>

#include <algorithm>

#include "verifier/crypto/x509_building.h"

namespace heyan::crypto {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;

// Nothing that means something in OpenSSL's configuration.
bool is_plain(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
  });
}

Result<std::string> alternative_names(const CertificateRequest& request) {
  std::string all;
  const auto add = [&all](std::string_view kind, const std::string& name) {
    if (!is_plain(name)) return false;
    all += (all.empty() ? "" : ",") + std::string(kind) + ":" + name;
    return true;
  };
  for (const std::string& name : request.dns_names) {
    if (!add("DNS", name)) return fail(ErrorCode::kMalformed, "this is no name of a server");
  }
  for (const std::string& address : request.addresses) {
    if (!add("IP", address)) return fail(ErrorCode::kMalformed, "this is no numeric address");
  }
  if (all.empty()) return fail(ErrorCode::kMalformed, "a server has a name");
  return all;
}

bool extend_authority(X509* x509, X509* issuer) {
  return add_extension(x509, issuer, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
         add_extension(x509, issuer, NID_key_usage, "critical,keyCertSign,cRLSign") &&
         add_extension(x509, issuer, NID_subject_key_identifier, "hash");
}

bool extend_leaf(X509* x509, X509* issuer, const char* purpose) {
  return add_extension(x509, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
         add_extension(x509, issuer, NID_key_usage, "critical,digitalSignature") &&
         add_extension(x509, issuer, NID_ext_key_usage, purpose) &&
         add_extension(x509, issuer, NID_subject_key_identifier, "hash") &&
         add_extension(x509, issuer, NID_authority_key_identifier, "keyid:always");
}

Result<bool> extend(X509* x509, X509* issuer, const CertificateRequest& request) {
  switch (request.use) {
    case CertificateUse::kAuthority:
      return extend_authority(x509, issuer);
    case CertificateUse::kServer: {
      HEYAN_TRY(const std::string names, alternative_names(request));
      return extend_leaf(x509, issuer, "serverAuth") &&
             add_extension(x509, issuer, NID_subject_alt_name, names.c_str());
    }
    case CertificateUse::kClient:
      return extend_leaf(x509, issuer, "clientAuth");
  }
  return false;
}

}  // namespace

Result<Certificate> issue_certificate(const CertificateRequest& request, const PublicKey& subject,
                                      const SigningKey& issuer, const Certificate* authority) {
  const ErrorQueueGuard guard;
  const PublicKey& expected = authority != nullptr ? authority->key() : subject;
  if (!(expected == issuer.public_key())) {
    return fail(ErrorCode::kMalformed, "this key is not the issuer's");
  }
  const X509Ptr x509(X509_new());
  if (!issuer.handle().pkey) {
    return fail(ErrorCode::kUnsupported, "the issuer's key is kept elsewhere");
  }
  const KeyPtr key = openssl_public_key(subject);
  X509Ptr above;
  if (authority != nullptr) {
    const unsigned char* at = authority->der().data();
    above.reset(d2i_X509(nullptr, &at, static_cast<long>(authority->der().size())));
  }
  X509* const from = authority != nullptr ? above.get() : x509.get();
  if (!x509 || !key || from == nullptr ||
      !fill_x509(x509.get(), key.get(), request.common_name, request.not_before,
                 request.not_after) ||
      X509_set_issuer_name(x509.get(), X509_get_subject_name(from)) != 1) {
    return fail(ErrorCode::kInternal, "certificate could not be made");
  }
  HEYAN_TRY(const bool extended, extend(x509.get(), from, request));
  if (!extended ||
      !sign_x509(x509.get(), issuer.handle().pkey.get(), issuer.public_key().algorithm())) {
    return fail(ErrorCode::kInternal, "certificate could not be made");
  }
  return finish_x509(x509.get());
}

}  // namespace heyan::crypto
