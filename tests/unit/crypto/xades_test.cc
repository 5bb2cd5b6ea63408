#include "verifier/crypto/xades.h"

#include <gtest/gtest.h>

namespace heyan::crypto {
namespace {

using core::Bytes;

const Bytes kDocument(32, 0xd0);
const Bytes kPayload(32, 0x9a);
const core::UtcTime kAt = *core::parse_rfc3339("2026-11-20T08:30:00.123Z");

SigningKey new_key() { return *SigningKey::generate(KeyAlgorithm::kEcdsaP256); }
Certificate certificate_of(const SigningKey& key) {
  return *key.self_signed("Test court", *core::parse_rfc3339("2026-01-01T00:00:00Z"),
                          *core::parse_rfc3339("2027-01-01T00:00:00Z"));
}

class XadesTest : public ::testing::Test {
 protected:
  static core::Result<XadesSignature> read(std::string_view element) {
    SignatureChecker checker(production_engines(), core::Limits{});
    return verify_xades(element, checker);
  }
  static bool holds(std::string_view element) {
    const auto seal = read(element);
    return seal && seal->outcome == SignatureOutcome::kValid;
  }
  // With one part of the text replaced by another.
  std::string with(std::string_view part, std::string_view by) const {
    const std::size_t at = element_.find(part);
    EXPECT_NE(at, std::string::npos) << part;
    std::string changed = element_;
    return at == std::string::npos ? changed : changed.replace(at, part.size(), by);
  }

  SigningKey key_ = new_key();
  Certificate certificate_ = certificate_of(key_);
  std::string element_ = *sign_xades(key_, certificate_, kDocument, kPayload, kAt);
};

TEST_F(XadesTest, WhatWasSignedIsRead) {
  const auto seal = read(element_);
  ASSERT_TRUE(seal.has_value()) << seal.error().text;
  EXPECT_EQ(seal->outcome, SignatureOutcome::kValid);
  EXPECT_TRUE(seal->certificate == certificate_);
  EXPECT_EQ(seal->document_sha256, kDocument);
  EXPECT_EQ(seal->payload_sha256, kPayload);
  EXPECT_EQ(seal->at, kAt);
}

TEST_F(XadesTest, NoCharacterPassesChanged) {
  for (std::size_t i = 0; i < element_.size(); ++i) {
    for (const char flip : {'\x01', '\x20', '\x40'}) {
      std::string changed = element_;
      changed[i] = static_cast<char>(changed[i] ^ flip);
      EXPECT_FALSE(holds(changed)) << i;
    }
  }
}

TEST_F(XadesTest, NothingIsMissingOrBesides) {
  for (std::size_t size = 0; size < element_.size(); ++size) {
    EXPECT_FALSE(read(element_.substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(read(element_ + " ").has_value());
  EXPECT_FALSE(read(" " + element_).has_value());
  EXPECT_FALSE(read(element_ + element_).has_value());
  EXPECT_FALSE(read(std::string(100'000, 'A')).has_value());
}

// What another reader of XML would take for the same, or for more.
TEST_F(XadesTest, ThereIsOneForm) {
  const std::vector<std::pair<std::string_view, std::string_view>> changes = {
      {"<ds:SignedInfo", "<!-- --><ds:SignedInfo"},
      {"></ds:CanonicalizationMethod>", "/>"},
      {"URI=\"\"", "URI=\"#report.json\""},
      {"URI=\"\"", "URI=''"},
      {"xmldsig-more#ecdsa-sha256", "xmldsig#hmac-sha1"},
      {"xml-exc-c14n#\"></ds:Can", "xml-exc-c14n#WithComments\"></ds:Can"},
      {"<ds:KeyInfo>", "<ds:KeyInfo><ds:KeyName>court</ds:KeyName>"},
      {"</ds:Object>", "</ds:Object><ds:Object></ds:Object>"},
      {"</xades:QualifyingProperties>",
       "<xades:UnsignedProperties></xades:UnsignedProperties></xades:QualifyingProperties>"},
      {"<ds:DigestValue>0NDQ", "<ds:DigestValue>\n0NDQ"},
      {"<ds:DigestValue>0NDQ", "<ds:DigestValue>&#x30;NDQ"},
      {"urn:heyan:payload:sha-256:9a9a", "urn:heyan:payload:sha-256:9A9A"},
      {"2026-11-20T08:30:00.123Z", "2026-11-20T16:30:00.123+08:00"},
      {"</ds:Transforms>",
       "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/"
       "REC-xpath-19991116\"></ds:Transform></ds:Transforms>"}};
  for (const auto& [part, by] : changes) EXPECT_FALSE(read(with(part, by)).has_value()) << by;
}

TEST_F(XadesTest, ATimeStampStandsBesideWhatIsSigned) {
  const Bytes token(3000, 0x30);
  const std::string stamped = put_xades_time_stamp(element_, token).value();
  const auto seal = read(stamped);
  ASSERT_TRUE(seal.has_value()) << seal.error().text;
  EXPECT_EQ(seal->outcome, SignatureOutcome::kValid);
  EXPECT_EQ(seal->time_stamp, token);
  EXPECT_EQ(seal->signature_sha256, xades_digest_to_stamp(element_).value());
  EXPECT_FALSE(read(element_)->time_stamp.has_value());
  EXPECT_EQ(read(element_)->signature_sha256, xades_digest_to_stamp(element_).value());
}

TEST_F(XadesTest, ThereIsOneTimeStampThatFits) {
  const std::string stamped = put_xades_time_stamp(element_, Bytes(30, 1)).value();
  EXPECT_FALSE(put_xades_time_stamp(stamped, Bytes(30, 1)).has_value());
  EXPECT_FALSE(xades_digest_to_stamp(stamped).has_value());
  EXPECT_FALSE(put_xades_time_stamp("<ds:Signature>", Bytes(30, 1)).has_value());
  EXPECT_EQ(put_xades_time_stamp(element_, Bytes(60'000, 1)).error().code, core::ErrorCode::kLimit);
}

TEST_F(XadesTest, NoCharacterOfAStampedSealPassesChanged) {
  const Bytes token(40, 0x30);
  const std::string stamped = put_xades_time_stamp(element_, token).value();
  for (std::size_t i = 0; i < stamped.size(); ++i) {
    for (const char flip : {'\x01', '\x20', '\x40'}) {
      std::string changed = stamped;
      changed[i] = static_cast<char>(changed[i] ^ flip);
      const auto seal = read(changed);
      EXPECT_FALSE(seal && seal->outcome == SignatureOutcome::kValid && seal->time_stamp == token)
          << i;
    }
  }
  for (std::size_t size = 0; size < stamped.size(); ++size) {
    EXPECT_FALSE(read(stamped.substr(0, size)).has_value()) << size;
  }
}

TEST_F(XadesTest, ATimeStampHasOneForm) {
  element_ = put_xades_time_stamp(element_, Bytes(30, 0)).value();
  const std::vector<std::pair<std::string_view, std::string_view>> changes = {
      {"<xades:EncapsulatedTimeStamp>", "<xades:EncapsulatedTimeStamp Encoding=\"\">"},
      {"<xades:EncapsulatedTimeStamp>", "<xades:EncapsulatedTimeStamp>\n"},
      {"</xades:EncapsulatedTimeStamp>",
       "</xades:EncapsulatedTimeStamp><xades:EncapsulatedTimeStamp>AAAA"
       "</xades:EncapsulatedTimeStamp>"},
      {"<xades:SignatureTimeStamp>", "<xades:SignatureTimeStamp Id=\"t\">"},
      {"</xades:SignatureTimeStamp>",
       "</xades:SignatureTimeStamp><xades:SignatureTimeStamp></xades:SignatureTimeStamp>"},
      {"</xades:UnsignedProperties>",
       "</xades:UnsignedProperties><xades:UnsignedProperties></xades:UnsignedProperties>"},
      {"SignatureTimeStamp><ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/"
       "xml-exc-c14n#\">",
       "SignatureTimeStamp><ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/"
       "REC-xml-c14n-20010315\">"}};
  for (const auto& [part, by] : changes) EXPECT_FALSE(read(with(part, by)).has_value()) << by;
}

// All of one form, and not what was signed.
TEST_F(XadesTest, WhatIsSaidIsWhatWasSigned) {
  const std::string other = *sign_xades(key_, certificate_, Bytes(32, 1), Bytes(32, 2), kAt);
  const auto part = [](const std::string& element, std::string_view begin, std::string_view end) {
    const std::size_t at = element.find(begin);
    return element.substr(at, element.find(end, at) - at);
  };
  for (const auto& [begin, end] : {std::pair{"<ds:SignatureValue>", "</ds:SignatureValue>"},
                                   {"<ds:SignedInfo", "<ds:SignatureValue>"}}) {
    const auto seal = read(with(part(element_, begin, end), part(other, begin, end)));
    EXPECT_TRUE(!seal || seal->outcome == SignatureOutcome::kInvalid) << begin;
  }
  EXPECT_FALSE(holds(with("2026-11-20T08:30:00.123Z", "2026-11-21T08:30:00.123Z")));
  EXPECT_FALSE(holds(with("sha-256:9a9a", "sha-256:9a9b")));
}

TEST_F(XadesTest, AnotherCertificateOfTheSameKeyIsNotTheSigners) {
  const Certificate other =
      *key_.self_signed("Somebody", *core::parse_rfc3339("2026-01-01T00:00:00Z"),
                        *core::parse_rfc3339("2027-01-01T00:00:00Z"));
  EXPECT_FALSE(holds(with(core::to_base64(certificate_.der()), core::to_base64(other.der()))));
}

TEST_F(XadesTest, AnotherKeyThanTheCertificatesSignsNothing) {
  EXPECT_FALSE(sign_xades(new_key(), certificate_, kDocument, kPayload, kAt).has_value());
  const SigningKey sm2 = *SigningKey::generate(KeyAlgorithm::kSm2);
  EXPECT_FALSE(sign_xades(sm2, certificate_of(sm2), kDocument, kPayload, kAt).has_value());
  EXPECT_FALSE(sign_xades(key_, certificate_, Bytes(20, 1), kPayload, kAt).has_value());
  EXPECT_FALSE(sign_xades(key_, certificate_, kDocument, Bytes(), kAt).has_value());
}

}  // namespace
}  // namespace heyan::crypto
