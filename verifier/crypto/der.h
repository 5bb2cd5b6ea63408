// DER, strictly: a reader of tag-length-value and a check that a whole structure is canonical.
//
// Threat: OpenSSL keeps the original bytes of certificates and signs over them, and so accepts BER;
// two readers of one certificate could then differ. Lengths are compared with what remains; nothing
// is allocated. Source: ITU-T X.690 sections 8 and 10. Pure, any thread.
#pragma once

#include <string>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::crypto {

namespace der {
inline constexpr std::uint8_t kBoolean = 0x01;
inline constexpr std::uint8_t kInteger = 0x02;
inline constexpr std::uint8_t kBitString = 0x03;
inline constexpr std::uint8_t kOctetString = 0x04;
inline constexpr std::uint8_t kNull = 0x05;
inline constexpr std::uint8_t kObjectId = 0x06;
inline constexpr std::uint8_t kUtcTime = 0x17;
inline constexpr std::uint8_t kGeneralizedTime = 0x18;
inline constexpr std::uint8_t kSequence = 0x30;
inline constexpr std::uint8_t kSet = 0x31;
}  // namespace der

struct DerValue {
  std::uint8_t tag = 0;
  core::ByteView content;
  core::ByteView whole;  // tag and length included
};

class DerReader {
 public:
  explicit DerReader(core::ByteView bytes) : bytes_(bytes) {}

  bool at_end() const { return bytes_.empty(); }
  // The tag that comes next; 0 at the end.
  std::uint8_t peek_tag() const { return bytes_.empty() ? 0 : bytes_.front(); }
  // Tags below 31 only, definite lengths in their shortest form.
  core::Result<DerValue> next();
  core::Result<DerValue> next(std::uint8_t tag);
  core::Result<void> expect_end() const;

 private:
  core::ByteView bytes_;
};

// The magnitude of a non-negative INTEGER, without its leading zero octet; kNotCanonical where it
// is negative, empty or not minimal. Zero is one zero octet.
core::Result<core::ByteView> der_unsigned(core::ByteView content);

// An OBJECT IDENTIFIER as people write it, "1.2.840.113549"; kMalformed, kNotCanonical, and kLimit
// for an arc beyond 63 bits or more than 64 octets.
core::Result<std::string> der_object_identifier(core::ByteView content);

// One value over all of `bytes`, canonical throughout (not inside OCTET STRING and BIT STRING):
// minimal lengths and integers, booleans 00 or FF, unused bits zero, SET OF in order; nested at
// most 24 deep.
core::Result<void> check_der(core::ByteView bytes);

}  // namespace heyan::crypto
