// The wire reader against the examples of the protobuf encoding and against what generated parsers
// forgive.
#include "verifier/core/wire.h"

#include <gtest/gtest.h>

namespace heyan::core {
namespace {

// Fields as "number:type=value ", then "end" or the word of the error.
std::string read(const Bytes& bytes, WireOptions options = {}) {
  WireReader reader(bytes, options);
  std::string shown;
  while (true) {
    const auto field = reader.next();
    if (!field) return shown + std::string(name(field.error().code));
    if (!*field) return shown + "end";
    shown += std::to_string((*field)->number) + ':' +
             std::to_string(static_cast<int>((*field)->type)) + '=' +
             ((*field)->type == WireType::kBytes ? to_hex((*field)->bytes)
                                                 : std::to_string((*field)->value)) +
             ' ';
  }
}

WireField only(const Bytes& bytes, WireOptions options = {}) {
  const auto field = WireReader(bytes, options).next();
  EXPECT_TRUE(field.has_value() && field->has_value());
  return field && *field ? **field : WireField();
}

// Protocol Buffers documentation, "Encoding".
TEST(Wire, ReadsTheExamplesOfTheEncoding) {
  EXPECT_EQ(read({}), "end");
  EXPECT_EQ(read({0x08, 0x96, 0x01}), "1:0=150 end");
  EXPECT_EQ(read({0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67}), "2:2=74657374696e67 end");
  EXPECT_EQ(read({0x1a, 0x03, 0x08, 0x96, 0x01}), "3:2=089601 end");
  EXPECT_EQ(read({0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05}), "6:2=038e029ea705 end");
  EXPECT_EQ(read({0x0d, 1, 0, 0, 0x80, 0x11, 2, 0, 0, 0, 0, 0, 0, 0x80, 0x1a, 0}),
            "1:5=2147483649 2:1=9223372036854775810 3:2= end");
}

TEST(Wire, FieldNumbersHaveTheirRange) {
  EXPECT_EQ(read({0x00, 0x00}), "malformed");
  EXPECT_EQ(read({0x02, 0x00}), "malformed");
  EXPECT_EQ(read({0xf8, 0xff, 0xff, 0xff, 0x0f, 0x01}), "536870911:0=1 end");
  EXPECT_EQ(read({0x80, 0x80, 0x80, 0x80, 0x10, 0x01}), "malformed");
  EXPECT_EQ(read({0xf8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0x01}), "malformed");
}

TEST(Wire, RefusesGroupsAndReservedTypes) {
  EXPECT_EQ(read({0x0b, 0x0c}), "malformed");
  EXPECT_EQ(read({0x0c}), "malformed");
  EXPECT_EQ(read({0x0e, 0x00}), "malformed");
  EXPECT_EQ(read({0x0f, 0x00}), "malformed");
}

TEST(Wire, RefusesEncodingsThatAreNotMinimal) {
  EXPECT_EQ(read({0x88, 0x00, 0x01}), "not-canonical");        // tag
  EXPECT_EQ(read({0x12, 0x81, 0x00, 0x41}), "not-canonical");  // length
  EXPECT_EQ(read({0x08, 0x81, 0x00}), "not-canonical");        // value
  EXPECT_EQ(read({0x08, 0x81, 0x00}, {.minimal_values = false}), "1:0=1 end");
  EXPECT_EQ(read({0x88, 0x00, 0x01}, {.minimal_values = false}), "not-canonical");
  EXPECT_EQ(read({0x12, 0x81, 0x00, 0x41}, {.minimal_values = false}), "not-canonical");
}

TEST(Wire, ComparesLengthsWithWhatRemains) {
  EXPECT_EQ(read({0x12}), "truncated");
  EXPECT_EQ(read({0x12, 0x01}), "truncated");
  EXPECT_EQ(read({0x12, 0x03, 0x41, 0x41}), "truncated");
  EXPECT_EQ(read({0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0x41}),
            "truncated");
  EXPECT_EQ(read({0x12, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x41}), "truncated");
  EXPECT_EQ(read({0x0d, 1, 2, 3}), "truncated");
  EXPECT_EQ(read({0x09, 1, 2, 3, 4, 5, 6, 7}), "truncated");
  EXPECT_EQ(read({0x08}), "truncated");
  EXPECT_EQ(read({0x08, 0x80}), "truncated");
  EXPECT_EQ(read({0x08, 0x01, 0x88}), "1:0=1 truncated");
}

TEST(Wire, EveryPrefixOfAMessageIsRefusedOrEndsAtAField) {
  const Bytes message = {0x08, 0x96, 0x01, 0x12, 0x03, 1, 2, 3, 0x1d, 4, 5,
                         6,    7,    0x21, 1,    2,    3, 4, 5, 6,    7, 8};
  for (std::size_t length = 0; length < message.size(); ++length) {
    const bool boundary = length == 0 || length == 3 || length == 8 || length == 13;
    const Bytes prefix(message.begin(), message.begin() + static_cast<std::ptrdiff_t>(length));
    EXPECT_EQ(read(prefix).ends_with("end"), boundary) << length;
  }
}

TEST(WireField, ViewsPointIntoTheMessage) {
  const Bytes message = {0x12, 0x02, 0x41, 0x42};
  WireReader reader(message);
  const auto field = reader.next();
  EXPECT_EQ((*field)->bytes.data(), message.data() + 2);
  EXPECT_EQ((*field)->offset, 0u);
}

TEST(WireField, GivesTheTypeThatTheSchemaWants) {
  EXPECT_EQ(*only({0x08, 0x01}).as_bool(), true);
  EXPECT_EQ(*only({0x08, 0x00}).as_bool(), false);
  EXPECT_EQ(*only({0x08, 0xff, 0xff, 0xff, 0xff, 0x0f}).as_uint32(), 0xffffffffu);
  EXPECT_EQ(*only({0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}).as_int32(),
            -1);
  EXPECT_EQ(*only({0x08, 0x80, 0x80, 0x80, 0x80, 0xf8, 0xff, 0xff, 0xff, 0xff, 0x01}).as_int32(),
            INT32_MIN);
  EXPECT_EQ(*only({0x0a, 0x02, 0xc3, 0xa9}).as_utf8(), "é");
  EXPECT_EQ(only({0x0a, 0x00}).as_bytes()->size(), 0u);
}

TEST(WireField, RefusesOtherTypesAndNumbersThatDoNotFit) {
  const WireField number = only({0x08, 0x01});
  const WireField bytes = only({0x0a, 0x01, 0x41});
  const WireField fixed = only({0x0d, 1, 0, 0, 0});
  EXPECT_FALSE(number.as_bytes().has_value());
  EXPECT_FALSE(number.as_utf8().has_value());
  EXPECT_FALSE(fixed.as_bytes().has_value());
  for (const WireField& field : {bytes, fixed}) {
    EXPECT_FALSE(field.as_uint64().has_value());
    EXPECT_FALSE(field.as_uint32().has_value());
    EXPECT_FALSE(field.as_int32().has_value());
    EXPECT_FALSE(field.as_bool().has_value());
  }
  EXPECT_FALSE(only({0x08, 0x02}).as_bool().has_value());
  EXPECT_FALSE(only({0x08, 0x80, 0x80, 0x80, 0x80, 0x10}).as_uint32().has_value());
  EXPECT_FALSE(only({0x08, 0x80, 0x80, 0x80, 0x80, 0x08}).as_int32().has_value());
  EXPECT_FALSE(only({0x08, 0xff, 0xff, 0xff, 0xff, 0xf7, 0xff, 0xff, 0xff, 0xff, 0x01})
                   .as_int32()
                   .has_value());
  EXPECT_FALSE(only({0x0a, 0x01, 0xff}).as_utf8().has_value());
}

TEST(WireFieldsSeen, NotesEachFieldOnce) {
  FieldsSeen seen;
  EXPECT_TRUE(seen.once(only({0x08, 0x01})).has_value());
  EXPECT_TRUE(seen.once(only({0xf8, 0x03, 0x01})).has_value());  // 63
  EXPECT_EQ(seen.once(only({0x08, 0x01})).error().code, ErrorCode::kDuplicate);
  EXPECT_EQ(seen.once(only({0x0a, 0x00})).error().code, ErrorCode::kDuplicate);
  EXPECT_EQ(seen.once(only({0x80, 0x04, 0x01})).error().code, ErrorCode::kUnsupported);  // 64
  EXPECT_TRUE(seen.has(1));
  EXPECT_TRUE(seen.has(63));
  EXPECT_FALSE(seen.has(2));
  EXPECT_FALSE(seen.has(64));
  EXPECT_FALSE(seen.has(65));
}

}  // namespace
}  // namespace heyan::core
