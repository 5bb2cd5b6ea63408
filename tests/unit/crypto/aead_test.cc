#include "verifier/crypto/aead.h"

#include <gtest/gtest.h>

namespace heyan::crypto {
namespace {

using core::Bytes;

Bytes hex(std::string_view digits) { return core::from_hex(digits).value(); }

const Bytes kKey = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
const Bytes kNonce = hex("cafebabefacedbaddecaf888");

// Test case 16 of McGrew and Viega, "The Galois/Counter Mode of Operation (GCM)", appendix B.
TEST(Aead, GivesWhatItsAuthorsPublished) {
  const Bytes beside = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const Bytes message =
      hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e24"
          "49a6b525b16aedf5aa0de657ba637b39");
  const Bytes sealed =
      hex("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b10"
          "56828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
  EXPECT_EQ(seal_aes256_gcm(kKey, kNonce, beside, message), sealed);
  EXPECT_EQ(open_aes256_gcm(kKey, kNonce, beside, sealed), message);
}

// Test case 13: nothing beside it, and an empty message.
TEST(Aead, AnEmptyMessageHasItsTag) {
  const Bytes zero(32);
  const Bytes sealed = hex("530f8afbc74536b9a963b4f1c4cb738b");
  EXPECT_EQ(seal_aes256_gcm(zero, Bytes(12), {}, {}), sealed);
  EXPECT_EQ(open_aes256_gcm(zero, Bytes(12), {}, sealed), Bytes());
}

TEST(Aead, AnyOtherByteOpensNothing) {
  const Bytes beside = core::to_bytes("beside");
  const Bytes sealed = seal_aes256_gcm(kKey, kNonce, beside, core::to_bytes("message"));
  const auto changed = [](Bytes bytes, std::size_t at) {
    bytes[at] ^= 1;
    return bytes;
  };
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    EXPECT_FALSE(open_aes256_gcm(kKey, kNonce, beside, changed(sealed, i))) << i;
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(open_aes256_gcm(kKey, kNonce, beside, core::ByteView(sealed).first(size))) << size;
  }
  EXPECT_FALSE(open_aes256_gcm(changed(kKey, 31), kNonce, beside, sealed));
  EXPECT_FALSE(open_aes256_gcm(kKey, changed(kNonce, 11), beside, sealed));
  EXPECT_FALSE(open_aes256_gcm(kKey, kNonce, changed(beside, 0), sealed));
  EXPECT_FALSE(open_aes256_gcm(kKey, kNonce, {}, sealed));
  EXPECT_EQ(open_aes256_gcm(kKey, kNonce, beside, sealed), core::to_bytes("message"));
}

}  // namespace
}  // namespace heyan::crypto
