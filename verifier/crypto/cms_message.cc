#include "verifier/crypto/cms_message.h"

#include <openssl/cms.h>

#include <algorithm>

#include "verifier/crypto/cms_attributes.h"
#include "verifier/crypto/cms_oids.h"
#include "verifier/crypto/openssl.h"
#include "verifier/crypto/weak_keys.h"

namespace heyan::crypto {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::uint8_t kContext0 = 0xa0;       // [0], constructed
constexpr std::uint8_t kContext1 = 0xa1;       // [1], constructed
constexpr std::uint8_t kKeyIdentifier = 0x80;  // [0], primitive: SubjectKeyIdentifier
constexpr std::size_t kMostCertificates = 64;
constexpr std::size_t kMostSigners = 16;

// A SignerInfo cut apart (RFC 5652 5.3).
struct SignerParts {
  DerValue identifier;
  ByteView digest_algorithm;
  Bytes attributes;  // as the SET OF that is signed (5.4)
  ByteView signature_algorithm;
  ByteView signature;
};

// `parts.attributes` stays empty where there are none.
Result<SignerParts> cut_signer(ByteView content) {
  DerReader reader(content);
  SignerParts parts;
  HEYAN_CHECK_OK(reader.next(der::kInteger));
  const bool by_key = reader.peek_tag() == kKeyIdentifier;
  HEYAN_TRY(parts.identifier, reader.next(by_key ? kKeyIdentifier : der::kSequence));
  HEYAN_TRY(const DerValue digest, reader.next(der::kSequence));
  parts.digest_algorithm = digest.whole;
  if (reader.peek_tag() == kContext0) {
    HEYAN_TRY(const DerValue attributes, reader.next());
    parts.attributes = core::to_bytes(attributes.whole);
    parts.attributes.front() = der::kSet;
  }
  HEYAN_TRY(const DerValue algorithm, reader.next(der::kSequence));
  parts.signature_algorithm = algorithm.whole;
  HEYAN_TRY(const DerValue signature, reader.next(der::kOctetString));
  parts.signature = signature.content;
  if (reader.peek_tag() == kContext1) HEYAN_CHECK_OK(reader.next());  // unsigned attributes
  HEYAN_CHECK_OK(reader.expect_end());
  return parts;
}

bool names(const DerValue& identifier, const Certificate& certificate) {
  if (identifier.tag == kKeyIdentifier) {
    return !certificate.subject_key_id().empty() &&
           core::equal(identifier.content, certificate.subject_key_id());
  }
  DerReader reader(identifier.content);
  const auto issuer = reader.next(der::kSequence);
  const auto serial = reader.next(der::kInteger);
  return issuer && serial && reader.at_end() && core::equal(issuer->whole, certificate.issuer()) &&
         core::equal(serial->content, certificate.serial());
}

// Which certificate the signer is bound to. Two of one issuer and serial: the digested one.
SignerFault choose(const SignerParts& parts, const cms::SignedAttributes& attributes,
                   std::span<const Certificate> certificates, CmsSigner& signer) {
  for (const Certificate& certificate : certificates) {
    if (!names(parts.identifier, certificate)) continue;
    signer.certificate = certificate;
    const bool fits = std::ranges::all_of(attributes.certificates, [&](const auto& one) {
      return has_digest(certificate, one.hash, one.digest);
    });
    if (fits) return attributes.certificates.empty() ? SignerFault::kUnbound : SignerFault::kNone;
  }
  return signer.certificate ? SignerFault::kOtherCertificate : SignerFault::kNoCertificate;
}

Result<CmsSigner> read_signer(ByteView content, const CmsMessage& message,
                              SignatureChecker& checker) {
  HEYAN_TRY(const SignerParts parts, cut_signer(content));
  CmsSigner signer;
  signer.fault = SignerFault::kUnsupported;
  if (parts.attributes.empty()) return signer;  // CAdES and RFC 3161 always have some
  HEYAN_TRY(cms::SignedAttributes attributes, cms::read_signed_attributes(parts.attributes));
  if (core::to_hex(attributes.content_type) != message.content_type) {
    return fail(ErrorCode::kMalformed, "a signer says another content type than the message");
  }
  signer.message_digest = std::move(attributes.message_digest);
  const SignerFault binding = choose(parts, attributes, message.certificates, signer);
  const auto hash = cms::digest_algorithm(parts.digest_algorithm);
  if (!hash || *hash == Hash::kSha1) return signer;
  signer.hash = *hash;
  signer.fault = binding;
  if (binding != SignerFault::kNone) return signer;
  const PublicKey& key = signer.certificate->key();
  const auto scheme = cms::signer_scheme(parts.signature_algorithm, key.algorithm(), *hash);
  if (!scheme) {
    signer.fault = SignerFault::kUnsupported;
    return signer;
  }
  signer.fault = fault_of(checker.verify(key, *scheme, parts.attributes, parts.signature));
  if (signer.fault == SignerFault::kNone && message.content) {
    const auto digest = checker.digest(*hash, *message.content);
    if (!digest) {
      signer.fault = SignerFault::kUndecided;
    } else if (*digest != signer.message_digest) {
      signer.fault = SignerFault::kContentDiffers;
    }
  }
  return signer;
}

// EncapsulatedContentInfo (5.2).
Result<void> read_content(ByteView content, CmsMessage& message) {
  DerReader reader(content);
  HEYAN_TRY(const DerValue type, reader.next(der::kObjectId));
  message.content_type = core::to_hex(type.content);
  if (!reader.at_end()) {
    HEYAN_TRY(const DerValue wrapped, reader.next(kContext0));
    HEYAN_TRY(const DerValue octets, cms::only(wrapped.content, der::kOctetString));
    message.content = core::to_bytes(octets.content);
  }
  return reader.expect_end();
}

// Certificates only; attribute certificates and others are passed over (10.2.2).
Result<void> read_certificates(ByteView content, CmsMessage& message, const core::Limits& limits) {
  DerReader reader(content);
  for (std::size_t count = 0; !reader.at_end(); ++count) {
    if (count == kMostCertificates) return fail(ErrorCode::kLimit, "too many certificates");
    HEYAN_TRY(const DerValue one, reader.next());
    if (one.tag != der::kSequence) continue;
    auto certificate = Certificate::from_der(one.whole, limits);
    if (!certificate) certificate = read_weak_certificate(one.whole, limits);
    if (certificate) message.certificates.push_back(*std::move(certificate));
  }
  return {};
}

using CmsPtr = std::unique_ptr<CMS_ContentInfo, OpensslFree<CMS_ContentInfo_free>>;

// A message that begins with an indefinite length, as many time-stamp authorities stream it, is
// written again in DER: what is signed of it is its content and the DER of its attributes anyway
// (RFC 5652 5.4).
Result<Bytes> as_der(ByteView bytes) {
  constexpr std::uint8_t kIndefinite = 0x80;
  if (bytes.size() < 2 || bytes[1] != kIndefinite) return core::to_bytes(bytes);
  const ErrorQueueGuard guard;
  const unsigned char* at = bytes.data();
  const CmsPtr message(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(bytes.size())));
  if (!message) return fail(ErrorCode::kMalformed, "not a CMS message");
  if (at != bytes.data() + bytes.size()) {
    return fail(ErrorCode::kTrailing, "bytes after a CMS message");
  }
  unsigned char* out = nullptr;
  const int size = i2d_CMS_ContentInfo(message.get(), &out);
  const OpensslMemory owner(out);
  if (size <= 0) return fail(ErrorCode::kUnsupported, "a CMS message that has no DER");
  return Bytes(out, out + size);
}

}  // namespace

SignerFault fault_of(SignatureOutcome outcome) {
  switch (outcome) {
    case SignatureOutcome::kValid:
      return SignerFault::kNone;
    case SignatureOutcome::kInvalid:
      return SignerFault::kInvalid;
    case SignatureOutcome::kEnginesDisagree:
    case SignatureOutcome::kBudgetSpent:
      break;
  }
  return SignerFault::kUndecided;
}

bool has_digest(const Certificate& certificate, Hash hash, ByteView digest) {
  if (hash == Hash::kSha256) return core::equal(certificate.sha256(), digest);
  return core::equal(crypto::digest(hash, certificate.der()), digest);
}

Result<CmsMessage> read_cms(ByteView bytes, SignatureChecker& checker, const core::Limits& limits) {
  HEYAN_TRY(const Bytes der, as_der(bytes));
  HEYAN_TRY(const DerValue outer, cms::only(der, der::kSequence));
  DerReader info(outer.content);
  HEYAN_TRY(const DerValue type, info.next(der::kObjectId));
  if (core::to_hex(type.content) != cms::kSignedData) {
    return fail(ErrorCode::kUnsupported, "a CMS message that is no SignedData");
  }
  HEYAN_TRY(const DerValue wrapped, info.next(kContext0));
  HEYAN_CHECK_OK(info.expect_end());
  HEYAN_TRY(const DerValue data, cms::only(wrapped.content, der::kSequence));
  DerReader reader(data.content);
  HEYAN_CHECK_OK(reader.next(der::kInteger));
  HEYAN_CHECK_OK(reader.next(der::kSet));  // digest algorithms: each signer names its own
  HEYAN_TRY(const DerValue content, reader.next(der::kSequence));
  CmsMessage message;
  HEYAN_CHECK_OK(read_content(content.content, message));
  if (reader.peek_tag() == kContext0) {
    HEYAN_TRY(const DerValue certificates, reader.next());
    HEYAN_CHECK_OK(read_certificates(certificates.content, message, limits));
  }
  if (reader.peek_tag() == kContext1) HEYAN_CHECK_OK(reader.next());  // revocation values
  HEYAN_TRY(const DerValue signers, reader.next(der::kSet));
  HEYAN_CHECK_OK(reader.expect_end());
  DerReader each(signers.content);
  while (!each.at_end()) {
    if (message.signers.size() == kMostSigners) return fail(ErrorCode::kLimit, "too many signers");
    HEYAN_TRY(const DerValue one, each.next(der::kSequence));
    HEYAN_TRY(CmsSigner signer, read_signer(one.content, message, checker));
    message.signers.push_back(std::move(signer));
  }
  if (message.signers.empty()) return fail(ErrorCode::kMalformed, "a CMS message without signer");
  return message;
}

}  // namespace heyan::crypto
