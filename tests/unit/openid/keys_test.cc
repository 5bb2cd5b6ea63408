#include "gateway/openid/keys.h"

#include <gtest/gtest.h>

#include "tests/unit/openid/signed_token.h"

namespace heyan::openid {
namespace {

class KeysTest : public testing::Test {
 protected:
  static std::expected<Keys, Fault> read(Value::Array keys,
                                         Algorithm algorithm = Algorithm::kEs256) {
    return read_keys(core::as_bytes(set_of(std::move(keys))), algorithm);
  }
  Value good(std::string_view kid = "k1") const { return jwk_of(key_, kid); }
  // The good one with a member more, or another value of one.
  Value with(std::string_view name, Value value) const {
    Value::Object all = *good().as_object();
    std::erase_if(all, [&](const auto& member) { return member.first == name; });
    all.emplace_back(std::string(name), std::move(value));
    return Value(std::move(all));
  }
  void expect_passed_over(Value key) const {
    const auto keys = read({std::move(key), good("other")});
    ASSERT_TRUE(keys.has_value());
    EXPECT_EQ(keys->size(), 1u);
    EXPECT_TRUE(keys->contains("other"));
  }

  crypto::SigningKey key_ = crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256).value();
};

TEST_F(KeysTest, AreThoseOfThePinnedAlgorithm) {
  const auto keys = read(
      {good(), jwk_of(crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519).value(), "ed")});
  ASSERT_TRUE(keys.has_value());
  ASSERT_EQ(keys->size(), 1u);
  EXPECT_TRUE(keys->find("k1")->second == key_.public_key());
  EXPECT_EQ(read({with("alg", "ES256")})->size(), 1u);
  EXPECT_EQ(read({with("key_ops", Value(Value::Array{"verify"}))})->size(), 1u);
  EXPECT_EQ(read({good()}, Algorithm::kRs256)->size(), 0u);
  EXPECT_EQ(read({})->size(), 0u);
}

TEST_F(KeysTest, OthersArePassedOver) {
  expect_passed_over(with("use", "enc"));
  expect_passed_over(with("use", 1));
  expect_passed_over(with("alg", "ES384"));
  expect_passed_over(with("alg", "RS256"));
  expect_passed_over(with("key_ops", Value(Value::Array{"sign"})));
  expect_passed_over(with("key_ops", "verify"));
  expect_passed_over(with("kty", "RSA"));
  expect_passed_over(with("kty", "unheard-of"));
  expect_passed_over(with("crv", "P-384"));
  expect_passed_over(with("crv", "secp256k1"));
  expect_passed_over(with("kid", ""));
  expect_passed_over(with("kid", 1));
  expect_passed_over(with("kid", std::string(257, 'k')));
}

TEST_F(KeysTest, PointsAreOnTheirCurve) {
  expect_passed_over(with("x", core::to_base64url(core::Bytes(32, 0))));
  expect_passed_over(with("x", core::to_base64url(core::Bytes(32, 0xff))));
  expect_passed_over(with("y", core::to_base64url(core::Bytes(31, 1))));
  expect_passed_over(with("y", core::to_base64url(core::Bytes(33, 0))));
  expect_passed_over(with("y", "not base64url!"));
  expect_passed_over(with("y", Value()));
}

TEST_F(KeysTest, OfRsaAreOf2048BitsAtLeast) {
  const auto rsa = [](std::size_t bytes, std::uint8_t first, core::Bytes exponent = {1, 0, 1}) {
    core::Bytes modulus(bytes, 0xa5);
    modulus.front() = first;
    Value key;
    key.set("kty", "RSA")
        .set("kid", "r")
        .set("n", core::to_base64url(modulus))
        .set("e", core::to_base64url(exponent));
    return key;
  };
  for (const Algorithm algorithm : {Algorithm::kRs256, Algorithm::kPs256}) {
    EXPECT_EQ(read({rsa(256, 0xc5)}, algorithm)->size(), 1u);
    EXPECT_EQ(read({rsa(128, 0xc5)}, algorithm)->size(), 0u);
    EXPECT_EQ(read({rsa(256, 0x01)}, algorithm)->size(), 0u);
    EXPECT_EQ(read({rsa(257, 0x00)}, algorithm)->size(), 0u);
    EXPECT_EQ(read({rsa(1024, 0xc5)}, algorithm)->size(), 0u);
    EXPECT_EQ(read({rsa(256, 0xc5, {1})}, algorithm)->size(), 0u);
    EXPECT_EQ(read({rsa(256, 0xc5, {2})}, algorithm)->size(), 0u);
    EXPECT_EQ(read({rsa(256, 0xc5, {0, 1, 0, 1})}, algorithm)->size(), 0u);
    EXPECT_EQ(read({rsa(256, 0xc5, {})}, algorithm)->size(), 0u);
  }
}

TEST_F(KeysTest, ASetWithAPrivateKeyIsNotBelieved) {
  for (const char* secret : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
    const auto keys = read({good("other"), with(secret, "AAAA")});
    ASSERT_FALSE(keys.has_value()) << secret;
    EXPECT_EQ(keys.error(), Fault::kKeysPrivate);
  }
  EXPECT_EQ(read({with("kty", "oct")}).error(), Fault::kKeysPrivate);
}

TEST_F(KeysTest, NorOneWithTwoKeysOfAName) {
  EXPECT_EQ(read({good(), good()}).error(), Fault::kKeysAmbiguous);
  EXPECT_EQ(read({with("use", "enc"), good()}).error(), Fault::kKeysAmbiguous);
}

TEST_F(KeysTest, NorAThousand) {
  Value::Array many;
  for (int i = 0; i < 33; ++i) many.push_back(good("k" + std::to_string(i)));
  EXPECT_EQ(read(many).error(), Fault::kKeysMany);
  many.pop_back();
  EXPECT_EQ(read(many)->size(), 32u);
  for (int i = 0; i < 1000; ++i) many.push_back(good("m" + std::to_string(i)));
  EXPECT_FALSE(read(many).has_value());
}

TEST_F(KeysTest, NorWhatIsNoSet) {
  const std::string set = set_of({good()});
  for (const std::string& text :
       {std::string(), std::string("{}"), std::string("[]"), std::string(R"({"keys":{}})"),
        std::string(R"({"keys":[1]})"), std::string(R"({"keys":["k"]})"), set + "x",
        R"({"keys":[],)" + set.substr(1), "\xef\xbb\xbf" + set, set.substr(0, set.size() - 1)}) {
    const auto keys = read_keys(core::as_bytes(text), Algorithm::kEs256);
    ASSERT_FALSE(keys.has_value()) << text;
    EXPECT_EQ(keys.error(), Fault::kKeysForm);
  }
}

TEST(Algorithms, HaveNames) {
  for (const char* known : {"ES256", "RS256", "PS256", "EdDSA"})
    EXPECT_EQ(name(algorithm_by_name(known).value()), known);
  for (const char* none : {"none", "HS256", "es256", ""}) EXPECT_FALSE(algorithm_by_name(none));
}

}  // namespace
}  // namespace heyan::openid
