// The canonical encoding, and what is refused of everything else.
#include "tests/unit/chainmaker/fixture.h"
#include "verifier/ledgers/chainmaker/go_json.h"
#include "verifier/ledgers/chainmaker/message.h"

namespace heyan::ledgers::chainmaker {
namespace {

using core::ErrorCode;
using testing::Value;

Bytes hex(std::string_view text) { return *core::from_hex(text); }

constexpr std::array kInnerFields{FieldRule{1, FieldKind::kText, "name"}};
constexpr MessageRule kInner{kInnerFields};
constexpr std::array kOuterFields{FieldRule{1, FieldKind::kUint32, "number"},
                                  FieldRule{2, FieldKind::kInt32, "kind"},
                                  FieldRule{3, FieldKind::kBytes, "bytes"},
                                  FieldRule{4, FieldKind::kMessage, "inner", false, &kInner},
                                  FieldRule{5, FieldKind::kText, "words", true},
                                  FieldRule{6, FieldKind::kPacked, "numbers"}};
constexpr MessageRule kOuter{kOuterFields};

TEST(WireRules, CanonicalMessagesPass) {
  for (const char* text : {"", "0801",
                           "0801"
                           "10ffffffffffffffffff01",
                           "0801"
                           "1a0161"
                           "2200",
                           "22030a0161"
                           "2a00"
                           "2a0162",
                           "3203000102"}) {
    EXPECT_TRUE(check_message(hex(text), kOuter).has_value()) << text;
  }
}

TEST(WireRules, EverythingElseIsRefused) {
  const std::vector<std::pair<const char*, ErrorCode>> refused = {
      {"0800", ErrorCode::kNotCanonical},        // a zero is written
      {"1a00", ErrorCode::kNotCanonical},        // empty bytes are written
      {"3200", ErrorCode::kNotCanonical},        // and an empty list
      {"1a01610801", ErrorCode::kNotCanonical},  // out of order
      {"08010801", ErrorCode::kDuplicate},       // twice
      {"22002200", ErrorCode::kDuplicate},       // a message twice, which others would merge
      {"3801", ErrorCode::kUnknown},             // unknown field
      {"22021001", ErrorCode::kUnknown},         // unknown field beneath
      {"22020a00", ErrorCode::kNotCanonical},    // empty beneath
      {"088100", ErrorCode::kNotCanonical},      // padded number
      {"08808080801f", ErrorCode::kMalformed},   // beyond 32 bits
      {"1a026100"
       "ff",
       ErrorCode::kTruncated},                       // cut
      {"0a0161", ErrorCode::kMalformed},             // another type
      {"1801", ErrorCode::kMalformed},               // another type
      {"2a01ff", ErrorCode::kMalformed},             // no UTF-8
      {"32028100", ErrorCode::kNotCanonical},        // padded in a packed list
      {"3206ffffffffff01", ErrorCode::kMalformed}};  // beyond 32 bits in a packed list
  for (const auto& [text, code] : refused) {
    const auto checked = check_message(hex(text), kOuter);
    ASSERT_FALSE(checked.has_value()) << text;
    if (code != ErrorCode::kNotCanonical) continue;
    EXPECT_EQ(checked.error().code, code) << text;
  }
}

TEST(WireRules, LooseMessagesStillHaveEachFieldOnce) {
  EXPECT_TRUE(check_message(hex("1a0161"
                                "0800"),
                            kOuter, Form::kLoose)
                  .has_value());
  EXPECT_FALSE(check_message(hex("08010801"), kOuter, Form::kLoose).has_value());
  EXPECT_FALSE(check_message(hex("3801"), kOuter, Form::kLoose).has_value());
  EXPECT_FALSE(check_message(hex("088100"), kOuter, Form::kLoose).has_value());
}

TEST(WireRules, FieldsAreTakenOutAndReplaced) {
  const Bytes message =
      hex("0801"
          "1a0161"
          "22030a0162");
  EXPECT_EQ(without(message, {3}), hex("0801"
                                       "22030a0162"));
  EXPECT_EQ(without(message, {1, 4}), hex("1a0161"));
  EXPECT_EQ(without(message, {}), message);
  EXPECT_EQ(with(message, 4, hex("0a0163")), hex("0801"
                                                 "1a0161"
                                                 "22030a0163"));
  EXPECT_EQ(with(message, 4, {}), hex("0801"
                                      "1a0161"
                                      "2200"));
}

TEST(WireRules, JsonGivesTheCanonicalEncoding) {
  const auto encode = [](std::string_view text) {
    return encode_json(core::as_bytes(text), kOuter, {});
  };
  EXPECT_EQ(encode(R"({"inner":{"name":"a"},"number":1,"words":["","b"],"numbers":[0,300]})"),
            hex("0801"
                "22030a0161"
                "2a00"
                "2a0162"
                "320300ac02"));
  EXPECT_EQ(encode(R"({"number":0,"bytes":"","kind":-1})"), hex("10ffffffffffffffffff01"));
  for (const char* text :
       {"[]", "{", R"({"other":1})", R"({"number":"1"})", R"({"number":1.5})", R"({"bytes":"?"})",
        R"({"bytes":null})", R"({"words":"a"})", R"({"words":[1]})", R"({"numbers":[-1]})",
        R"({"inner":[]})", R"({"number":1,"number":1})"}) {
    EXPECT_FALSE(encode(text).has_value()) << text;
  }
}

// What is hashed is what was offered, to the byte, or nothing.
TEST(Messages, AreHashedAsTheyCameOrRefused) {
  const Value bundle = testing::read_bundle("cm-v09-version220-gas-kept");
  const Bytes bytes = *core::from_base64(vectors::chainmaker::text_at(bundle, "/proof/tx_pb"));
  ASSERT_TRUE(parse_transaction(bytes).has_value());
  Bytes changed = bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    changed[i] ^= 0x01;
    const auto read = parse_transaction(changed);
    EXPECT_TRUE(!read || read->hashed(220) == changed) << i;
    changed[i] ^= 0x01;
  }
}

TEST(Messages, GasIsPartOfTheHashBelowVersion2300Only) {
  const Value bundle = testing::read_bundle("cm-v09-version220-gas-kept");
  const Bytes bytes = *core::from_base64(vectors::chainmaker::text_at(bundle, "/proof/tx_pb"));
  const auto transaction = parse_transaction(bytes);
  ASSERT_TRUE(transaction.has_value());
  EXPECT_EQ(transaction->hashed(220), bytes);
  EXPECT_EQ(transaction->hashed(2299), bytes);
  EXPECT_LT(transaction->hashed(2300).size(), bytes.size());
  EXPECT_TRUE(parse_transaction(transaction->hashed(2300)).has_value());
}

TEST(Messages, AParameterThatStandsTwiceIsNone) {
  Bytes parameter;
  put_bytes(parameter, 1, core::as_bytes("hash"));
  Bytes payload;
  put_message(payload, 8, parameter);
  EXPECT_TRUE(parse_payload(payload)->parameter("hash").has_value());
  put_message(payload, 8, parameter);
  EXPECT_FALSE(parse_payload(payload)->parameter("hash").has_value());
  EXPECT_FALSE(parse_payload(payload)->parameter("id").has_value());
}

}  // namespace
}  // namespace heyan::ledgers::chainmaker
