#include "verifier/core/text.h"

#include <gtest/gtest.h>

namespace heyan::core {
namespace {

using namespace std::string_view_literals;

std::string utf8(char32_t point) {
  const auto byte = [](char32_t value) { return static_cast<char>(value); };
  if (point < 0x80) return {byte(point)};
  if (point < 0x800) return {byte(0xc0 | point >> 6), byte(0x80 | (point & 0x3f))};
  if (point < 0x10000) {
    return {byte(0xe0 | point >> 12), byte(0x80 | (point >> 6 & 0x3f)),
            byte(0x80 | (point & 0x3f))};
  }
  return {byte(0xf0 | point >> 18), byte(0x80 | (point >> 12 & 0x3f)),
          byte(0x80 | (point >> 6 & 0x3f)), byte(0x80 | (point & 0x3f))};
}

// Every code point there is, and none that there is not (Unicode 15, definition D92).
TEST(Utf8, AcceptsExactlyTheScalarValues) {
  for (char32_t point = 0; point < 0x120000; ++point) {
    const bool scalar = point < 0xd800 || (point > 0xdfff && point < 0x110000);
    ASSERT_EQ(is_utf8(utf8(point)), scalar) << std::hex << static_cast<std::uint32_t>(point);
  }
}

TEST(Utf8, RefusesWhatIsNotWellFormed) {
  for (const std::string_view text : {"\x80"sv,
                                      "\xbf"sv,
                                      "\xc0\x80"sv,
                                      "\xc1\xbf"sv,
                                      "\xc2"sv,
                                      "\xc2\x41"sv,
                                      "\xe0\x9f\xbf"sv,
                                      "\xe2\x82"sv,
                                      "\xe2\x82\x41"sv,
                                      "\xed\xa0\x80"sv,
                                      "\xed\xbf\xbf"sv,
                                      "\xf0\x8f\xbf\xbf"sv,
                                      "\xf0\x9f\x98"sv,
                                      "\xf4\x90\x80\x80"sv,
                                      "\xf5\x80\x80\x80"sv,
                                      "\xf8\x88\x80\x80\x80"sv,
                                      "\xfe"sv,
                                      "\xff"sv,
                                      "a\xffz"sv,
                                      "\xc3\xa9\xa9"sv}) {
    EXPECT_FALSE(is_utf8(text));
  }
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("a\0b"sv));
}

// Markus Kuhn's UTF-8 decoder test, sections 2.1 to 2.3: boundaries of each length.
TEST(Utf8, BoundariesOfEachLength) {
  EXPECT_TRUE(is_utf8("\xc2\x80"));
  EXPECT_TRUE(is_utf8("\xe0\xa0\x80"));
  EXPECT_TRUE(is_utf8("\xf0\x90\x80\x80"));
  EXPECT_TRUE(is_utf8("\xdf\xbf"));
  EXPECT_TRUE(is_utf8("\xef\xbf\xbf"));
  EXPECT_TRUE(is_utf8("\xed\x9f\xbf"));
  EXPECT_TRUE(is_utf8("\xee\x80\x80"));
  EXPECT_TRUE(is_utf8("\xf4\x8f\xbf\xbf"));
}

TEST(Controls, AreFound) {
  for (const char32_t point :
       {0x00,   0x07,   0x09,   0x0a,   0x0d,   0x1b,    0x1f,    0x7f,   0x80,   0x85,
        0x9b,   0x9f,   0xad,   0x34f,  0x61c,  0x180e,  0x200b,  0x200d, 0x200e, 0x200f,
        0x2028, 0x2029, 0x202a, 0x202d, 0x202e, 0x2060,  0x2064,  0x2066, 0x2067, 0x2068,
        0x2069, 0x206f, 0xfeff, 0xfff9, 0xfffb, 0xe0001, 0xe0041, 0xe007f}) {
    EXPECT_TRUE(has_control("a" + utf8(point) + "b"))
        << std::hex << static_cast<std::uint32_t>(point);
  }
  for (const char32_t point :
       {0x20, 0x7e, 0xa0, 0xac, 0xae, 0x4e00, 0x200a, 0x2010, 0x2027, 0x202f, 0x205f, 0x2070,
        0xfefe, 0xff00, 0xfffc, 0xfffd, 0x1f600, 0xe0080, 0x10ffff}) {
    EXPECT_FALSE(has_control("a" + utf8(point) + "b"))
        << std::hex << static_cast<std::uint32_t>(point);
  }
  EXPECT_FALSE(has_control(""));
}

TEST(Visible, LeavesPlainTextAlone) {
  EXPECT_EQ(visible(""), "");
  EXPECT_EQ(visible("(2026)京0491民初1234号 \"é😀\""), "(2026)京0491民初1234号 \"é😀\"");
}

TEST(Visible, ShowsControlsAndBrokenBytes) {
  EXPECT_EQ(visible("a\x1b[31mred"), "a⟨U+001B⟩[31mred");
  EXPECT_EQ(visible("\xe2\x80\xae"
                    "fdp.exe"),
            "⟨U+202E⟩fdp.exe");
  EXPECT_EQ(visible("a\nb\0c"sv), "a⟨U+000A⟩b⟨U+0000⟩c");
  EXPECT_EQ(visible("\xff\xc0\xaf"), "⟨0xFF⟩⟨0xC0⟩⟨0xAF⟩");
  EXPECT_EQ(visible("\xc2\x9b"
                    "31m"),
            "⟨U+009B⟩31m");
  EXPECT_EQ(visible(utf8(0xe0041)), "⟨U+E0041⟩");
}

TEST(Visible, CutsByCharacters) {
  EXPECT_EQ(visible("证据一", 3), "证据一");
  EXPECT_EQ(visible("证据一", 2), "证据…");
  EXPECT_EQ(visible("a", 0), "…");
  EXPECT_EQ(visible("", 0), "");
  EXPECT_EQ(visible(std::string(201, 'a')), std::string(200, 'a') + "…");
}

TEST(Visible, ResultIsCleanWhateverGoesIn) {
  std::uint32_t state = 1;
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      state = state * 1664525 + 1013904223;
      text += static_cast<char>(state >> 24);
    }
    const std::string shown = visible(text);
    EXPECT_TRUE(is_utf8(shown));
    EXPECT_FALSE(has_control(shown));
  }
}

}  // namespace
}  // namespace heyan::core
