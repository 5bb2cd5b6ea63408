#include "verifier/transparency/note_key.h"

#include <gtest/gtest.h>

#include "tests/unit/transparency/vectors.h"
#include "verifier/crypto/signing.h"

namespace heyan::transparency {
namespace {

using core::ErrorCode;

constexpr std::string_view kExample =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

ErrorCode refusal(std::string_view vkey) {
  const auto verifier = NoteVerifier::parse(vkey);
  EXPECT_FALSE(verifier) << vkey;
  return verifier ? ErrorCode::kInternal : verifier.error().code;
}

std::string with_key(core::ByteView typed, std::string_view id = "530d903a") {
  return "example.com/foo+" + std::string(id) + "+" + core::to_base64(typed);
}

core::Bytes typed_example() {
  return core::from_base64(kExample.substr(kExample.rfind('+') + 1)).value();
}

TEST(NoteKey, ExampleOfTheSpecification) {
  const auto verifier = NoteVerifier::parse(kExample);
  ASSERT_TRUE(verifier);
  EXPECT_EQ(verifier->name(), "example.com/foo");
  EXPECT_EQ(verifier->type(), NoteKeyType::kEd25519);
  EXPECT_EQ(core::to_hex(verifier->id()), "530d903a");
  EXPECT_EQ(verifier->encode(), kExample);
}

TEST(NoteKey, RealKeysSurvive) {
  // The base64 of the first holds a "+".
  for (const char* policy : {"sumdb/policy.txt", "court-log/policy-3of5.txt"}) {
    const test::Keys keys = test::read_keys(policy);
    for (const auto* list : {&keys.log, &keys.witnesses}) {
      for (const NoteVerifier& verifier : *list) {
        EXPECT_EQ(NoteVerifier::parse(verifier.encode()), verifier);
        EXPECT_EQ(verifier.type() == NoteKeyType::kCosignature, list == &keys.witnesses);
      }
    }
  }
}

TEST(NoteKey, OneKeyHasAnIdForEachNameAndType) {
  const auto key = NoteVerifier::parse(kExample).value().key();
  const auto made = NoteVerifier::make("example.com/foo", NoteKeyType::kEd25519, key);
  EXPECT_EQ(made.value().encode(), kExample);
  EXPECT_NE(key_id("example.com/foo", NoteKeyType::kCosignature, key), made->id());
  EXPECT_NE(key_id("example.com/fo", NoteKeyType::kEd25519, key), made->id());
}

TEST(NoteKey, WhatIsNoVkeyIsRefused) {
  const std::string good(kExample);
  for (const std::string& bad : std::vector<std::string>{
           std::string(), std::string("+"), std::string("++"), std::string("example.com/foo"),
           std::string("example.com/foo+530d903a"), good.substr(1), " " + good, good + "\n",
           good + "=", good + "+", good.substr(0, good.size() - 1),
           "+530d903a" + good.substr(good.rfind('+'))}) {
    EXPECT_EQ(refusal(bad), ErrorCode::kMalformed);
  }
}

TEST(NoteKey, TheIdMustBeThatOfTheKey) {
  const core::Bytes typed = typed_example();
  EXPECT_TRUE(NoteVerifier::parse(with_key(typed)));
  for (const std::string_view id :
       {"530d903b", "530D903A", "530d903", "0530d903a", "530d903a00", "530d903g", "00000000", ""}) {
    EXPECT_EQ(refusal(with_key(typed, id)), ErrorCode::kMalformed) << id;
  }
}

TEST(NoteKey, OtherTypesAreNotSupported) {
  core::Bytes typed = typed_example();
  for (const int type : {0x00, 0x02, 0x03, 0x05, 0x06, 0xfa, 0xff}) {
    typed[0] = static_cast<std::uint8_t>(type);
    EXPECT_EQ(refusal(with_key(typed)), ErrorCode::kUnsupported) << type;
  }
  typed[0] = 0x04;  // a known type, of which this is not the id
  EXPECT_EQ(refusal(with_key(typed)), ErrorCode::kMalformed);
}

TEST(NoteKey, KeysOfAnotherLengthOrOfSmallOrderAreRefused) {
  core::Bytes typed = typed_example();
  typed.push_back(0);
  EXPECT_EQ(refusal(with_key(typed)), ErrorCode::kMalformed);
  typed.resize(32);
  EXPECT_EQ(refusal(with_key(typed)), ErrorCode::kMalformed);
  EXPECT_EQ(refusal(with_key(core::Bytes{0x01})), ErrorCode::kMalformed);
  core::Bytes neutral(33);
  neutral[0] = neutral[1] = 0x01;
  EXPECT_EQ(refusal(with_key(neutral)), ErrorCode::kMalformed);
  const auto p256 = crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256).value();
  EXPECT_EQ(NoteVerifier::make("a", NoteKeyType::kEd25519, p256.public_key()).error().code,
            ErrorCode::kMalformed);
}

TEST(NoteKey, Names) {
  for (const std::string_view good : {"a", "example.com/log", "PeterNeumann", "中文", "a\x7f"}) {
    EXPECT_TRUE(is_key_name(good)) << good;
  }
  for (const std::string_view bad :
       {"", " ", "a b", "a+b", "a\tb", "a\nb", "a\u00a0b", "a\u3000", "\u2003a", "a\u2028b",
        "a\u0085", "\u1680", "\u205f", "\u202f", "\xff", "a\xc3"}) {
    EXPECT_FALSE(is_key_name(bad)) << bad;
  }
  EXPECT_FALSE(is_key_name(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace heyan::transparency
