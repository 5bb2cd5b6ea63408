#include "verifier/core/bytes.h"

#include <gtest/gtest.h>

namespace heyan::core {
namespace {

TEST(Bytes, ViewsShareMemory) {
  const std::string text = "abc";
  EXPECT_EQ(as_text(as_bytes(text)).data(), text.data());
  EXPECT_EQ(to_string(to_bytes(text)), text);
  EXPECT_TRUE(as_bytes("").empty());
}

TEST(Bytes, EqualComparesLengthAndContent) {
  EXPECT_TRUE(equal(as_bytes("ab"), as_bytes("ab")));
  EXPECT_TRUE(equal({}, {}));
  EXPECT_FALSE(equal(as_bytes("ab"), as_bytes("ac")));
  EXPECT_FALSE(equal(as_bytes("ab"), as_bytes("abc")));
  EXPECT_FALSE(equal(as_bytes("abc"), as_bytes("ab")));
}

// RFC 4648 section 10.
constexpr std::pair<std::string_view, std::string_view> kBase64[] = {{"", ""},
                                                                     {"f", "Zg=="},
                                                                     {"fo", "Zm8="},
                                                                     {"foo", "Zm9v"},
                                                                     {"foob", "Zm9vYg=="},
                                                                     {"fooba", "Zm9vYmE="},
                                                                     {"foobar", "Zm9vYmFy"}};
constexpr std::pair<std::string_view, std::string_view> kBase16[] = {
    {"", ""}, {"f", "66"}, {"fo", "666F"}, {"foo", "666F6F"}, {"foobar", "666F6F626172"}};

TEST(Hex, VectorsOfRfc4648) {
  for (const auto& [plain, upper] : kBase16) {
    ASSERT_TRUE(from_hex(upper).has_value());
    EXPECT_EQ(to_string(*from_hex(upper)), plain);
    EXPECT_EQ(from_hex(to_hex(as_bytes(plain))), from_hex(upper));
  }
  EXPECT_EQ(to_hex(Bytes{0x00, 0x0f, 0xa5, 0xff}), "000fa5ff");
}

TEST(Hex, RefusesEverythingElse) {
  for (const std::string_view text :
       {"0", "000", "0g", "g0", "0x00", " 00", "00 ", "0 0", "-1", "+1", "00\n", "ＦＦ"}) {
    EXPECT_FALSE(from_hex(text).has_value()) << text;
  }
  for (int c = 0; c < 256; ++c) {
    const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    EXPECT_EQ(from_hex(std::string(2, static_cast<char>(c))).has_value(), digit) << c;
  }
}

TEST(Base64, VectorsOfRfc4648) {
  for (const auto& [plain, encoded] : kBase64) {
    EXPECT_EQ(to_base64(as_bytes(plain)), encoded);
    ASSERT_TRUE(from_base64(encoded).has_value()) << encoded;
    EXPECT_EQ(to_string(*from_base64(encoded)), plain);
  }
}

// RFC 7515 appendix C.
TEST(Base64Url, ExampleOfRfc7515) {
  const Bytes bytes = {3, 236, 255, 224, 193};
  EXPECT_EQ(to_base64url(bytes), "A-z_4ME");
  EXPECT_EQ(from_base64url("A-z_4ME"), bytes);
  EXPECT_EQ(to_base64(bytes), "A+z/4ME=");
}

TEST(Base64, EveryByteSurvives) {
  Bytes bytes;
  for (int i = 0; i < 256; ++i) {
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
    bytes.push_back(static_cast<std::uint8_t>(i * 7));
  }
}

TEST(Base64, RefusesWhatIsNotTheOneEncoding) {
  for (const std::string_view text :
       {"Zg",     "Zg=",       "Zg===", "Z===", "====",     "=",    "Z",       "Zm9vY",
        "Zm9vYg", "Zh==",      "Zn==",  "Zm9=", "Zm8=Zm8=", "Zm=v", "=m9v",    "Zm9v\n",
        " Zm9v",  "Zm9v Zm9v", "Zm 9",  "Zm9*", "Zm9-",     "Zm9_", "Zg==Zg=="}) {
    EXPECT_FALSE(from_base64(text).has_value()) << text;
  }
  for (const std::string_view text :
       {"A", "AAAAA", "Zg==", "Zm8=", "Z", "Zm9vY", "Zh", "Zm9", "Zm9+", "Zm9/", "Zm9v\n", "Z g"}) {
    EXPECT_FALSE(from_base64url(text).has_value()) << text;
  }
  EXPECT_TRUE(from_base64url("Zm8").has_value());
}

}  // namespace
}  // namespace heyan::core
