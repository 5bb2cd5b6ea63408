// A time stamp in a seal, and everything else that could stand in its place.
#include "verifier/crypto/cms_time_stamp.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "verifier/crypto/cms.h"
#include "verifier/crypto/der_writer.h"

namespace heyan::crypto {
namespace {

using core::Bytes;

const Bytes kDocument(32, 0xd0);
const Bytes kPayload(32, 0x9a);

Bytes bytes(std::string_view hex) { return *core::from_hex(hex); }
// A value as a token is one: nothing of it is read here.
Bytes token_of(std::size_t size) {
  Bytes token;
  append_der(token, 0x30, Bytes(size, 0x05));
  return token;
}

class CmsTimeStampTest : public ::testing::Test {
 protected:
  static core::Result<CmsSignature> read(core::ByteView der) {
    SignatureChecker checker(production_engines(), core::Limits{});
    return verify_cms(der, checker);
  }
  // The last bytes of a stamped seal are those of its unsigned attributes.
  Bytes ending(const Bytes& token, std::string_view hex) const {
    Bytes stamped = *put_cms_time_stamp(der_, token);
    const Bytes end = bytes(hex);
    std::ranges::copy(end, stamped.end() - static_cast<std::ptrdiff_t>(end.size()));
    return stamped;
  }

  SigningKey key_ = *SigningKey::generate(KeyAlgorithm::kEcdsaP256);
  Certificate certificate_ =
      *key_.self_signed("Test court", *core::parse_rfc3339("2026-01-01T00:00:00Z"),
                        *core::parse_rfc3339("2027-01-01T00:00:00Z"));
  Bytes der_ = *sign_cms(key_, certificate_, kDocument, kPayload);
};

TEST_F(CmsTimeStampTest, WhatWasPutInIsReadBesideWhatWasSigned) {
  for (const std::size_t size : {0, 5, 200, 5000, 70'000}) {
    const Bytes token = token_of(size);
    const auto stamped = put_cms_time_stamp(der_, token);
    ASSERT_TRUE(stamped.has_value()) << stamped.error().text;
    const auto seal = read(*stamped);
    ASSERT_TRUE(seal.has_value()) << seal.error().text;
    EXPECT_EQ(seal->outcome, SignatureOutcome::kValid);
    EXPECT_EQ(seal->document_sha256, kDocument);
    EXPECT_EQ(seal->time_stamp, token);
    EXPECT_EQ(seal->signature_sha256, cms_digest_to_stamp(der_).value());
    EXPECT_EQ(take_cms_time_stamp(*stamped)->cms, der_);
  }
}

TEST_F(CmsTimeStampTest, WithoutOneNothingChanges) {
  EXPECT_FALSE(read(der_)->time_stamp.has_value());
  EXPECT_EQ(read(der_)->signature_sha256, cms_digest_to_stamp(der_).value());
  EXPECT_EQ(take_cms_time_stamp(der_)->cms, der_);
}

TEST_F(CmsTimeStampTest, ThereIsOneStamp) {
  const Bytes stamped = *put_cms_time_stamp(der_, token_of(5));
  EXPECT_FALSE(put_cms_time_stamp(stamped, token_of(5)).has_value());
  EXPECT_FALSE(cms_digest_to_stamp(stamped).has_value());
}

TEST_F(CmsTimeStampTest, WhatIsNoValueIsNoToken) {
  for (const char* hex : {"", "30", "0500", "3000ff", "30003000", "3001", "30800000", "308100"}) {
    EXPECT_FALSE(put_cms_time_stamp(der_, bytes(hex)).has_value()) << hex;
  }
  for (const char* hex : {"", "3000", "0500", "300fa00d300b3109300702010105000500"}) {
    EXPECT_FALSE(put_cms_time_stamp(bytes(hex), token_of(5)).has_value()) << hex;
  }
}

// Each as long as the attributes of a good one, which end the seal.
TEST_F(CmsTimeStampTest, OtherAttributesAreRefused) {
  constexpr std::string_view kName = "060b2a864886f70d010910020e";
  const auto attribute = [&](const std::string& values) { return std::string(kName) + values; };
  const Bytes token = token_of(19);
  ASSERT_TRUE(read(ending(token, "3024" + attribute("31153013" + std::string(38, '0')))));
  const std::string one = "3011" + attribute("31023000");
  EXPECT_FALSE(read(ending(token, one + one))) << "two of them";
  EXPECT_FALSE(read(ending(token, "3024" + attribute("311530113000" + std::string(30, '0')))));
  EXPECT_FALSE(read(ending(
      token, "3024" + attribute("3115300d" + std::string(26, '0') + "3004" + std::string(8, '0')))))
      << "two values";
  EXPECT_FALSE(read(ending(token, "3024" + attribute("31150413" + std::string(38, '0')))))
      << "no sequence";
  EXPECT_FALSE(read(ending(token, "3024" + attribute("30153013" + std::string(38, '0')))))
      << "no set";
  EXPECT_FALSE(read(ending(token, "3024060b2a864886f70d010910020f31153013" + std::string(38, '0'))))
      << "another name";
}

TEST_F(CmsTimeStampTest, NoByteOfASealPassesChanged) {
  const Bytes token = token_of(40);
  const Bytes stamped = *put_cms_time_stamp(der_, token);
  for (std::size_t i = 0; i < stamped.size(); ++i) {
    for (const std::uint8_t flip : {0x01, 0x20, 0x80}) {
      Bytes changed = stamped;
      changed[i] ^= flip;
      const auto seal = read(changed);
      EXPECT_FALSE(seal && seal->outcome == SignatureOutcome::kValid && seal->time_stamp == token)
          << "byte " << i;
    }
  }
  for (std::size_t size = 0; size < stamped.size(); ++size) {
    EXPECT_FALSE(read(core::ByteView(stamped).first(size)).has_value()) << size;
  }
}

TEST_F(CmsTimeStampTest, LongerFormsOfLengthsAreRefused) {
  Bytes stamped = *put_cms_time_stamp(der_, token_of(5));
  const Bytes name = bytes("060b2a864886f70d010910020e");
  const auto found = std::search(stamped.begin(), stamped.end(), name.begin(), name.end());
  ASSERT_NE(found, stamped.end());
  // The set's length in two octets; what encloses it would be longer, and is not.
  *(found + static_cast<std::ptrdiff_t>(name.size()) + 1) = 0x81;
  EXPECT_FALSE(read(stamped).has_value());
}

}  // namespace
}  // namespace heyan::crypto
