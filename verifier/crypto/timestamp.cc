#include "verifier/crypto/timestamp.h"

#include <openssl/x509v3.h>

#include <algorithm>
#include <string>

#include "verifier/crypto/certificate_parsed.h"
#include "verifier/crypto/cms_attributes.h"

namespace heyan::crypto {
namespace {

using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::uint8_t kAuthorityName = 0xa0;  // [0], constructed
constexpr std::uint8_t kExtensions = 0xa1;     // [1], constructed

// GeneralizedTime "20260301080000Z", with a fraction of a second or without (RFC 3161 2.4.2).
Result<core::UtcTime> read_time(ByteView content) {
  constexpr std::size_t kSeconds = 14;
  const std::string_view text = core::as_text(content);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() > kSeconds && text.ends_with('Z') &&
      std::ranges::all_of(text.substr(0, kSeconds), is_digit)) {
    std::string rfc(text.substr(0, 4));
    rfc.append("-").append(text.substr(4, 2)).append("-").append(text.substr(6, 2));
    rfc.append("T").append(text.substr(8, 2)).append(":").append(text.substr(10, 2));
    rfc.append(":").append(text.substr(12));
    if (const auto time = core::parse_rfc3339(rfc)) return *time;
  }
  return fail(ErrorCode::kMalformed, "the time of a time stamp cannot be read");
}

Result<void> refuse_critical(ByteView extensions) {
  DerReader reader(extensions);
  while (!reader.at_end()) {
    HEYAN_TRY(const DerValue one, reader.next(der::kSequence));
    DerReader inner(one.content);
    HEYAN_CHECK_OK(inner.next(der::kObjectId));
    if (inner.peek_tag() == der::kBoolean) {
      return fail(ErrorCode::kUnsupported, "a time stamp with a critical extension");
    }
  }
  return {};
}

Result<void> read_imprint(ByteView content, TimestampToken& token) {
  DerReader reader(content);
  HEYAN_TRY(const DerValue algorithm, reader.next(der::kSequence));
  HEYAN_TRY(const DerValue digest, reader.next(der::kOctetString));
  HEYAN_CHECK_OK(reader.expect_end());
  const auto hash = cms::digest_algorithm(algorithm.whole);
  if (!hash || *hash == Hash::kSha1) {
    return fail(ErrorCode::kUnsupported, "a time stamp over a digest that is not supported");
  }
  if (digest.content.size() != digest_bytes(*hash)) {
    return fail(ErrorCode::kMalformed, "the imprint of a time stamp has another length");
  }
  token.hash = *hash;
  token.imprint = core::to_bytes(digest.content);
  return {};
}

Result<void> read_info(ByteView der, TimestampToken& token) {
  HEYAN_CHECK_OK(check_der(der));
  HEYAN_TRY(const DerValue whole, cms::only(der, der::kSequence));
  DerReader reader(whole.content);
  HEYAN_TRY(const DerValue version, reader.next(der::kInteger));
  if (core::to_hex(version.content) != "01") {
    return fail(ErrorCode::kUnsupported, "a time stamp of another version");
  }
  HEYAN_CHECK_OK(reader.next(der::kObjectId));  // policy
  HEYAN_TRY(const DerValue imprint, reader.next(der::kSequence));
  HEYAN_CHECK_OK(read_imprint(imprint.content, token));
  HEYAN_CHECK_OK(reader.next(der::kInteger));  // serial number
  HEYAN_TRY(const DerValue time, reader.next(der::kGeneralizedTime));
  HEYAN_TRY(token.time, read_time(time.content));
  // Accuracy, ordering, nonce, tsa: nothing that is judged.
  for (const std::uint8_t tag : {der::kSequence, der::kBoolean, der::kInteger, kAuthorityName}) {
    if (reader.peek_tag() == tag) HEYAN_CHECK_OK(reader.next());
  }
  if (reader.peek_tag() == kExtensions) {
    HEYAN_TRY(const DerValue extensions, reader.next());
    HEYAN_CHECK_OK(refuse_critical(extensions.content));
  }
  return reader.expect_end();
}

// RFC 3161 2.3: extended key usage, critical, with this purpose alone.
bool is_for_time_stamping(const Certificate& certificate) {
  const ErrorQueueGuard guard;
  X509* const x509 = certificate.parsed().x509.get();
  const int at = X509_get_ext_by_NID(x509, NID_ext_key_usage, -1);
  return at >= 0 && X509_EXTENSION_get_critical(X509_get_ext(x509, at)) == 1 &&
         X509_get_extended_key_usage(x509) == XKU_TIMESTAMP;
}

}  // namespace

Result<TimestampToken> read_timestamp(ByteView der, SignatureChecker& checker,
                                      const core::Limits& limits) {
  HEYAN_TRY(CmsMessage message, read_cms(der, checker, limits));
  if (message.content_type != kCmsTimestampInfo || !message.content ||
      message.signers.size() != 1) {
    return fail(ErrorCode::kMalformed, "a CMS message that is no time stamp");
  }
  TimestampToken token;
  HEYAN_CHECK_OK(read_info(*message.content, token));
  CmsSigner& signer = message.signers.front();
  if (signer.certificate && !is_for_time_stamping(*signer.certificate)) {
    return fail(ErrorCode::kUnsupported, "a time stamp by a certificate that is not only for that");
  }
  token.authority = std::move(signer.certificate);
  token.certificates = std::move(message.certificates);
  token.fault = signer.fault;
  return token;
}

}  // namespace heyan::crypto
