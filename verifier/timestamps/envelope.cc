#include "verifier/timestamps/envelope.h"

#include <algorithm>
#include <array>

#include "verifier/crypto/der.h"
#include "verifier/crypto/pem.h"

namespace heyan::timestamps {
namespace {

namespace der = crypto::der;
using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;
using crypto::DerReader;
using crypto::DerValue;

constexpr std::string_view kPemBegin = "-----BEGIN ";
constexpr std::string_view kPemDashes = "-----";
// RFC 7468 9 and 8; the last is how some write a response.
constexpr std::array<std::string_view, 3> kPemLabels = {"CMS", "PKCS7", "TIMESTAMP RESPONSE"};
constexpr std::string_view kWhiteSpace = " \t\r\n";

Bytes without_white_space(std::string_view text) {
  Bytes kept;
  std::ranges::copy_if(text, std::back_inserter(kept),
                       [](char c) { return kWhiteSpace.find(c) == std::string_view::npos; });
  return kept;
}

// DER of whatever form; the bytes themselves where they are neither PEM nor base64.
Result<Bytes> decode(ByteView bytes) {
  if (!bytes.empty() && bytes.front() == der::kSequence && bytes.size() > 1 &&
      (bytes[1] & 0x80) != 0) {
    return core::to_bytes(bytes);
  }
  const std::string_view text = core::as_text(bytes);
  if (text.starts_with(kPemBegin)) {
    for (const std::string_view label : kPemLabels) {
      const std::string line = std::string(kPemBegin) + std::string(label) + "-----";
      if (text.starts_with(line)) return crypto::read_pem(text, label);
    }
    return fail(ErrorCode::kUnsupported, "a PEM block of another label than CMS or PKCS7");
  }
  const Bytes packed = without_white_space(text);
  if (auto decoded = core::from_base64(core::as_text(packed))) return *std::move(decoded);
  return core::to_bytes(bytes);
}

// PKIStatusInfo: granted (0) or grantedWithMods (1) (RFC 3161 2.4.2).
Result<bool> is_granted(ByteView content) {
  DerReader reader(content);
  HEYAN_TRY(const DerValue status, reader.next(der::kInteger));
  HEYAN_TRY(const ByteView number, crypto::der_unsigned(status.content));
  if (reader.peek_tag() == der::kSequence) HEYAN_CHECK_OK(reader.next());   // statusString
  if (reader.peek_tag() == der::kBitString) HEYAN_CHECK_OK(reader.next());  // failInfo
  HEYAN_CHECK_OK(reader.expect_end());
  return number.size() == 1 && number.front() <= 1;
}

Result<Envelope> read_response(DerReader reader) {
  Envelope envelope;
  HEYAN_TRY(const DerValue status, reader.next(der::kSequence));
  HEYAN_TRY(envelope.granted, is_granted(status.content));
  if (!reader.at_end()) {
    HEYAN_TRY(const DerValue token, reader.next(der::kSequence));
    if (envelope.granted) envelope.token = core::to_bytes(token.whole);
  }
  HEYAN_CHECK_OK(reader.expect_end());
  if (envelope.granted && envelope.token.empty()) {
    return fail(ErrorCode::kMalformed, "a response that grants a token and holds none");
  }
  return envelope;
}

Result<Envelope> read_request(DerReader reader) {
  constexpr std::uint8_t kExtensions = 0xa0;  // [0], constructed
  Envelope envelope;
  Request& request = envelope.request.emplace();
  HEYAN_TRY(const DerValue version, reader.next(der::kInteger));
  if (core::to_hex(version.content) != "01") {
    return fail(ErrorCode::kUnsupported, "a request of another version");
  }
  HEYAN_TRY(const DerValue imprint, reader.next(der::kSequence));
  HEYAN_TRY(request.imprint, crypto::read_imprint(imprint.content));
  if (reader.peek_tag() == der::kObjectId) {
    HEYAN_TRY(const DerValue policy, reader.next());
    HEYAN_TRY(request.policy, crypto::der_object_identifier(policy.content));
  }
  if (reader.peek_tag() == der::kInteger) {
    HEYAN_TRY(const DerValue nonce, reader.next());
    request.nonce = core::to_bytes(nonce.content);
  }
  if (reader.peek_tag() == der::kBoolean) HEYAN_CHECK_OK(reader.next());  // certReq
  if (reader.peek_tag() == kExtensions) HEYAN_CHECK_OK(reader.next());
  HEYAN_CHECK_OK(reader.expect_end());
  return envelope;
}

bool contains(ByteView bytes, std::string_view hex) {
  const auto wanted = core::from_hex(hex);
  return wanted && !std::ranges::search(bytes, *wanted).empty();
}

// Does a token or a response begin here, by the first child? An evidence record, which holds
// tokens too, begins with a number.
bool begins_with_name_or_status(ByteView bytes) {
  constexpr std::uint8_t kLong = 0x80;
  constexpr std::uint8_t kOctets = 0x7f;
  if (bytes.size() < 2 || bytes.front() != der::kSequence) return false;
  const std::size_t first = bytes[1] < kLong ? 2 : 2u + (bytes[1] & kOctets);
  return bytes.size() > first && (bytes[first] == der::kObjectId || bytes[first] == der::kSequence);
}

// The object identifiers of SignedData, and behind it of TSTInfo or (in the GM profile) of data.
bool begins_token(ByteView bytes) {
  if (!begins_with_name_or_status(bytes)) return false;
  return (contains(bytes, "06092a864886f70d010702") &&
          contains(bytes, "060b2a864886f70d0109100104")) ||
         (contains(bytes, "060a2a811ccf550601040202") &&
          (contains(bytes, "060a2a811ccf550601040201") ||
           contains(bytes, "060b2a864886f70d0109100104")));
}

}  // namespace

Result<Envelope> open_envelope(ByteView bytes) {
  if (bytes.size() > kMaxBytes) return fail(ErrorCode::kLimit, "a time stamp beyond 256 KiB");
  HEYAN_TRY(const Bytes value, decode(bytes));
  // A token may begin with an indefinite length (RFC 5652 permits BER); its own reader sees to
  // that.
  if (value.size() > 2 && value[1] == 0x80) return Envelope{.token = value, .request = {}};
  DerReader outer(value);
  HEYAN_TRY(const DerValue whole, outer.next(der::kSequence));
  HEYAN_CHECK_OK(outer.expect_end());
  const DerReader inner(whole.content);
  switch (inner.peek_tag()) {
    case der::kObjectId:
      return Envelope{.token = value, .request = {}};
    case der::kSequence:
      return read_response(inner);
    case der::kInteger:
      return read_request(inner);
    default:
      return fail(ErrorCode::kMalformed, "neither a response, nor a token, nor a request");
  }
}

bool looks_like_token(ByteView head) {
  if (begins_token(head)) return true;
  std::string_view text = core::as_text(head);
  if (text.starts_with(kPemBegin)) {
    const std::size_t end = text.find(kPemDashes, kPemBegin.size());
    if (end == std::string_view::npos) return false;
    text.remove_prefix(end + kPemDashes.size());
  }
  Bytes packed = without_white_space(text);
  packed.resize(packed.size() - packed.size() % 4);
  if (const auto dashes = std::ranges::find(packed, '-'); dashes != packed.end()) return false;
  const auto decoded = core::from_base64(core::as_text(packed));
  return decoded && begins_token(*decoded);
}

}  // namespace heyan::timestamps
