#include <openssl/cms.h>

#include <algorithm>

#include "verifier/crypto/cms.h"
#include "verifier/crypto/cms_oids.h"
#include "verifier/crypto/der_writer.h"
#include "verifier/crypto/openssl.h"
#include "verifier/crypto/x509_building.h"

namespace heyan::crypto {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

using CmsPtr = std::unique_ptr<CMS_ContentInfo, OpensslFree<CMS_ContentInfo_free>>;
using NamePtr = std::unique_ptr<ASN1_OBJECT, OpensslFree<ASN1_OBJECT_free>>;

X509Ptr openssl_certificate(const Certificate& certificate) {
  const unsigned char* at = certificate.der().data();
  return X509Ptr(d2i_X509(nullptr, &at, static_cast<long>(certificate.der().size())));
}

bool add_digest(CMS_SignerInfo* signer, const ASN1_OBJECT* name, ByteView digest) {
  return CMS_signed_add1_attr_by_OBJ(signer, name, V_ASN1_OCTET_STRING, digest.data(),
                                     static_cast<int>(digest.size())) == 1;
}

bool add_attributes(CMS_SignerInfo* signer, ByteView document_sha256, ByteView payload_sha256) {
  const NamePtr payload(OBJ_txt2obj(cms::kPayloadDigestName, 1));
  return payload &&
         CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_contentType, V_ASN1_OBJECT,
                                     OBJ_nid2obj(NID_pkcs7_data), -1) == 1 &&
         add_digest(signer, OBJ_nid2obj(NID_pkcs9_messageDigest), document_sha256) &&
         add_digest(signer, payload.get(), payload_sha256);
}

// What is signed: the attributes as a SET OF, in the order of their encodings (RFC 5652 5.4).
Result<Bytes> encoded_attributes(const CMS_SignerInfo* signer) {
  std::vector<Bytes> each;
  for (int i = 0; i < CMS_signed_get_attr_count(signer); ++i) {
    unsigned char* out = nullptr;
    const int size = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(signer, i), &out);
    const OpensslMemory owner(out);
    if (size <= 0) return fail(ErrorCode::kInternal, "an attribute could not be written");
    each.emplace_back(out, out + size);
  }
  std::ranges::sort(each);
  Bytes content;
  for (const Bytes& one : each) content.insert(content.end(), one.begin(), one.end());
  Bytes set;
  append_der(set, 0x31, content);
  return set;
}

}  // namespace

// OpenSSL builds everything but the signature, for which it would need the private key, and that
// may be in a token.
Result<Bytes> sign_cms(const SigningKey& key, const Certificate& certificate,
                       ByteView document_sha256, ByteView payload_sha256) {
  const ErrorQueueGuard guard;
  if (key.public_key().algorithm() != KeyAlgorithm::kEcdsaP256) {
    return fail(ErrorCode::kUnsupported, "a seal is made with a key of P-256");
  }
  if (!(certificate.key() == key.public_key())) {
    return fail(ErrorCode::kMalformed, "this is not the key of the certificate");
  }
  const X509Ptr x509 = openssl_certificate(certificate);
  const KeyPtr public_key = openssl_public_key(key.public_key());
  const CmsPtr cms(
      CMS_sign(nullptr, nullptr, nullptr, nullptr, CMS_DETACHED | CMS_PARTIAL | CMS_BINARY));
  if (!x509 || !public_key || !cms) return fail(ErrorCode::kInternal, "no seal could be begun");
  CMS_SignerInfo* const signer =
      CMS_add1_signer(cms.get(), x509.get(), public_key.get(), EVP_sha256(),
                      CMS_PARTIAL | CMS_BINARY | CMS_CADES | CMS_NOSMIMECAP);
  if (signer == nullptr || !add_attributes(signer, document_sha256, payload_sha256)) {
    return fail(ErrorCode::kInternal, "the seal's attributes could not be set");
  }
  HEYAN_TRY(const Bytes attributes, encoded_attributes(signer));
  const Scheme scheme{.kind = SignatureKind::kEcdsa, .hash = Hash::kSha256, .sm2_user_id = {}};
  HEYAN_TRY(const Bytes signature, key.sign(scheme, attributes));
  if (ASN1_OCTET_STRING_set(CMS_SignerInfo_get0_signature(signer), signature.data(),
                            static_cast<int>(signature.size())) != 1) {
    return fail(ErrorCode::kInternal, "the seal could not take its signature");
  }
  unsigned char* out = nullptr;
  const int size = i2d_CMS_ContentInfo(cms.get(), &out);
  const OpensslMemory owner(out);
  if (size <= 0) return fail(ErrorCode::kInternal, "the seal could not be written");
  return Bytes(out, out + size);
}

}  // namespace heyan::crypto
