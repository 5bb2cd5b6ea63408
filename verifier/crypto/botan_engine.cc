#include <botan/ecdsa.h>
#include <botan/hash.h>
#include <botan/pubkey.h>
#include <botan/rsa.h>
#include <botan/sm2.h>

#include <string>

#include "verifier/crypto/botan_names.h"
#include "verifier/crypto/curve.h"
#include "verifier/crypto/handles.h"

namespace heyan::crypto {

// Public only; Botan's verifiers copy what they need, so one key serves any number of threads.
struct BotanKey {
  std::unique_ptr<const Botan::Public_Key> key;
};

namespace {

using core::ByteView;

std::unique_ptr<Botan::Public_Key> make_key(const PublicKey::Handles& handles) {
  if (handles.algorithm == KeyAlgorithm::kRsa) {
    const Botan::BigInt modulus(handles.rsa.modulus.data(), handles.rsa.modulus.size());
    const Botan::BigInt exponent(handles.rsa.exponent.data(), handles.rsa.exponent.size());
    return std::make_unique<Botan::RSA_PublicKey>(modulus, exponent);
  }
  const Curve* curve = curve_of(handles.algorithm);
  if (curve == nullptr) return nullptr;
  const Botan::EC_Group group(curve->botan_group);
  const Botan::PointGFp point = group.OS2ECP(handles.point.data(), handles.point.size());
  // Botan's own loader makes an ECDSA key of an SM2 certificate; from the point it is what it is.
  if (handles.algorithm == KeyAlgorithm::kSm2) {
    return std::make_unique<Botan::SM2_PublicKey>(group, point);
  }
  return std::make_unique<Botan::ECDSA_PublicKey>(group, point);
}

bool check(const Botan::Public_Key& key, const std::string& padding, ByteView message,
           ByteView signature) {
  Botan::PK_Verifier verifier(key, padding);
  return verifier.verify_message(message.data(), message.size(), signature.data(),
                                 signature.size());
}

// The user id goes through Botan's function, not through its padding string, where a comma would
// cut it.
bool check_sm2(const Botan::SM2_PublicKey& key, const Scheme& scheme, ByteView message,
               ByteView signature) {
  const auto hash = Botan::HashFunction::create_or_throw(botan_name(scheme.hash));
  const auto z = Botan::sm2_compute_za(*hash, scheme.sm2_user_id, key.domain(), key.public_point());
  hash->update(z);
  hash->update(message.data(), message.size());
  const auto e = hash->final_stdvec();
  return check(key, ",Raw", e, signature);
}

bool dispatch(const Botan::Public_Key& key, const Scheme& scheme, ByteView message,
              ByteView signature) {
  const std::string hash = botan_name(scheme.hash);
  switch (scheme.kind) {
    case SignatureKind::kEcdsa:
      return check(key, "EMSA1(" + hash + ")", message, signature);
    case SignatureKind::kEcdsaRaw:
      return check(key, "Raw", message, signature);
    case SignatureKind::kRsaPkcs1:
      return check(key, "EMSA3(" + hash + ")", message, signature);
    case SignatureKind::kRsaPss:
      return check(key,
                   "EMSA4(" + hash + ",MGF1," + std::to_string(digest_bytes(scheme.hash)) + ")",
                   message, signature);
    case SignatureKind::kSm2: {
      const auto* sm2 = dynamic_cast<const Botan::SM2_PublicKey*>(&key);
      return sm2 != nullptr && check_sm2(*sm2, scheme, message, signature);
    }
    case SignatureKind::kSm2Raw:
      return check(key, ",Raw", message, signature);
    case SignatureKind::kEd25519:
      return false;  // OpenSSL is the second library there
  }
  return false;
}

}  // namespace

std::shared_ptr<const BotanKey> botan_key(const PublicKey::Handles& handles) {
  try {
    auto key = make_key(handles);
    if (!key) return nullptr;
    return std::make_shared<const BotanKey>(BotanKey{std::move(key)});
  } catch (const Botan::Exception&) {
    return nullptr;
  }
}

bool botan_verify(const PublicKey::Handles& key, const Scheme& scheme, ByteView message,
                  ByteView signature) {
  if (!key.botan) return false;
  try {
    return dispatch(*key.botan->key, scheme, message, signature);
  } catch (const Botan::Exception&) {
    return false;
  }
}

}  // namespace heyan::crypto
