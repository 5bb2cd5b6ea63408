#include "verifier/crypto/cms_time_stamp.h"

#include <array>

#include "verifier/crypto/cms_oids.h"
#include "verifier/crypto/der.h"
#include "verifier/crypto/der_writer.h"
#include "verifier/crypto/digest.h"

namespace heyan::crypto {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::uint8_t kContext0 = 0xa0;
constexpr std::uint8_t kContext1 = 0xa1;
// From the whole to the signer: ContentInfo, its [0], SignedData, signerInfos, SignerInfo. Each is
// the last value of the one before.
constexpr std::array kWay = {der::kSequence, kContext0, der::kSequence, der::kSet, der::kSequence};

struct Last {
  ByteView before;
  DerValue value;
};

Result<Last> last_of(ByteView content) {
  DerReader reader(content);
  Last last;
  do {
    HEYAN_TRY(last.value, reader.next());
  } while (!reader.at_end());
  last.before = content.first(content.size() - last.value.whole.size());
  return last;
}

struct Opened {
  std::array<ByteView, kWay.size()> before;
  ByteView signer;  // content of the SignerInfo
};

Result<Opened> open(ByteView cms) {
  Opened opened;
  opened.signer = cms;
  for (std::size_t i = 0; i < kWay.size(); ++i) {
    HEYAN_TRY(const Last last, last_of(opened.signer));
    if (last.value.tag != kWay[i]) {
      return fail(ErrorCode::kMalformed, "the signature is not of the one form");
    }
    opened.before[i] = last.before;
    opened.signer = last.value.content;
  }
  return opened;
}

// The same with another signer.
Bytes closed(const Opened& opened, Bytes signer) {
  for (std::size_t i = kWay.size(); i-- > 0;) {
    Bytes outer = core::to_bytes(opened.before[i]);
    append_der(outer, kWay[i], signer);
    signer = std::move(outer);
  }
  return signer;
}

Result<DerValue> only(ByteView content, std::uint8_t tag) {
  DerReader reader(content);
  HEYAN_TRY(const DerValue value, reader.next(tag));
  HEYAN_CHECK_OK(reader.expect_end());
  return value;
}

// What is signed by whom ends with the SignatureValue.
Result<ByteView> signature_value(const Opened& opened) {
  HEYAN_TRY(const Last last, last_of(opened.signer));
  if (last.value.tag == der::kOctetString) return last.value.content;
  return fail(ErrorCode::kMalformed, "the signature has unsigned attributes already");
}

// Content of unsignedAttrs.
Result<Bytes> token_in(ByteView attributes) {
  HEYAN_TRY(const DerValue attribute, only(attributes, der::kSequence));
  DerReader reader(attribute.content);
  HEYAN_TRY(const DerValue name, reader.next(der::kObjectId));
  HEYAN_TRY(const DerValue values, reader.next(der::kSet));
  HEYAN_CHECK_OK(reader.expect_end());
  if (core::to_hex(name.content) != cms::kSignatureTimeStamp) {
    return fail(ErrorCode::kUnknown, "the seal has an attribute that seals do not have");
  }
  HEYAN_TRY(const DerValue token, only(values.content, der::kSequence));
  return core::to_bytes(token.whole);
}

}  // namespace

Result<Bytes> cms_digest_to_stamp(ByteView cms) {
  HEYAN_TRY(const Opened opened, open(cms));
  HEYAN_TRY(const ByteView value, signature_value(opened));
  return sha256(value);
}

Result<Bytes> put_cms_time_stamp(ByteView cms, ByteView token) {
  HEYAN_TRY(const Opened opened, open(cms));
  HEYAN_CHECK_OK(signature_value(opened));
  HEYAN_CHECK_OK(only(token, der::kSequence));
  Bytes attribute;
  append_der(attribute, der::kObjectId, *core::from_hex(cms::kSignatureTimeStamp));
  append_der(attribute, der::kSet, token);
  Bytes attributes;
  append_der(attributes, der::kSequence, attribute);
  Bytes signer = core::to_bytes(opened.signer);
  append_der(signer, kContext1, attributes);
  return closed(opened, std::move(signer));
}

Result<StampedCms> take_cms_time_stamp(ByteView cms) {
  HEYAN_TRY(const Opened opened, open(cms));
  HEYAN_TRY(const Last last, last_of(opened.signer));
  if (last.value.tag != kContext1) return StampedCms{.cms = core::to_bytes(cms), .token = {}};
  HEYAN_TRY(Bytes token, token_in(last.value.content));
  Bytes without = closed(opened, core::to_bytes(last.before));
  HEYAN_TRY(const Bytes again, put_cms_time_stamp(without, token));
  if (!core::equal(again, cms)) {
    return fail(ErrorCode::kNotCanonical, "the seal is not written as it must be");
  }
  return StampedCms{.cms = std::move(without), .token = std::move(token)};
}

}  // namespace heyan::crypto
