#include "verifier/core/cursor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace heyan::core {
namespace {

using enum ErrorCode;

TEST(Cursor, TakesAndCounts) {
  const Bytes bytes = {1, 2, 3, 4, 5};
  Cursor cursor(bytes);
  EXPECT_EQ(to_bytes(*cursor.take(2)), (Bytes{1, 2}));
  EXPECT_EQ(cursor.offset(), 2u);
  EXPECT_EQ(cursor.remaining(), 3u);
  EXPECT_TRUE(cursor.take(0)->empty());
  EXPECT_EQ(*cursor.take_byte(), 3);
  EXPECT_EQ(cursor.expect_end().error(), (Error{kTrailing, "bytes follow the end", 3}));
  EXPECT_EQ(to_bytes(*cursor.take(2)), (Bytes{4, 5}));
  EXPECT_TRUE(cursor.at_end());
  EXPECT_TRUE(cursor.expect_end().has_value());
}

TEST(Cursor, NeverPassesTheEnd) {
  const Bytes bytes = {1, 2, 3};
  Cursor cursor(bytes);
  ASSERT_TRUE(cursor.take_byte().has_value());
  for (const std::uint64_t count :
       {std::uint64_t{3}, std::uint64_t{1} << 32, std::uint64_t{1} << 63,
        std::numeric_limits<std::uint64_t>::max()}) {
    const auto taken = cursor.take(count);
    ASSERT_FALSE(taken.has_value());
    EXPECT_EQ(taken.error().code, kTruncated);
    EXPECT_EQ(cursor.offset(), 1u);
  }
  EXPECT_EQ(cursor.take_u32().error().code, kTruncated);
  EXPECT_TRUE(cursor.take(2).has_value());
  EXPECT_EQ(cursor.take_byte().error().code, kTruncated);
  EXPECT_EQ(cursor.take_varint().error().code, kTruncated);
  EXPECT_TRUE(cursor.take(0).has_value());
}

TEST(Cursor, NumbersAreBigEndian) {
  const Bytes bytes = {1, 2, 3, 4, 5, 6, 0xff, 0, 0, 0, 0, 0, 0, 1};
  Cursor cursor(bytes);
  EXPECT_EQ(*cursor.take_u16(), 0x0102);
  EXPECT_EQ(*cursor.take_u32(), 0x03040506u);
  EXPECT_EQ(*cursor.take_u64(), 0xff00000000000001u);
}

std::string varint(const Bytes& bytes, bool padded = false) {
  Cursor cursor(bytes);
  const auto value = padded ? cursor.take_padded_varint() : cursor.take_varint();
  if (!value) return std::string(name(value.error().code));
  return std::to_string(*value) + (cursor.at_end() ? "" : "+");
}

TEST(Varint, ReadsTheExamplesOfTheEncoding) {
  EXPECT_EQ(varint({0x00}), "0");
  EXPECT_EQ(varint({0x01}), "1");
  EXPECT_EQ(varint({0x7f}), "127");
  EXPECT_EQ(varint({0x80, 0x01}), "128");
  EXPECT_EQ(varint({0x96, 0x01}), "150");
  EXPECT_EQ(varint({0xac, 0x02, 0x55}), "300+");
  EXPECT_EQ(varint({0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}),
            "18446744073709551615");
  EXPECT_EQ(varint({0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}),
            "18446744073709551614");
}

TEST(Varint, RefusesPaddingOverflowAndCuts) {
  EXPECT_EQ(varint({}), "truncated");
  EXPECT_EQ(varint({0x80}), "truncated");
  EXPECT_EQ(varint(Bytes(9, 0xff)), "truncated");
  EXPECT_EQ(varint({0x80, 0x00}), "not-canonical");
  EXPECT_EQ(varint({0x81, 0x80, 0x00}), "not-canonical");
  EXPECT_EQ(varint({0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02}), "malformed");
  EXPECT_EQ(varint({0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00}), "not-canonical");
  EXPECT_EQ(varint(Bytes(11, 0x80)), "malformed");
}

TEST(Varint, PaddingIsAcceptedOnlyWhereAskedFor) {
  EXPECT_EQ(varint({0x81, 0x80, 0x00}, true), "1");
  EXPECT_EQ(varint({0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00}, true), "0");
  EXPECT_EQ(varint({0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00}, true),
            "malformed");
  EXPECT_EQ(varint({0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02}, true),
            "malformed");
}

TEST(ErrorCodes, EveryCodeHasAWordOfItsOwn) {
  std::vector<std::string_view> words;
  for (int i = 0; i <= static_cast<int>(kInternal); ++i) {
    const std::string_view word = name(static_cast<ErrorCode>(i));
    EXPECT_EQ(std::ranges::find(words, word), words.end()) << word;
    words.push_back(word);
  }
  EXPECT_EQ(name(kInternal), "internal");
}

}  // namespace
}  // namespace heyan::core
