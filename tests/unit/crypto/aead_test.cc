#include "verifier/crypto/aead.h"

#include <botan/aead.h>
#include <gtest/gtest.h>

namespace heyan::crypto {
namespace {

using core::Bytes;
using core::ByteView;

Bytes hex(std::string_view digits) { return core::from_hex(digits).value(); }

const Bytes kKey = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
const Bytes kNonce = hex("cafebabefacedbaddecaf888");

// Test case 16 of McGrew and Viega, "The Galois/Counter Mode of Operation (GCM)", appendix B.
TEST(Aes256Gcm, GivesWhatItsAuthorsPublished) {
  const Bytes beside = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const Bytes message =
      hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e24"
          "49a6b525b16aedf5aa0de657ba637b39");
  const Bytes sealed =
      hex("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b10"
          "56828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
  EXPECT_EQ(seal_with(Aead::kAes256Gcm, kKey, kNonce, beside, message), sealed);
  EXPECT_EQ(open_with(Aead::kAes256Gcm, kKey, kNonce, beside, sealed), message);
}

// Test case 13: nothing beside it, and an empty message.
TEST(Aes256Gcm, AnEmptyMessageHasItsTag) {
  const Bytes zero(32);
  const Bytes sealed = hex("530f8afbc74536b9a963b4f1c4cb738b");
  EXPECT_EQ(seal_with(Aead::kAes256Gcm, zero, Bytes(12), {}, {}), sealed);
  EXPECT_EQ(open_with(Aead::kAes256Gcm, zero, Bytes(12), {}, sealed), Bytes());
}

// RFC 8998, appendix A.1.
TEST(Sm4Gcm, GivesWhatRfc8998Publishes) {
  ASSERT_TRUE(is_there(Aead::kSm4Gcm));
  const Bytes key = hex("0123456789abcdeffedcba9876543210");
  const Bytes nonce = hex("00001234567800000000abcd");
  const Bytes beside = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const Bytes message =
      hex("aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
          "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa");
  const Bytes sealed =
      hex("17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
          "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
          "83de3541e4c2b58177e065a9bf7b62ec");
  EXPECT_EQ(seal_with(Aead::kSm4Gcm, key, nonce, beside, message), sealed);
  EXPECT_EQ(open_with(Aead::kSm4Gcm, key, nonce, beside, sealed), message);
}

struct Published {
  std::string_view key;
  std::string_view nonce;
  std::string_view message;
  std::string_view sealed;
};

// C2SP Wycheproof, testvectors_v1/sm4_gcm_test.json (Apache-2.0), tests 2, 5, 37 and 38: nothing,
// no whole block, tags of ones and of zeros.
TEST(Sm4Gcm, GivesWhatWycheproofHasOfEdges) {
  for (const Published& one :
       {Published{"bedcfb5a011ebc84600fcb296c15af0d", "438a547a94ea88dce46c6c85", "",
                  "a486a45596cb92cf529de2038583707d"},
        Published{"dd6197cd63c963919cf0c273ef6b28bf", "ecb0c42f7000ef0e6f95f24d",
                  "4dcc1485365866e25ac3f2ca6aba97",
                  "8903a5225332b06e89bc1ad13e440641feccc33a5a27fab0883a11e4ba3b71"},
        Published{"00112233445566778899aabbccddeeff", "000000000000000000000000",
                  "5d5078da12857e409e1f3ae19cfc8a3a",
                  "70b0c110177e873599d05676fcde10edffffffffffffffffffffffffffffffff"},
        Published{"00112233445566778899aabbccddeeff", "ffffffffffffffffffffffff",
                  "f3937d8216ab17e05ffb8b490a001a1c",
                  "362c07b231c4525edc14db3319f19f1900000000000000000000000000000000"}}) {
    EXPECT_EQ(seal_with(Aead::kSm4Gcm, hex(one.key), hex(one.nonce), {}, hex(one.message)),
              hex(one.sealed));
    EXPECT_EQ(open_with(Aead::kSm4Gcm, hex(one.key), hex(one.nonce), {}, hex(one.sealed)),
              hex(one.message));
  }
}

struct Named {
  Aead aead;
  const char* name;  // Botan's
};

class BothAeads : public testing::TestWithParam<Named> {
 protected:
  Aead aead_ = GetParam().aead;
  Bytes key_ = core::to_bytes(ByteView(kKey).first(key_bytes(aead_)));

  Bytes by_botan(ByteView beside, ByteView message) const {
    const auto mode = Botan::AEAD_Mode::create_or_throw(GetParam().name, Botan::ENCRYPTION);
    mode->set_key(key_.data(), key_.size());
    mode->set_associated_data(beside.data(), beside.size());
    mode->start(kNonce.data(), kNonce.size());
    Botan::secure_vector<std::uint8_t> all(message.begin(), message.end());
    mode->finish(all);
    return {all.begin(), all.end()};
  }
};

// Lengths around what is computed at once: a block, 8 and 16 blocks, a piece of the vault.
TEST_P(BothAeads, AnotherLibraryGivesTheSameOfEveryLength) {
  for (const std::size_t size : {0, 1, 15, 16, 17, 127, 128, 129, 255, 256, 257, 4095, 262'144}) {
    Bytes message(size);
    for (std::size_t i = 0; i < size; ++i) message[i] = static_cast<std::uint8_t>(i * 7 + i / 251);
    for (const std::size_t more : {0, 1, 16, 21}) {
      const Bytes beside(more, 0xa5);
      const Bytes sealed = seal_with(aead_, key_, kNonce, beside, message);
      EXPECT_EQ(sealed, by_botan(beside, message)) << size << " " << more;
      EXPECT_EQ(open_with(aead_, key_, kNonce, beside, sealed), message) << size << " " << more;
    }
  }
}

TEST_P(BothAeads, AnyOtherByteOpensNothing) {
  const Bytes beside = core::to_bytes("beside");
  const Bytes sealed = seal_with(aead_, key_, kNonce, beside, core::to_bytes("message"));
  const auto changed = [](Bytes bytes, std::size_t at) {
    bytes[at] ^= 1;
    return bytes;
  };
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    EXPECT_FALSE(open_with(aead_, key_, kNonce, beside, changed(sealed, i))) << i;
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(open_with(aead_, key_, kNonce, beside, ByteView(sealed).first(size))) << size;
  }
  Bytes longer = sealed;
  longer.push_back(0);
  EXPECT_FALSE(open_with(aead_, key_, kNonce, beside, longer));
  EXPECT_FALSE(open_with(aead_, changed(key_, key_.size() - 1), kNonce, beside, sealed));
  EXPECT_FALSE(open_with(aead_, key_, changed(kNonce, 11), beside, sealed));
  EXPECT_FALSE(open_with(aead_, key_, kNonce, changed(beside, 0), sealed));
  EXPECT_FALSE(open_with(aead_, key_, kNonce, {}, sealed));
  EXPECT_EQ(open_with(aead_, key_, kNonce, beside, sealed), core::to_bytes("message"));
}

INSTANTIATE_TEST_SUITE_P(Aead, BothAeads,
                         testing::Values(Named{Aead::kAes256Gcm, "AES-256/GCM"},
                                         Named{Aead::kSm4Gcm, "SM4/GCM"}),
                         [](const auto& one) {
                           return one.param.aead == Aead::kSm4Gcm ? "Sm4" : "Aes256";
                         });

}  // namespace
}  // namespace heyan::crypto
