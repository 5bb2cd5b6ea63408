// Salted commitments: what opens one, and what does not.
#include "verifier/disclosure.h"

#include <gtest/gtest.h>

#include <set>

#include "verifier/crypto/digest.h"

namespace heyan {
namespace {

const std::string kKey(32, 'k');

Disclosure name_of_first() { return disclose(kKey, "/parties/0/name", "张三"); }

std::string b64(std::string_view text) { return core::to_base64url(core::as_bytes(text)); }

TEST(Disclosure, IsTheCanonicalArrayAndItsCommitmentTheDigestOfThat) {
  const Disclosure one = name_of_first();
  const std::string text = encode_disclosure(one);
  EXPECT_EQ(text, b64("[\"" + core::to_base64url(one.salt) + "\",\"/parties/0/name\",\"张三\"]"));
  EXPECT_EQ(commitment_to(one), crypto::sha256(core::as_bytes(text)));
  EXPECT_EQ(parse_disclosure(text), one);
}

// Computed with another implementation:
//   python3: hmac.new(b"k"*32, b"/parties/0/name", "sha256").digest(), then base64url and SHA-256.
TEST(Disclosure, AnotherImplementationGivesTheSame) {
  const Disclosure one = name_of_first();
  EXPECT_EQ(core::to_hex(one.salt),
            "a3868fb52a23bc7503329ab4578c66c417ca5136f2e0a6d3654c288246932450");
  EXPECT_EQ(core::to_hex(commitment_to(one)),
            "b155e846f9a550af8114a97b2e8d0798a3d6e8173be0f4708b83590ff54f902e");
}

// Whoever guesses the value lacks 32 bytes that are of this place in this case alone.
TEST(Disclosure, SaltsDifferByPlaceAndByCase) {
  std::set<core::Bytes> salts;
  std::set<core::Bytes> commitments;
  for (const std::string& key : {kKey, std::string(32, 'l'), std::string(31, 'k') + 'l'}) {
    for (const char* place : {"/parties/0/name", "/parties/1/name", "/submitter/name",
                              "/evidence/0/claims/who", "/evidence/00/claims/who"}) {
      const Disclosure one = disclose(key, place, "张三");
      EXPECT_EQ(one.salt.size(), kSaltBytes);
      EXPECT_TRUE(salts.insert(one.salt).second) << place;
      EXPECT_TRUE(commitments.insert(commitment_to(one)).second) << place;
    }
  }
}

TEST(Disclosure, EachOfItsPartsIsCommittedTo) {
  const Disclosure good = name_of_first();
  Disclosure other = good;
  other.value = "张四";
  EXPECT_NE(commitment_to(other), commitment_to(good));
  other = good;
  other.pointer = "/parties/1/name";
  EXPECT_NE(commitment_to(other), commitment_to(good));
  for (std::size_t i = 0; i < kSaltBytes; ++i) {
    other = good;
    other.salt[i] ^= 1;
    EXPECT_NE(commitment_to(other), commitment_to(good)) << i;
  }
}

TEST(Disclosure, HasOneSpelling) {
  const std::string salt = core::to_base64url(name_of_first().salt);
  const auto array = [](const std::string& first, const std::string& others) {
    return b64("[\"" + first + "\"," + others + "]");
  };
  const std::string rest = R"("/parties/0/name","Zhang San")";
  ASSERT_TRUE(parse_disclosure(array(salt, rest)));
  const std::vector<std::string> wrong = {
      "",
      "*",
      array(salt, rest) + "=",
      array(salt, rest) + "\n",
      b64("[\"" + salt + "\", " + rest + "]"),
      b64("[\"" + salt + "\"," + rest + "] "),
      b64(" [\"" + salt + "\"," + rest + "]"),
      array(salt, R"("/parties/0/name","Zhang\u0020San")"),
      array(salt, R"("\/parties/0/name","Zhang San")"),
      array(salt, R"("/parties/0/name","Zhang San","more")"),
      array(salt, R"("/parties/0/name")"),
      array(salt, R"("/parties/0/name",7)"),
      array(salt, R"("/parties/0/name",null)"),
      array(salt, R"("/parties/0/name",["Zhang San"])"),
      array(salt, "7,\"Zhang San\""),
      array(salt + "=", rest),
      array(salt.substr(0, 22), rest),  // 16 bytes
      array(salt + salt, rest),
      array("", rest),
      b64("{\"salt\":\"" + salt + "\"}"),
      b64("null"),
      b64("[\"" + salt + "\",\"/parties/0/name\",\"\xff\"]"),
  };
  for (const std::string& other : wrong) EXPECT_FALSE(parse_disclosure(other)) << other;
}

TEST(Disclosure, AValueThatIsNotUtf8IsShownAsOthersShowIt) {
  const Disclosure one = disclose(kKey, "/submitter/name", "Zh\xff");
  EXPECT_EQ(one.value, "Zh⟨0xFF⟩");
  EXPECT_EQ(parse_disclosure(encode_disclosure(one)), one);
}

}  // namespace
}  // namespace heyan
