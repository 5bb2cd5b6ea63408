#include "verifier/crypto/timestamp.h"

#include <algorithm>
#include <utility>

#include "verifier/crypto/certificate_purpose.h"
#include "verifier/crypto/cms_attributes.h"
#include "verifier/crypto/der.h"

namespace heyan::crypto {
namespace {

using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::uint8_t kMillis = 0x80;         // [0], primitive
constexpr std::uint8_t kMicros = 0x81;         // [1], primitive
constexpr std::uint8_t kAuthorityName = 0xa0;  // [0], constructed
constexpr std::uint8_t kExtensions = 0xa1;     // [1], constructed

// GeneralizedTime "20260301080000Z", with a fraction of a second or without, but none that ends in
// zero (RFC 3161 2.4.2).
std::optional<core::UtcTime> read_time(ByteView content) {
  constexpr std::size_t kSeconds = 14;
  const std::string_view text = core::as_text(content);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() <= kSeconds || !text.ends_with('Z') ||
      !std::ranges::all_of(text.substr(0, kSeconds), is_digit)) {
    return std::nullopt;
  }
  if (text.size() > kSeconds + 1 && text[text.size() - 2] == '0') return std::nullopt;
  std::string rfc(text.substr(0, 4));
  rfc.append("-").append(text.substr(4, 2)).append("-").append(text.substr(6, 2));
  rfc.append("T").append(text.substr(8, 2)).append(":").append(text.substr(10, 2));
  rfc.append(":").append(text.substr(12));
  return core::parse_rfc3339(rfc);
}

// A number of at most `most`.
Result<std::uint32_t> read_number(ByteView content, std::uint32_t most) {
  HEYAN_TRY(const ByteView magnitude, der_unsigned(content));
  std::uint64_t value = 0;
  if (magnitude.size() > sizeof(std::uint32_t)) {
    return fail(ErrorCode::kLimit, "the accuracy of a time stamp is too large a number");
  }
  for (const std::uint8_t octet : magnitude) value = value << 8 | octet;
  if (value > most) return fail(ErrorCode::kMalformed, "the accuracy of a time stamp");
  return static_cast<std::uint32_t>(value);
}

Result<std::chrono::microseconds> read_accuracy(ByteView content) {
  constexpr std::uint32_t kThousand = 999;
  DerReader reader(content);
  std::chrono::microseconds sum{0};
  if (reader.peek_tag() == der::kInteger) {
    HEYAN_TRY(const DerValue value, reader.next());
    HEYAN_TRY(const std::uint32_t seconds, read_number(value.content, UINT32_MAX));
    sum += std::chrono::seconds(seconds);
  }
  if (reader.peek_tag() == kMillis) {
    HEYAN_TRY(const DerValue value, reader.next());
    HEYAN_TRY(const std::uint32_t millis, read_number(value.content, kThousand));
    sum += std::chrono::milliseconds(millis);
  }
  if (reader.peek_tag() == kMicros) {
    HEYAN_TRY(const DerValue value, reader.next());
    HEYAN_TRY(const std::uint32_t micros, read_number(value.content, kThousand));
    sum += std::chrono::microseconds(micros);
  }
  HEYAN_CHECK_OK(reader.expect_end());
  return sum;
}

// None is known, so none may be critical.
Result<bool> has_critical(ByteView extensions) {
  DerReader reader(extensions);
  bool found = false;
  while (!reader.at_end()) {
    HEYAN_TRY(const DerValue one, reader.next(der::kSequence));
    DerReader inner(one.content);
    HEYAN_CHECK_OK(inner.next(der::kObjectId));
    if (inner.peek_tag() == der::kBoolean) {
      HEYAN_CHECK_OK(inner.next());
      found = true;  // DER writes no FALSE
    }
    HEYAN_CHECK_OK(inner.next(der::kOctetString));
    HEYAN_CHECK_OK(inner.expect_end());
  }
  return found;
}

// The TSTInfo of a token, field after field.
class InfoReader {
 public:
  explicit InfoReader(TimestampToken& token) : token_(token) {}

  // `authority` becomes the GeneralName of whoever the token says stamped it; empty: nobody.
  Result<void> read(ByteView der, core::Bytes& authority) {
    HEYAN_CHECK_OK(check_der(der));
    HEYAN_TRY(const DerValue whole, cms::only(der, der::kSequence));
    DerReader reader(whole.content);
    HEYAN_TRY(const DerValue version, reader.next(der::kInteger));
    if (core::to_hex(version.content) != "01") {
      token_.faults.insert(TimestampFault::kVersion);
      return {};
    }
    TimestampInfo& info = token_.info.emplace();
    HEYAN_CHECK_OK(read_needed(reader, info));
    HEYAN_CHECK_OK(read_optional(reader, info, authority));
    return reader.expect_end();
  }

 private:
  Result<void> read_needed(DerReader& reader, TimestampInfo& info) {
    HEYAN_TRY(const DerValue policy, reader.next(der::kObjectId));
    HEYAN_TRY(info.policy, der_object_identifier(policy.content));
    HEYAN_TRY(const DerValue imprint, reader.next(der::kSequence));
    HEYAN_TRY(MessageImprint stamped, read_imprint(imprint.content));
    if (stamped.hash && stamped.digest.size() != digest_bytes(*stamped.hash)) {
      token_.faults.insert(TimestampFault::kImprintLength);
    }
    info.hash = stamped.hash;
    info.imprint = std::move(stamped.digest);
    HEYAN_TRY(const DerValue serial, reader.next(der::kInteger));
    info.serial = core::to_bytes(serial.content);
    HEYAN_TRY(const DerValue time, reader.next(der::kGeneralizedTime));
    if (const auto read = read_time(time.content)) {
      info.time = *read;
    } else {
      token_.faults.insert(TimestampFault::kTime);
    }
    return {};
  }

  Result<void> read_optional(DerReader& reader, TimestampInfo& info, core::Bytes& authority) {
    if (reader.peek_tag() == der::kSequence) {
      HEYAN_TRY(const DerValue accuracy, reader.next());
      HEYAN_TRY(info.accuracy, read_accuracy(accuracy.content));
    }
    if (reader.peek_tag() == der::kBoolean) HEYAN_CHECK_OK(reader.next());  // ordering
    if (reader.peek_tag() == der::kInteger) {
      HEYAN_TRY(const DerValue nonce, reader.next());
      info.nonce = core::to_bytes(nonce.content);
    }
    if (reader.peek_tag() == kAuthorityName) {
      HEYAN_TRY(const DerValue name, reader.next());
      authority = core::to_bytes(name.content);
    }
    if (reader.peek_tag() == kExtensions) {
      HEYAN_TRY(const DerValue extensions, reader.next());
      HEYAN_TRY(const bool critical, has_critical(extensions.content));
      if (critical) token_.faults.insert(TimestampFault::kCriticalExtension);
    }
    return {};
  }

  TimestampToken& token_;
};

// RFC 3161 2.3 and 2.4.2 (tsa).
void judge_certificate(const Certificate& certificate, ByteView authority, TimestampToken& token) {
  const Purpose purpose = purpose_of(certificate);
  if (!purpose.only_time_stamping) {
    token.faults.insert(TimestampFault::kUsage);
  } else if (!purpose.critical) {
    token.faults.insert(TimestampFault::kUsageNotCritical);
  }
  if (!purpose.only_signatures) token.faults.insert(TimestampFault::kKeyUsage);
  if (!authority.empty() && !goes_by_name(certificate, authority)) {
    token.faults.insert(TimestampFault::kAuthorityName);
  }
}

}  // namespace

std::optional<Hash> hash_algorithm(ByteView algorithm_identifier) {
  return cms::imprint_algorithm(algorithm_identifier);
}

core::UtcTime existed_by(const TimestampInfo& info) {
  return info.time + std::chrono::ceil<std::chrono::milliseconds>(
                         info.accuracy.value_or(std::chrono::microseconds{0}));
}

Result<MessageImprint> read_imprint(ByteView content) {
  DerReader reader(content);
  HEYAN_TRY(const DerValue algorithm, reader.next(der::kSequence));
  HEYAN_TRY(const DerValue digest, reader.next(der::kOctetString));
  HEYAN_CHECK_OK(reader.expect_end());
  return MessageImprint{.hash = hash_algorithm(algorithm.whole),
                        .digest = core::to_bytes(digest.content)};
}

Result<TimestampToken> read_timestamp(ByteView der, SignatureChecker& checker,
                                      const core::Limits& limits, const CmsReading& reading) {
  HEYAN_TRY(CmsMessage message, read_cms(der, checker, limits, reading));
  TimestampToken token;
  token.gm = message.gm;
  if (message.signers.size() != 1) token.faults.insert(TimestampFault::kSignerCount);
  const bool is_info =
      message.content_type == kCmsTimestampInfo || (message.gm && message.content_type == kGmData);
  core::Bytes authority;
  if (is_info && message.content) {
    HEYAN_CHECK_OK(InfoReader(token).read(*message.content, authority));
  } else {
    token.faults.insert(TimestampFault::kContentType);
  }
  token.signer = std::move(message.signers.front());
  token.certificates = std::move(message.certificates);
  if (token.signer.certificate) judge_certificate(*token.signer.certificate, authority, token);
  return token;
}

}  // namespace heyan::crypto
