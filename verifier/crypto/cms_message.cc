#include "verifier/crypto/cms_message.h"

#include <openssl/cms.h>

#include <algorithm>

#include "verifier/crypto/certificate_memo.h"
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

bool is_bound(const cms::CertificateDigest& digest, const Certificate& certificate) {
  return has_digest(certificate, digest.hash, digest.digest) &&
         (digest.serial.empty() || core::equal(digest.serial, certificate.serial())) &&
         (digest.issuer.empty() || cms::is_same_name(digest.issuer, certificate.issuer()));
}

// Looks for the certificates that a signer identifier names, and says which one the signer is.
class SignerReader {
 public:
  SignerReader(const CmsMessage& message, const CmsReading& reading, SignatureChecker& checker)
      : message_(message), reading_(reading), checker_(checker) {}

  Result<CmsSigner> read(ByteView content) {
    HEYAN_TRY(const SignerParts parts, cut_signer(content));
    CmsSigner signer;
    signer.bare = parts.attributes.empty();
    if (signer.bare) {
      signer.fault = read_bare(parts, signer);
      return signer;
    }
    HEYAN_TRY(cms::SignedAttributes attributes, cms::read_signed_attributes(parts.attributes));
    signer.message_digest = std::move(attributes.message_digest);
    signer.fault = choose(parts, attributes, signer);
    if (core::to_hex(attributes.content_type) != message_.content_type) {
      signer.fault = SignerFault::kOtherContentType;
    }
    if (signer.fault != SignerFault::kNone) return signer;
    signer.fault = set_hash(parts, signer);
    if (signer.fault == SignerFault::kNone) signer.fault = verify(parts, parts.attributes, signer);
    if (signer.fault == SignerFault::kNone && message_.content) signer.fault = compare(signer);
    return signer;
  }

 private:
  // CAdES and RFC 3161 always have attributes; time-stamp servers of the GM profile have none.
  SignerFault read_bare(const SignerParts& parts, CmsSigner& signer) {
    if (!message_.gm || !message_.content) return SignerFault::kNoAttributes;
    signer.certificate = first_named(parts);
    if (!signer.certificate) return SignerFault::kNoCertificate;
    const SignerFault fault = set_hash(parts, signer);
    return fault == SignerFault::kNone ? verify(parts, *message_.content, signer) : fault;
  }

  // Which certificate the signer is bound to. Two of one issuer and serial: the digested one.
  SignerFault choose(const SignerParts& parts, const cms::SignedAttributes& attributes,
                     CmsSigner& signer) const {
    for (const auto certificates : {std::span(message_.certificates), reading_.candidates}) {
      for (const Certificate& certificate : certificates) {
        if (!names(parts.identifier, certificate)) continue;
        signer.certificate = certificate;
        const bool fits = std::ranges::all_of(
            attributes.certificates, [&](const auto& one) { return is_bound(one, certificate); });
        if (!fits) continue;
        return attributes.certificates.empty() ? SignerFault::kUnbound : SignerFault::kNone;
      }
    }
    return signer.certificate ? SignerFault::kOtherCertificate : SignerFault::kNoCertificate;
  }

  std::optional<Certificate> first_named(const SignerParts& parts) const {
    for (const auto certificates : {std::span(message_.certificates), reading_.candidates}) {
      for (const Certificate& certificate : certificates) {
        if (names(parts.identifier, certificate)) return certificate;
      }
    }
    return std::nullopt;
  }

  static SignerFault set_hash(const SignerParts& parts, CmsSigner& signer) {
    const auto hash = cms::digest_algorithm(parts.digest_algorithm);
    if (!hash) return SignerFault::kUnsupported;
    signer.hash = *hash;
    return *hash == Hash::kSha1 ? SignerFault::kWeakDigest : SignerFault::kNone;
  }

  SignerFault verify(const SignerParts& parts, ByteView bytes, const CmsSigner& signer) {
    const PublicKey& key = signer.certificate->key();
    auto scheme = cms::signer_scheme(parts.signature_algorithm, key.algorithm(), signer.hash);
    if (!scheme) return SignerFault::kUnsupported;
    if (scheme->kind == SignatureKind::kSm2) scheme->sm2_user_id = reading_.sm2_user_id;
    return fault_of(checker_.verify(key, *scheme, bytes, parts.signature));
  }

  SignerFault compare(const CmsSigner& signer) {
    const auto digest = checker_.digest(signer.hash, *message_.content);
    if (!digest) return SignerFault::kUndecided;
    return *digest == signer.message_digest ? SignerFault::kNone : SignerFault::kContentDiffers;
  }

  const CmsMessage& message_;
  const CmsReading& reading_;
  SignatureChecker& checker_;
};

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
Result<void> read_certificates(ByteView content, CmsMessage& message, SignatureChecker& checker,
                               const core::Limits& limits) {
  DerReader reader(content);
  for (std::size_t count = 0; !reader.at_end(); ++count) {
    if (count == kMostCertificates) return fail(ErrorCode::kLimit, "too many certificates");
    HEYAN_TRY(const DerValue one, reader.next());
    if (one.tag != der::kSequence) continue;
    auto certificate = read_der_once(one.whole, checker, limits);
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

Result<CmsMessage> read_cms(ByteView bytes, SignatureChecker& checker, const core::Limits& limits,
                            const CmsReading& reading) {
  HEYAN_TRY(const Bytes der, as_der(bytes));
  HEYAN_TRY(const DerValue outer, cms::only(der, der::kSequence));
  DerReader info(outer.content);
  HEYAN_TRY(const DerValue type, info.next(der::kObjectId));
  CmsMessage message;
  message.gm = reading.gm && core::to_hex(type.content) == cms::kGmSignedData;
  if (!message.gm && core::to_hex(type.content) != cms::kSignedData) {
    return fail(ErrorCode::kUnsupported, "a CMS message that is no SignedData");
  }
  HEYAN_TRY(const DerValue wrapped, info.next(kContext0));
  HEYAN_CHECK_OK(info.expect_end());
  HEYAN_TRY(const DerValue data, cms::only(wrapped.content, der::kSequence));
  DerReader reader(data.content);
  HEYAN_CHECK_OK(reader.next(der::kInteger));
  HEYAN_CHECK_OK(reader.next(der::kSet));  // digest algorithms: each signer names its own
  HEYAN_TRY(const DerValue content, reader.next(der::kSequence));
  HEYAN_CHECK_OK(read_content(content.content, message));
  if (reader.peek_tag() == kContext0) {
    HEYAN_TRY(const DerValue certificates, reader.next());
    HEYAN_CHECK_OK(read_certificates(certificates.content, message, checker, limits));
  }
  if (reader.peek_tag() == kContext1) HEYAN_CHECK_OK(reader.next());  // revocation values
  HEYAN_TRY(const DerValue signers, reader.next(der::kSet));
  HEYAN_CHECK_OK(reader.expect_end());
  DerReader each(signers.content);
  SignerReader signer_reader(message, reading, checker);
  while (!each.at_end()) {
    if (message.signers.size() == kMostSigners) return fail(ErrorCode::kLimit, "too many signers");
    HEYAN_TRY(const DerValue one, each.next(der::kSequence));
    HEYAN_TRY(CmsSigner signer, signer_reader.read(one.content));
    message.signers.push_back(std::move(signer));
  }
  if (message.signers.empty()) return fail(ErrorCode::kMalformed, "a CMS message without signer");
  return message;
}

}  // namespace heyan::crypto
