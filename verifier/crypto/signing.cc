#include "verifier/crypto/signing.h"

#include <openssl/pem.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "verifier/crypto/curve.h"
#include "verifier/crypto/gate.h"
#include "verifier/crypto/openssl.h"
#include "verifier/crypto/pem.h"
#include "verifier/crypto/sm2_z.h"
#include "verifier/crypto/x509_building.h"

namespace heyan::crypto {

namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::string_view kPemLabel = "PRIVATE KEY";

// A private key leaves memory with the buffer that held it.
using Pkcs8Ptr = std::unique_ptr<PKCS8_PRIV_KEY_INFO, OpensslFree<PKCS8_PRIV_KEY_INFO_free>>;

Result<PublicKey> public_part(EVP_PKEY* pkey) {
  unsigned char* out = nullptr;
  const int size = i2d_PUBKEY(pkey, &out);
  const OpensslMemory owner(out);
  if (size <= 0) return fail(ErrorCode::kInternal, "key without a public part");
  return PublicKey::from_spki(ByteView(out, static_cast<std::size_t>(size)));
}

KeyPtr generate_pkey(KeyAlgorithm algorithm) {
  switch (algorithm) {
    case KeyAlgorithm::kEcdsaP256: {
      char curve[] = "P-256";  // OpenSSL reads it as char*
      return KeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve));
    }
    case KeyAlgorithm::kSm2:
      return KeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"));
    case KeyAlgorithm::kEd25519:
      return KeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    default:
      return nullptr;
  }
}

Result<Bytes> sign_digest(EVP_PKEY* pkey, ByteView digest) {
  const KeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, pkey, nullptr));
  std::size_t size = static_cast<std::size_t>(std::max(EVP_PKEY_get_size(pkey), 0));
  Bytes signature(size);
  if (!context || EVP_PKEY_sign_init(context.get()) != 1 ||
      EVP_PKEY_sign(context.get(), signature.data(), &size, digest.data(), digest.size()) != 1) {
    return fail(ErrorCode::kInternal, "signing failed");
  }
  signature.resize(size);
  return signature;
}

Result<Bytes> sign_ed25519(EVP_PKEY* pkey, ByteView message) {
  const MdContextPtr context(EVP_MD_CTX_new());
  Bytes signature(64);
  std::size_t size = signature.size();
  if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, pkey) != 1 ||
      EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1) {
    return fail(ErrorCode::kInternal, "signing failed");
  }
  signature.resize(size);
  return signature;
}

// s and n - s are both valid; the lower is the one that some ledgers demand.
void lower_s(const Curve& curve, Bytes& rs) {
  const std::span<std::uint8_t> s = std::span(rs).last(curve.bytes);
  if (!std::ranges::lexicographical_compare(curve.half_order, s)) return;
  int borrow = 0;
  for (std::size_t i = curve.bytes; i-- > 0;) {
    const int difference = curve.order[i] - s[i] - borrow;
    s[i] = static_cast<std::uint8_t>(difference & 0xff);
    borrow = difference < 0 ? 1 : 0;
  }
}

Result<Bytes> sign_on_curve(const SigningKey::Handle& key, const Curve& curve, const Scheme& scheme,
                            ByteView digest) {
  std::optional<Bytes> rs;
  if (key.keeper) {
    HEYAN_TRY(rs, key.keeper->sign(digest));
  } else {
    HEYAN_TRY(const Bytes der, sign_digest(key.pkey.get(), digest));
    rs = from_der_signature(der, curve.bytes);
  }
  if (!rs || rs->size() != 2 * curve.bytes) {
    return fail(ErrorCode::kInternal, "signature of the library does not parse");
  }
  if (scheme.low_s) lower_s(curve, *rs);
  return scheme.encoding == SignatureEncoding::kDer ? to_der_signature(*rs) : *std::move(rs);
}

}  // namespace

Result<SigningKey> SigningKey::generate(KeyAlgorithm algorithm) {
  const ErrorQueueGuard guard;
  KeyPtr pkey = generate_pkey(algorithm);
  if (!pkey) return fail(ErrorCode::kUnsupported, "no key of this algorithm can be made");
  HEYAN_TRY(PublicKey key, public_part(pkey.get()));
  return SigningKey(std::make_shared<const Handle>(Handle{std::move(pkey), std::move(key)}));
}

Result<SigningKey> SigningKey::from_pem(std::string_view pem) {
  const ErrorQueueGuard guard;
  HEYAN_TRY(Bytes der, read_pem(pem, kPemLabel));
  const unsigned char* at = der.data();
  const Pkcs8Ptr info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size())));
  const bool whole = at == der.data() + der.size();
  KeyPtr pkey(info && whole ? EVP_PKCS82PKEY(info.get()) : nullptr);
  OPENSSL_cleanse(der.data(), der.size());
  if (!pkey) return fail(ErrorCode::kMalformed, "private key does not parse");
  HEYAN_TRY(PublicKey key, public_part(pkey.get()));
  return SigningKey(std::make_shared<const Handle>(Handle{std::move(pkey), std::move(key)}));
}

Result<SigningKey> SigningKey::kept_by(std::shared_ptr<const DigestSigner> keeper,
                                       const PublicKey& key) {
  if (key.algorithm() != KeyAlgorithm::kEcdsaP256) {
    return fail(ErrorCode::kUnsupported, "only keys of P-256 can be kept elsewhere");
  }
  SigningKey made(std::make_shared<const Handle>(Handle{nullptr, key, std::move(keeper)}));
  // A token could hold a public key beside the private key of another.
  const Scheme es256{
      .kind = SignatureKind::kEcdsa, .hash = Hash::kSha256, .encoding = SignatureEncoding::kRs};
  const Bytes challenge = random_bytes(32);
  HEYAN_TRY(const Bytes signature, made.sign(es256, challenge));
  SignatureChecker checker(production_engines(), core::Limits{});
  if (checker.verify(key, es256, challenge, signature) != SignatureOutcome::kValid) {
    return fail(ErrorCode::kMalformed, "what it signs does not verify with its public key");
  }
  return made;
}

std::string SigningKey::to_pem() const {
  if (!handle_->pkey) std::abort();  // the caller made or read this key itself
  const Pkcs8Ptr info(EVP_PKEY2PKCS8(handle_->pkey.get()));
  unsigned char* out = nullptr;
  const int size = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), &out) : -1;
  if (size <= 0) std::abort();  // the key was made or read by this library
  const OpensslMemory owner(out);
  std::string text = write_pem(ByteView(out, static_cast<std::size_t>(size)), kPemLabel);
  OPENSSL_cleanse(out, static_cast<std::size_t>(size));
  return text;
}

const PublicKey& SigningKey::public_key() const { return handle_->public_key; }

Result<Bytes> SigningKey::sign(const Scheme& scheme, ByteView message) const {
  const ErrorQueueGuard guard;
  EVP_PKEY* pkey = handle_->pkey.get();
  const KeyAlgorithm algorithm = handle_->public_key.algorithm();
  const Curve* curve = curve_of(algorithm);
  const bool sm2 = algorithm == KeyAlgorithm::kSm2;
  if (scheme.kind == SignatureKind::kEd25519 && algorithm == KeyAlgorithm::kEd25519) {
    return sign_ed25519(pkey, message);
  }
  if (scheme.kind == SignatureKind::kEcdsa && curve != nullptr && !sm2) {
    return sign_on_curve(*handle_, *curve, scheme, digest(scheme.hash, message));
  }
  if (scheme.kind == SignatureKind::kEcdsaRaw && curve != nullptr && !sm2) {
    return sign_on_curve(*handle_, *curve, scheme, message);
  }
  if (scheme.kind == SignatureKind::kSm2 && sm2) {
    const Bytes e = sm2_e(scheme.hash, scheme.sm2_user_id, handle_->public_key.point(), message);
    return sign_on_curve(*handle_, *curve, scheme, e);
  }
  if (scheme.kind == SignatureKind::kSm2Raw && sm2) {
    return sign_on_curve(*handle_, *curve, scheme, message);
  }
  return fail(ErrorCode::kUnsupported, "key and signature scheme do not belong together");
}

Result<Certificate> SigningKey::self_signed(std::string_view common_name, core::UtcTime not_before,
                                            core::UtcTime not_after) const {
  const ErrorQueueGuard guard;
  const X509Ptr x509(X509_new());
  // What it is signed with before the token signs it: it only names the algorithm.
  const KeyPtr scratch = handle_->keeper ? generate_pkey(KeyAlgorithm::kEcdsaP256) : nullptr;
  EVP_PKEY* pkey = handle_->keeper ? scratch.get() : handle_->pkey.get();
  const KeyPtr subject = openssl_public_key(handle_->public_key);
  if (!x509 || !pkey || !subject ||
      !fill_x509(x509.get(), subject.get(), common_name, not_before, not_after) ||
      !add_extension(x509.get(), x509.get(), NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension(x509.get(), x509.get(), NID_key_usage, "critical,digitalSignature") ||
      !add_extension(x509.get(), x509.get(), NID_subject_key_identifier, "hash") ||
      !sign_x509(x509.get(), pkey, handle_->public_key.algorithm())) {
    return fail(ErrorCode::kInternal, "certificate could not be made");
  }
  return handle_->keeper ? resign_x509(x509.get(), *handle_->keeper) : finish_x509(x509.get());
}

Bytes random_bytes(std::size_t count) {
  Bytes bytes(count);
  if (RAND_bytes(bytes.data(), static_cast<int>(count)) != 1) std::abort();  // never go on without
  return bytes;
}

}  // namespace heyan::crypto
