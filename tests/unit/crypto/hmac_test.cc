#include "verifier/crypto/hmac.h"

#include <gtest/gtest.h>

#include <string>

namespace heyan::crypto {
namespace {

std::string mac(const std::string& key, const std::string& message) {
  return core::to_hex(hmac_sha256(core::as_bytes(key), core::as_bytes(message)));
}

// RFC 4231, sections 4.2, 4.3 and 4.7.
TEST(Hmac, PublishedValues) {
  EXPECT_EQ(mac(std::string(20, '\x0b'), "Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(mac("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(mac(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

// GM/T 0042-2015, appendix D.3, as Linux has them (crypto/testmgr.h).
TEST(Hmac, PublishedValuesWithSm3) {
  const auto sm3 = [](const std::string& key, const std::string& message) {
    return core::to_hex(hmac_sm3(core::as_bytes(key), core::as_bytes(message)));
  };
  const std::string counted = core::to_string(
      core::from_hex("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20").value());
  const std::string letters = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
  EXPECT_EQ(sm3(counted, letters + letters),
            "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a");
  EXPECT_EQ(sm3(counted + "\x21\x22\x23\x24\x25", std::string(50, '\xcd')),
            "220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae");
  EXPECT_EQ(sm3(std::string(32, '\x0b'), "Hi There"),
            "c0ba18c68b90c88bc07de794bfc7d2c8d19ec31ed8773bc2b390c9604e0be11e");
  EXPECT_EQ(sm3("Jefe", "what do ya want for nothing?"),
            "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882");
}

TEST(Hmac, NothingIsAKeyAndAMessageToo) {
  EXPECT_EQ(mac("", ""), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Hmac, BothLibrariesMakeTheSameOfKeysOfEveryLength) {
  SignatureChecker checker(production_engines(), {});
  for (const std::size_t length : {0, 1, 63, 64, 65, 200}) {
    const std::string key(length, '\xa5');
    const auto both = hmac_sha256(core::as_bytes(key), core::as_bytes("message"), checker);
    ASSERT_TRUE(both.has_value());
    EXPECT_EQ(core::to_hex(*both), mac(key, "message")) << length;
  }
}

}  // namespace
}  // namespace heyan::crypto
