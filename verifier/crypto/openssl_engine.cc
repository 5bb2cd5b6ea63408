#include <openssl/core_names.h>
#include <openssl/params.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "verifier/crypto/curve.h"
#include "verifier/crypto/gate.h"
#include "verifier/crypto/handles.h"
#include "verifier/crypto/openssl.h"
#include "verifier/crypto/sm2_z.h"

namespace heyan::crypto {
namespace {

using core::Bytes;
using core::ByteView;

// From the numbers, not from the DER: OpenSSL 3.0 builds a chain of decoders for each key that it
// reads, which costs more than a verification.
KeyPtr key_from(const char* type, OSSL_PARAM* parameters) {
  const KeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* pkey = nullptr;
  if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &pkey, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
    return nullptr;
  }
  return KeyPtr(pkey);
}

KeyPtr curve_key(const Curve& curve, Bytes point) {
  const bool sm2 = curve.algorithm == KeyAlgorithm::kSm2;
  std::string group = curve.openssl_group;
  std::array parameters = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size()),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      OSSL_PARAM_construct_end()};
  return key_from(sm2 ? "SM2" : "EC", parameters.data());
}

// OSSL_PARAM holds integers in the machine's own order of bytes.
OSSL_PARAM native_integer(const char* name, Bytes& big_endian) {
  if constexpr (std::endian::native == std::endian::little) std::ranges::reverse(big_endian);
  return OSSL_PARAM_construct_BN(name, big_endian.data(), big_endian.size());
}

KeyPtr rsa_key(RsaNumbers rsa) {
  std::array parameters = {native_integer(OSSL_PKEY_PARAM_RSA_N, rsa.modulus),
                           native_integer(OSSL_PKEY_PARAM_RSA_E, rsa.exponent),
                           OSSL_PARAM_construct_end()};
  return key_from("RSA", parameters.data());
}

KeyPtr make_key(const PublicKey::Handles& handles) {
  if (handles.algorithm == KeyAlgorithm::kRsa) return rsa_key(handles.rsa);
  if (handles.algorithm == KeyAlgorithm::kEd25519) {
    return KeyPtr(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, handles.point.data(),
                                              handles.point.size()));
  }
  const Curve* curve = curve_of(handles.algorithm);
  return curve == nullptr ? nullptr : curve_key(*curve, handles.point);
}

KeyContextPtr verify_context(EVP_PKEY* pkey) {
  KeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, pkey, nullptr));
  if (!context || EVP_PKEY_verify_init(context.get()) != 1) return nullptr;
  return context;
}

// The digest is given, not the message: the digest is computed once, by code that both paths share.
bool verify_digest(EVP_PKEY* pkey, ByteView digest, ByteView rs) {
  const KeyContextPtr context = verify_context(pkey);
  const Bytes der = to_der_signature(rs);
  return context &&
         EVP_PKEY_verify(context.get(), der.data(), der.size(), digest.data(), digest.size()) == 1;
}

bool verify_rsa(EVP_PKEY* pkey, const Scheme& scheme, ByteView message, ByteView signature) {
  const KeyContextPtr context = verify_context(pkey);
  if (!context) return false;
  const bool pss = scheme.kind == SignatureKind::kRsaPss;
  EVP_PKEY_CTX* raw = context.get();
  const EVP_MD* md = openssl_md(scheme.hash);
  bool ready =
      EVP_PKEY_CTX_set_rsa_padding(raw, pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING) == 1 &&
      EVP_PKEY_CTX_set_signature_md(raw, md) == 1;
  if (pss) {
    ready = ready && EVP_PKEY_CTX_set_rsa_mgf1_md(raw, md) == 1 &&
            EVP_PKEY_CTX_set_rsa_pss_saltlen(raw, RSA_PSS_SALTLEN_DIGEST) == 1;
  }
  const Bytes hashed = digest(scheme.hash, message);
  return ready && EVP_PKEY_verify(raw, signature.data(), signature.size(), hashed.data(),
                                  hashed.size()) == 1;
}

bool verify_ed25519(EVP_PKEY* pkey, ByteView message, ByteView signature) {
  const MdContextPtr context(EVP_MD_CTX_new());
  return context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, pkey) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                          message.size()) == 1;
}

}  // namespace

std::shared_ptr<const OpensslKey> openssl_key(const PublicKey::Handles& handles) {
  const ErrorQueueGuard guard;
  KeyPtr pkey = make_key(handles);
  if (!pkey) return nullptr;
  return std::make_shared<const OpensslKey>(OpensslKey{std::move(pkey)});
}

bool openssl_verify(const PublicKey::Handles& key, const Scheme& scheme, ByteView message,
                    ByteView signature) {
  const ErrorQueueGuard guard;
  EVP_PKEY* pkey = key.openssl->pkey.get();
  switch (scheme.kind) {
    case SignatureKind::kEcdsa:
      return verify_digest(pkey, digest(scheme.hash, message), signature);
    case SignatureKind::kRsaPkcs1:
    case SignatureKind::kRsaPss:
      return verify_rsa(pkey, scheme, message, signature);
    case SignatureKind::kEd25519:
      return verify_ed25519(pkey, message, signature);
    case SignatureKind::kSm2:
      return verify_digest(pkey, sm2_e(scheme.hash, scheme.sm2_user_id, key.point, message),
                           signature);
    case SignatureKind::kEcdsaRaw:
    case SignatureKind::kSm2Raw:
      return verify_digest(pkey, message, signature);
  }
  return false;
}

}  // namespace heyan::crypto
