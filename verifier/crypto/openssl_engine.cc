#include <openssl/rsa.h>

#include "verifier/crypto/gate.h"
#include "verifier/crypto/handles.h"
#include "verifier/crypto/openssl.h"
#include "verifier/crypto/sm2_z.h"

namespace heyan::crypto {
namespace {

using core::Bytes;
using core::ByteView;

bool has_type(EVP_PKEY* pkey, KeyAlgorithm algorithm) {
  switch (algorithm) {
    case KeyAlgorithm::kRsa:
      return EVP_PKEY_is_a(pkey, "RSA") == 1;
    case KeyAlgorithm::kEd25519:
      return EVP_PKEY_is_a(pkey, "ED25519") == 1;
    case KeyAlgorithm::kSm2:
      return EVP_PKEY_is_a(pkey, "SM2") == 1;
    case KeyAlgorithm::kEcdsaP256:
    case KeyAlgorithm::kEcdsaP384:
    case KeyAlgorithm::kSecp256k1:
      return EVP_PKEY_is_a(pkey, "EC") == 1;
  }
  return false;
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

std::shared_ptr<const OpensslKey> openssl_key(ByteView spki, KeyAlgorithm algorithm) {
  const ErrorQueueGuard guard;
  const unsigned char* at = spki.data();
  KeyPtr pkey(d2i_PUBKEY(nullptr, &at, static_cast<long>(spki.size())));
  if (!pkey || at != spki.data() + spki.size() || !has_type(pkey.get(), algorithm)) return nullptr;
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
    case SignatureKind::kSm2Raw:
      return verify_digest(pkey, message, signature);
  }
  return false;
}

}  // namespace heyan::crypto
