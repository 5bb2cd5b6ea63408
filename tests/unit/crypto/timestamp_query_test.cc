// Requests for time stamps, byte for byte as `openssl ts -query -cert` writes them.
#include "verifier/crypto/timestamp_query.h"

#include <gtest/gtest.h>

namespace heyan::crypto {
namespace {

using core::ErrorCode;

std::string query(Hash hash, core::ByteView nonce = {}, const std::string& policy = {}) {
  const auto written =
      encode_timestamp_query(hash, core::Bytes(digest_bytes(hash), 0xaa), nonce, policy);
  return written ? core::to_hex(*written) : std::string(core::name(written.error().code));
}
std::string repeated(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += "aa";
  return out;
}

TEST(TimestampQuery, NamesTheHash) {
  EXPECT_EQ(query(Hash::kSha256),
            "30390201013031300d060960864801650304020105000420" + repeated(32) + "0101ff");
  EXPECT_EQ(query(Hash::kSha384),
            "30490201013041300d060960864801650304020205000430" + repeated(48) + "0101ff");
  EXPECT_EQ(query(Hash::kSha512),
            "30590201013051300d060960864801650304020305000440" + repeated(64) + "0101ff");
  EXPECT_EQ(query(Hash::kSm3),
            "30380201013030300c06082a811ccf5501831105000420" + repeated(32) + "0101ff");
}

TEST(TimestampQuery, HasPolicyAndNonceWhereTheyAreAskedFor) {
  const core::Bytes nonce(16, 0x41);
  const std::string hex = query(Hash::kSha256, nonce, "1.2.3.4");
  EXPECT_NE(hex.find(repeated(32) + "06032a0304" + "0210" + core::to_hex(nonce) + "0101ff"),
            std::string::npos)
      << hex;
  EXPECT_EQ(hex.find("0210", hex.find("0210") + 1), std::string::npos);
}

TEST(TimestampQuery, DrawsNoncesOfOneLength) {
  for (int i = 0; i < 100; ++i) {
    const core::Bytes nonce = draw_nonce();
    ASSERT_EQ(nonce.size(), 16u);
    EXPECT_EQ(nonce.front() & 0xc0, 0x40) << "positive, and in its shortest form";
  }
  EXPECT_NE(draw_nonce(), draw_nonce());
}

TEST(TimestampQuery, IsWrittenOfNothingElse) {
  EXPECT_EQ(query(Hash::kSha1), "unsupported");
  EXPECT_EQ(query(Hash::kMd5), "unsupported");
  EXPECT_EQ(query(Hash::kSha3_256), "unsupported");
  EXPECT_EQ(query(Hash::kSha256, core::Bytes(15, 0x41)), "malformed");
  EXPECT_EQ(query(Hash::kSha256, {}, "no policy"), "malformed");
  EXPECT_EQ(query(Hash::kSha256, {}, "7.2"), "malformed");
  for (const std::size_t size : {0u, 31u, 33u}) {
    const auto written = encode_timestamp_query(Hash::kSha256, core::Bytes(size, 1));
    ASSERT_FALSE(written.has_value());
    EXPECT_EQ(written.error().code, ErrorCode::kMalformed) << size;
  }
}

}  // namespace
}  // namespace heyan::crypto
