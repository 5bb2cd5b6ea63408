#include "verifier/crypto/x509_building.h"

#include <openssl/x509v3.h>

#include <chrono>

#include "verifier/crypto/der.h"
#include "verifier/crypto/der_writer.h"
#include "verifier/crypto/gate.h"

namespace heyan::crypto {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;

constexpr std::string_view kStandardUserId = "1234567812345678";

using ExtensionPtr = std::unique_ptr<X509_EXTENSION, OpensslFree<X509_EXTENSION_free>>;

bool set_time(ASN1_TIME* field, core::UtcTime time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  return ASN1_TIME_adj(field, static_cast<time_t>(seconds), 0, 0) != nullptr;
}

bool set_serial(X509* x509) {
  Bytes octets = random_bytes(16);
  octets.front() =
      static_cast<std::uint8_t>((octets.front() & 0x7f) | 0x40);  // positive, full length
  const BignumPtr number(BN_bin2bn(octets.data(), static_cast<int>(octets.size()), nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(x509)) != nullptr;
}

}  // namespace

bool fill_x509(X509* x509, EVP_PKEY* subject, std::string_view common_name,
               core::UtcTime not_before, core::UtcTime not_after) {
  X509_NAME* name = X509_get_subject_name(x509);
  const Bytes text = core::to_bytes(common_name);
  return X509_set_version(x509, X509_VERSION_3) == 1 && set_serial(x509) &&
         X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, text.data(),
                                    static_cast<int>(text.size()), -1, 0) == 1 &&
         X509_set_issuer_name(x509, name) == 1 && set_time(X509_getm_notBefore(x509), not_before) &&
         set_time(X509_getm_notAfter(x509), not_after) && X509_set_pubkey(x509, subject) == 1;
}

bool add_extension(X509* x509, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, x509, nullptr, nullptr, 0);
  const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  return extension && X509_add_ext(x509, extension.get(), -1) == 1;
}

bool sign_x509(X509* x509, EVP_PKEY* issuer, KeyAlgorithm algorithm) {
  const KeyContextPtr key_context(EVP_PKEY_CTX_new_from_pkey(nullptr, issuer, nullptr));
  const MdContextPtr context(EVP_MD_CTX_new());
  if (!key_context || !context) return false;
  const EVP_MD* md = algorithm == KeyAlgorithm::kEd25519 ? nullptr
                     : algorithm == KeyAlgorithm::kSm2   ? EVP_sm3()
                                                         : EVP_sha256();
  if (algorithm == KeyAlgorithm::kSm2) {
    // The id must stand on the context before the digest is chosen.
    if (EVP_PKEY_CTX_set1_id(key_context.get(), kStandardUserId.data(),
                             static_cast<int>(kStandardUserId.size())) != 1) {
      return false;
    }
    EVP_MD_CTX_set_pkey_ctx(context.get(), key_context.get());
  }
  return EVP_DigestSignInit(context.get(), nullptr, md, nullptr, issuer) == 1 &&
         X509_sign_ctx(x509, context.get()) > 0;
}

KeyPtr openssl_public_key(const PublicKey& key) {
  const unsigned char* at = key.spki().data();
  return KeyPtr(d2i_PUBKEY(nullptr, &at, static_cast<long>(key.spki().size())));
}

// Certificate = SEQUENCE { tbsCertificate, signatureAlgorithm, BIT STRING } (RFC 5280 4.1).
core::Result<Certificate> resign_x509(X509* x509, const DigestSigner& keeper) {
  HEYAN_TRY(const Certificate scratch, finish_x509(x509));
  HEYAN_TRY(const DerValue whole, DerReader(scratch.der()).next(der::kSequence));
  DerReader parts(whole.content);
  HEYAN_TRY(const DerValue signed_part, parts.next(der::kSequence));
  HEYAN_TRY(const DerValue algorithm, parts.next(der::kSequence));
  HEYAN_TRY(const Bytes rs, keeper.sign(sha256(signed_part.whole)));
  Bytes bits = {0};  // no unused bits
  const Bytes signature = to_der_signature(rs);
  bits.insert(bits.end(), signature.begin(), signature.end());
  Bytes content = core::to_bytes(signed_part.whole);
  content.insert(content.end(), algorithm.whole.begin(), algorithm.whole.end());
  append_der(content, der::kBitString, bits);
  Bytes certificate;
  append_der(certificate, der::kSequence, content);
  return Certificate::from_der(certificate);
}

core::Result<Certificate> finish_x509(X509* x509) {
  unsigned char* out = nullptr;
  const int size = i2d_X509(x509, &out);
  const OpensslMemory owner(out);
  if (size <= 0) return fail(ErrorCode::kInternal, "certificate could not be written");
  return Certificate::from_der(ByteView(out, static_cast<std::size_t>(size)));
}

}  // namespace heyan::crypto
