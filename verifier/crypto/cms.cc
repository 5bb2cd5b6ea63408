#include "verifier/crypto/cms.h"

#include <optional>

#include "verifier/crypto/cms_oids.h"
#include "verifier/crypto/cms_time_stamp.h"
#include "verifier/crypto/der.h"
#include "verifier/crypto/digest.h"

namespace heyan::crypto {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::uint8_t kContext0 = 0xa0;  // [0], constructed
constexpr std::size_t kDigestBytes = 32;

bool is_hex(ByteView bytes, std::string_view hex) { return core::to_hex(bytes) == hex; }

Result<void> expect(DerReader& reader, std::uint8_t tag, std::string_view content) {
  HEYAN_TRY(const DerValue value, reader.next(tag));
  if (is_hex(value.content, content)) return {};
  return fail(ErrorCode::kUnsupported, "the seal is not of the one form");
}

Result<void> expect_algorithm(DerReader& reader, std::string_view whole) {
  HEYAN_TRY(const DerValue value, reader.next(der::kSequence));
  if (is_hex(value.whole, whole)) return {};
  return fail(ErrorCode::kUnsupported, "the seal uses another algorithm");
}

// The one value within.
Result<DerValue> only(ByteView content, std::uint8_t tag) {
  DerReader reader(content);
  HEYAN_TRY(const DerValue value, reader.next(tag));
  HEYAN_CHECK_OK(reader.expect_end());
  return value;
}

struct Attributes {
  std::optional<Bytes> content_type;
  std::optional<Bytes> document;
  std::optional<Bytes> payload;
  std::optional<Bytes> certificate;
};

Result<void> take(std::optional<Bytes>& place, Result<DerValue> value) {
  if (!value) return std::unexpected(value.error());
  if (place) return fail(ErrorCode::kDuplicate, "an attribute of the seal stands twice");
  place = core::to_bytes(value->content);
  return {};
}

// SigningCertificateV2 with one ESSCertIDv2 of SHA-256, which is its default (RFC 5035 3).
Result<DerValue> certificate_hash(ByteView value) {
  HEYAN_TRY(const DerValue whole, only(value, der::kSequence));
  HEYAN_TRY(const DerValue list, only(whole.content, der::kSequence));
  HEYAN_TRY(const DerValue first, only(list.content, der::kSequence));
  return DerReader(first.content).next(der::kOctetString);
}

Result<Attributes> read_attributes(ByteView content) {
  Attributes found;
  DerReader reader(content);
  while (!reader.at_end()) {
    HEYAN_TRY(const DerValue attribute, reader.next(der::kSequence));
    DerReader inner(attribute.content);
    HEYAN_TRY(const DerValue name, inner.next(der::kObjectId));
    HEYAN_TRY(const DerValue values, inner.next(der::kSet));
    HEYAN_CHECK_OK(inner.expect_end());
    const ByteView value = values.content;
    if (is_hex(name.content, cms::kContentType)) {
      HEYAN_CHECK_OK(take(found.content_type, only(value, der::kObjectId)));
    } else if (is_hex(name.content, cms::kMessageDigest)) {
      HEYAN_CHECK_OK(take(found.document, only(value, der::kOctetString)));
    } else if (is_hex(name.content, cms::kPayloadDigest)) {
      HEYAN_CHECK_OK(take(found.payload, only(value, der::kOctetString)));
    } else if (is_hex(name.content, cms::kSigningCertificate)) {
      HEYAN_CHECK_OK(take(found.certificate, certificate_hash(value)));
    } else {
      return fail(ErrorCode::kUnknown, "the seal has an attribute that seals do not have");
    }
  }
  if (!found.content_type || !found.document || !found.payload || !found.certificate) {
    return fail(ErrorCode::kMalformed, "the seal lacks an attribute");
  }
  if (!is_hex(*found.content_type, cms::kData) || found.document->size() != kDigestBytes ||
      found.payload->size() != kDigestBytes) {
    return fail(ErrorCode::kMalformed, "an attribute of the seal has not its form");
  }
  return found;
}

struct SignerInfo {
  Attributes attributes;
  Bytes signed_bytes;  // the attributes, as a SET OF
  ByteView signature;
};

Result<SignerInfo> read_signer(ByteView content, const Certificate& certificate) {
  DerReader reader(content);
  HEYAN_CHECK_OK(expect(reader, der::kInteger, "01"));
  HEYAN_TRY(const DerValue identifier, reader.next(der::kSequence));
  DerReader names(identifier.content);
  HEYAN_TRY(const DerValue issuer, names.next(der::kSequence));
  HEYAN_TRY(const DerValue serial, names.next(der::kInteger));
  HEYAN_CHECK_OK(names.expect_end());
  if (!core::equal(issuer.whole, certificate.issuer()) ||
      !core::equal(serial.content, certificate.serial())) {
    return fail(ErrorCode::kMalformed, "the seal names another certificate than it holds");
  }
  HEYAN_CHECK_OK(expect_algorithm(reader, cms::kSha256));
  HEYAN_TRY(const DerValue attributes, reader.next(kContext0));
  HEYAN_CHECK_OK(expect_algorithm(reader, cms::kEcdsaSha256));
  HEYAN_TRY(const DerValue signature, reader.next(der::kOctetString));
  HEYAN_CHECK_OK(reader.expect_end());
  HEYAN_TRY(Attributes read, read_attributes(attributes.content));
  if (!core::equal(*read.certificate, certificate.sha256())) {
    return fail(ErrorCode::kMalformed, "the seal is bound to another certificate");
  }
  Bytes signed_bytes = core::to_bytes(attributes.whole);
  signed_bytes.front() = der::kSet;  // RFC 5652 5.4: not as [0]
  return SignerInfo{std::move(read), std::move(signed_bytes), signature.content};
}

}  // namespace

Result<CmsSignature> verify_cms(ByteView der, SignatureChecker& checker) {
  HEYAN_TRY(StampedCms stamped, take_cms_time_stamp(der));
  HEYAN_CHECK_OK(check_der(stamped.cms));
  HEYAN_TRY(const DerValue outer, only(stamped.cms, der::kSequence));
  DerReader info(outer.content);
  HEYAN_CHECK_OK(expect(info, der::kObjectId, cms::kSignedData));
  HEYAN_TRY(const DerValue wrapped, info.next(kContext0));
  HEYAN_CHECK_OK(info.expect_end());
  HEYAN_TRY(const DerValue data, only(wrapped.content, der::kSequence));
  DerReader reader(data.content);
  HEYAN_CHECK_OK(expect(reader, der::kInteger, "01"));
  HEYAN_TRY(const DerValue digests, reader.next(der::kSet));
  DerReader algorithms(digests.content);
  HEYAN_CHECK_OK(expect_algorithm(algorithms, cms::kSha256));
  HEYAN_CHECK_OK(algorithms.expect_end());
  HEYAN_TRY(const DerValue content, reader.next(der::kSequence));  // detached: its type alone
  HEYAN_TRY(const DerValue type, only(content.content, der::kObjectId));
  if (!is_hex(type.content, cms::kData)) {
    return fail(ErrorCode::kUnsupported, "the seal is of another content");
  }
  HEYAN_TRY(const DerValue certificates, reader.next(kContext0));
  HEYAN_TRY(const DerValue first, only(certificates.content, der::kSequence));
  HEYAN_TRY(Certificate certificate, Certificate::from_der(first.whole));
  HEYAN_TRY(const DerValue signers, reader.next(der::kSet));
  HEYAN_CHECK_OK(reader.expect_end());
  HEYAN_TRY(const DerValue one, only(signers.content, der::kSequence));
  HEYAN_TRY(SignerInfo signer, read_signer(one.content, certificate));
  const Scheme scheme{.kind = SignatureKind::kEcdsa, .hash = Hash::kSha256, .sm2_user_id = {}};
  const SignatureOutcome outcome =
      checker.verify(certificate.key(), scheme, signer.signed_bytes, signer.signature);
  return CmsSignature{.certificate = std::move(certificate),
                      .document_sha256 = *std::move(signer.attributes.document),
                      .payload_sha256 = *std::move(signer.attributes.payload),
                      .time_stamp = std::move(stamped.token),
                      .signature_sha256 = sha256(signer.signature),
                      .outcome = outcome};
}

}  // namespace heyan::crypto
