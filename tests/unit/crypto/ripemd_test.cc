// RIPEMD-160 by both libraries against the digests that its authors published (Dobbertin,
// Bosselaers, Preneel, "RIPEMD-160: A Strengthened Version of RIPEMD", 1996, appendix B).
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "verifier/crypto/ripemd.h"

namespace heyan::crypto {
namespace {

TEST(Ripemd, BothLibrariesComputeThePublishedDigests) {
  struct Known {
    std::string message;
    std::string_view digest;
  };
  std::string eight;
  for (int i = 0; i < 8; ++i) eight += "1234567890";
  const std::array known = {
      Known{"", "9c1185a5c5e9fc54612808977ee8f548b2258d31"},
      Known{"a", "0bdc9d2d256b3ee9daae347be6f4dc835a467ffe"},
      Known{"abc", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"},
      Known{"message digest", "5d0689ef49d2fae572b881b123a85ffa21595f36"},
      Known{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "12a053384a9c0c88e405a06c27dcf49ada62eb2b"},
      Known{eight, "9b752e45573d4b39f4dbd3323cab82bf63326bfb"},
      Known{std::string(1'000'000, 'a'), "52783243c1697bdbe16d37f97f68f08325dc1528"}};
  for (const Known& one : known) {
    const auto digest = ripemd_160(core::as_bytes(one.message));
    ASSERT_TRUE(digest.has_value());
    EXPECT_EQ(core::to_hex(*digest), one.digest);
  }
}

TEST(Ripemd, OneBitMakesAnother) {
  core::Bytes message(64, 0x5a);
  const auto before = ripemd_160(message);
  message.back() ^= 1;
  EXPECT_NE(ripemd_160(message), before);
}

}  // namespace
}  // namespace heyan::crypto
