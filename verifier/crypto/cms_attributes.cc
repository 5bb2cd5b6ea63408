#include "verifier/crypto/cms_attributes.h"

#include <array>
#include <string_view>

#include "verifier/crypto/certificate_parsed.h"
#include "verifier/crypto/cms_oids.h"

namespace heyan::crypto::cms {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::string_view kSigningCertificateV1 = "2a864886f70d010910020c";  // RFC 2634 5.4
constexpr std::string_view kRsaEncryption = "2a864886f70d010101";             // RFC 3370 3.2
constexpr std::string_view kMd5 = "2a864886f70d0205";                         // RFC 1321
constexpr std::string_view kSha3 = "608648016503040208";                      // SHA3-256
constexpr std::string_view kSm2Signing = "2a811ccf5501822d01";                // GM/T 0006: 301.1
constexpr std::uint8_t kDirectoryName = 0xa4;                                 // of GeneralName

using NamePtr = std::unique_ptr<X509_NAME, OpensslFree<X509_NAME_free>>;

struct DigestName {
  std::string_view oid;
  Hash hash;
};
constexpr std::array kDigests = {
    DigestName{"2b0e03021a", Hash::kSha1},
    DigestName{"608648016503040201", Hash::kSha256},
    DigestName{"608648016503040202", Hash::kSha384},
    DigestName{"608648016503040203", Hash::kSha512},
    DigestName{"608648016503040204", Hash::kSha224},
    // GM/T 0006: 1.2.156.10197.1.401, .1 without a key, .2 with one (which some write for the
    // other).
    DigestName{"2a811ccf55018311", Hash::kSm3},
    DigestName{"2a811ccf5501831101", Hash::kSm3},
    DigestName{"2a811ccf5501831102", Hash::kSm3},
};

bool is_hex(ByteView bytes, std::string_view hex) { return core::to_hex(bytes) == hex; }

// The object identifier of an AlgorithmIdentifier whose parameters are NULL or absent.
Result<ByteView> plain_algorithm(ByteView whole) {
  HEYAN_TRY(const DerValue algorithm, only(whole, der::kSequence));
  DerReader reader(algorithm.content);
  HEYAN_TRY(const DerValue name, reader.next(der::kObjectId));
  if (!reader.at_end()) {
    HEYAN_TRY(const DerValue null, reader.next(der::kNull));
    if (!null.content.empty()) return fail(ErrorCode::kMalformed, "a NULL with content");
  }
  HEYAN_CHECK_OK(reader.expect_end());
  return name.content;
}

// IssuerSerial (RFC 5035 5): one name, and the number.
Result<void> read_issuer_serial(ByteView content, CertificateDigest& found) {
  DerReader reader(content);
  HEYAN_TRY(const DerValue names, reader.next(der::kSequence));
  HEYAN_TRY(const DerValue serial, reader.next(der::kInteger));
  HEYAN_CHECK_OK(reader.expect_end());
  HEYAN_TRY(const DerValue wrapped, only(names.content, kDirectoryName));
  HEYAN_TRY(const DerValue name, only(wrapped.content, der::kSequence));
  found.issuer = core::to_bytes(name.whole);
  found.serial = core::to_bytes(serial.content);
  return {};
}

// The first ESSCertID or ESSCertIDv2 of a SigningCertificate: the signer's. Further ones are of its
// chain (RFC 5035 3 and 4).
Result<CertificateDigest> first_certificate(ByteView value, bool second_version) {
  HEYAN_TRY(const DerValue whole, only(value, der::kSequence));
  HEYAN_TRY(const DerValue list, DerReader(whole.content).next(der::kSequence));
  HEYAN_TRY(const DerValue first, DerReader(list.content).next(der::kSequence));
  DerReader reader(first.content);
  CertificateDigest found;
  found.hash = second_version ? Hash::kSha256 : Hash::kSha1;
  if (second_version && reader.peek_tag() == der::kSequence) {
    HEYAN_TRY(const DerValue algorithm, reader.next());
    const auto hash = digest_algorithm(algorithm.whole);
    if (!hash) return fail(ErrorCode::kUnsupported, "a certificate digested by an unknown hash");
    found.hash = *hash;
  }
  HEYAN_TRY(const DerValue digest, reader.next(der::kOctetString));
  if (digest.content.size() != digest_bytes(found.hash)) {
    return fail(ErrorCode::kMalformed, "a certificate's digest of another length");
  }
  found.digest = core::to_bytes(digest.content);
  if (!reader.at_end()) {
    HEYAN_TRY(const DerValue issuer_serial, reader.next(der::kSequence));
    HEYAN_CHECK_OK(read_issuer_serial(issuer_serial.content, found));
  }
  HEYAN_CHECK_OK(reader.expect_end());
  return found;
}

Result<void> take(Bytes& place, ByteView values, std::uint8_t tag) {
  if (!place.empty()) return fail(ErrorCode::kDuplicate, "a signed attribute stands twice");
  HEYAN_TRY(const DerValue value, only(values, tag));
  if (value.content.empty()) return fail(ErrorCode::kMalformed, "an empty signed attribute");
  place = core::to_bytes(value.content);
  return {};
}

}  // namespace

Result<DerValue> only(ByteView content, std::uint8_t tag) {
  DerReader reader(content);
  HEYAN_TRY(const DerValue value, reader.next(tag));
  HEYAN_CHECK_OK(reader.expect_end());
  return value;
}

bool is_same_name(ByteView a, ByteView b) {
  if (core::equal(a, b)) return true;
  const ErrorQueueGuard guard;
  const auto parse = [](ByteView der) {
    const unsigned char* at = der.data();
    return NamePtr(d2i_X509_NAME(nullptr, &at, static_cast<long>(der.size())));
  };
  const NamePtr first = parse(a);
  const NamePtr second = parse(b);
  return first && second && X509_NAME_cmp(first.get(), second.get()) == 0;
}

std::optional<Hash> digest_algorithm(ByteView algorithm_identifier) {
  const auto oid = plain_algorithm(algorithm_identifier);
  if (!oid) return std::nullopt;
  for (const DigestName& row : kDigests) {
    if (is_hex(*oid, row.oid)) return row.hash;
  }
  return std::nullopt;
}

std::optional<Hash> imprint_algorithm(ByteView algorithm_identifier) {
  const auto oid = plain_algorithm(algorithm_identifier);
  if (oid && is_hex(*oid, kMd5)) return Hash::kMd5;
  if (oid && is_hex(*oid, kSha3)) return Hash::kSha3_256;
  return digest_algorithm(algorithm_identifier);
}

std::optional<Scheme> signer_scheme(ByteView algorithm_identifier, KeyAlgorithm key, Hash digest) {
  if (digest == Hash::kSha1) return std::nullopt;
  const auto oid = plain_algorithm(algorithm_identifier);
  if (oid && is_hex(*oid, kRsaEncryption) && key == KeyAlgorithm::kRsa && digest != Hash::kSm3) {
    return Scheme{.kind = SignatureKind::kRsaPkcs1, .hash = digest, .sm2_user_id = {}};
  }
  if (oid && is_hex(*oid, kSm2Signing) && key == KeyAlgorithm::kSm2 && digest == Hash::kSm3) {
    return Scheme{.kind = SignatureKind::kSm2, .hash = digest};
  }
  auto scheme = scheme_of(algorithm_identifier, key);
  // RFC 8419 3.1: SHA-512 with Ed25519. Otherwise one hash does both.
  if (!scheme || scheme->hash != digest) return std::nullopt;
  if (scheme->kind == SignatureKind::kSm2) scheme->sm2_user_id = Scheme().sm2_user_id;
  return scheme;
}

Result<SignedAttributes> read_signed_attributes(ByteView set) {
  HEYAN_CHECK_OK(check_der(set));
  HEYAN_TRY(const DerValue whole, only(set, der::kSet));
  SignedAttributes found;
  std::array<bool, 2> seen = {};
  DerReader reader(whole.content);
  while (!reader.at_end()) {
    HEYAN_TRY(const DerValue attribute, reader.next(der::kSequence));
    DerReader inner(attribute.content);
    HEYAN_TRY(const DerValue name, inner.next(der::kObjectId));
    HEYAN_TRY(const DerValue values, inner.next(der::kSet));
    HEYAN_CHECK_OK(inner.expect_end());
    const bool second = is_hex(name.content, kSigningCertificate);
    if (is_hex(name.content, kContentType)) {
      HEYAN_CHECK_OK(take(found.content_type, values.content, der::kObjectId));
    } else if (is_hex(name.content, kMessageDigest)) {
      HEYAN_CHECK_OK(take(found.message_digest, values.content, der::kOctetString));
    } else if (second || is_hex(name.content, kSigningCertificateV1)) {
      bool& stands = second ? seen[1] : seen[0];
      if (stands) return fail(ErrorCode::kDuplicate, "a signed attribute stands twice");
      stands = true;
      HEYAN_TRY(CertificateDigest digest, first_certificate(values.content, second));
      found.certificates.push_back(std::move(digest));
    }
  }
  if (found.content_type.empty() || found.message_digest.empty()) {
    return fail(ErrorCode::kMalformed, "a signer lacks contentType or messageDigest");
  }
  return found;
}

}  // namespace heyan::crypto::cms
