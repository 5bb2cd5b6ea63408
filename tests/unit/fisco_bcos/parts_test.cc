// The readers by themselves: RLP, arguments of calls, paths, spellings of fields.
#include <gtest/gtest.h>

#include "tests/unit/fisco_bcos/chain.h"
#include "verifier/ledgers/fisco_bcos/abi.h"
#include "verifier/ledgers/fisco_bcos/fields.h"
#include "verifier/ledgers/fisco_bcos/merkle.h"
#include "verifier/ledgers/fisco_bcos/rlp.h"
#include "verifier/ledgers/fisco_bcos/transaction.h"

namespace heyan::ledgers::fisco_bcos::testing {
namespace {

using core::json::Value;

Bytes of(std::string_view hex_text) { return *core::from_hex(hex_text); }

// Examples of the Ethereum wiki, "RLP".
TEST(FiscoRlp, WritesThePublishedExamples) {
  EXPECT_EQ(encode_rlp_bytes(core::as_bytes("dog")), of("83646f67"));
  EXPECT_EQ(encode_rlp_bytes({}), of("80"));
  EXPECT_EQ(encode_rlp_bytes(of("0f")), of("0f"));
  EXPECT_EQ(encode_rlp_bytes(of("80")), of("8180"));
  EXPECT_EQ(encode_rlp_number(0), of("80"));
  EXPECT_EQ(encode_rlp_number(127), of("7f"));
  EXPECT_EQ(encode_rlp_number(255), of("81ff"));
  EXPECT_EQ(encode_rlp_number(272), of("820110"));
  EXPECT_EQ(encode_rlp_number(1024), of("820400"));
  EXPECT_EQ(encode_rlp_number(of("0000000f")), of("0f"));
  const std::vector<Bytes> pets{encode_rlp_bytes(core::as_bytes("cat")),
                                encode_rlp_bytes(core::as_bytes("dog"))};
  EXPECT_EQ(encode_rlp_list(pets), of("c88363617483646f67"));
  EXPECT_EQ(encode_rlp_list({}), of("c0"));
  const std::string lorem = "Lorem ipsum dolor sit amet, consectetur adipisicing elit";
  EXPECT_EQ(core::to_hex(encode_rlp_bytes(core::as_bytes(lorem))).substr(0, 8), "b8384c6f");
}

TEST(FiscoRlp, ReadsOneEncodingOfEachValue) {
  for (const char* good : {"80", "c0", "7f", "8180", "83646f67", "c88363617483646f67"})
    EXPECT_TRUE(parse_rlp_items(of(good), 8)) << good;
  for (const char* bad :
       {"8100", "817f",  // a single byte, wrapped
        "b80161",
        "b837"
        "61",                        // short, written long; truncated
        "b90038", "f90038", "b800",  // padded lengths
        "83646f", "c883636174", "b8", "bf", "ff", "bfffffffffffffffff", "f8", "b8386161"}) {
    EXPECT_FALSE(parse_rlp_items(of(bad), 8)) << bad;
  }
  EXPECT_FALSE(parse_rlp_items(of("80808080"), 3));
  EXPECT_TRUE(parse_rlp_list(of("c28080"), 2));
  EXPECT_FALSE(parse_rlp_list(of("c28080"), 1));
  EXPECT_FALSE(parse_rlp_list(of("c2808080"), 8));  // something after the list
  EXPECT_FALSE(parse_rlp_list(of("82c080"), 8));    // no list
  EXPECT_FALSE(parse_rlp_list({}, 8));
}

TEST(FiscoRlp, RawTransactionsAreCanonical) {
  const Form form{.generation = Generation::k2, .crypto = Crypto::kEcdsa};
  const auto raw = [](const std::vector<std::string>& items) {
    std::vector<Bytes> encoded;
    for (const std::string& item : items) encoded.push_back(encode_rlp_bytes(of(item)));
    return encode_rlp_list(encoded);
  };
  const std::string to(40, 'a');
  const std::vector<std::string> good{"01", "02", "03", "04", to,   "",  "87009863",
                                      "01", "01", "",   "1b", "11", "22"};
  const auto read = parse_raw_transaction(raw(good), form);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->chain_id, "1");
  EXPECT_EQ(read->to, of(to));
  EXPECT_EQ(read->signature.recovery_id, 0u);
  EXPECT_EQ(read->signature.rs.size(), 64u);
  EXPECT_FALSE(read->stated_hash);
  const auto refused = [&](std::size_t item, const std::string& by) {
    auto other = good;
    other[item] = by;
    return !parse_raw_transaction(raw(other), form);
  };
  EXPECT_TRUE(refused(0, "0001"));                 // leading zero
  EXPECT_TRUE(refused(4, "aaaa"));                 // no address
  EXPECT_TRUE(refused(10, "00"));                  // v as a byte zero
  EXPECT_TRUE(refused(10, "01"));                  // v without its base
  EXPECT_TRUE(refused(10, "1d"));                  // v of no recovery id
  EXPECT_TRUE(refused(11, std::string(66, '1')));  // r too long
  EXPECT_TRUE(refused(7, std::string(18, '1')));   // chain id too long
  auto fewer = good;
  fewer.pop_back();
  EXPECT_FALSE(parse_raw_transaction(raw(fewer), form));
  fewer.resize(10);
  const auto old = parse_raw_transaction(raw(fewer), form);
  ASSERT_FALSE(old.has_value());
  EXPECT_EQ(old.error().code, core::ErrorCode::kUnsupported);
  Bytes trailing = raw(good);
  trailing.push_back(0x80);
  EXPECT_FALSE(parse_raw_transaction(trailing, form));
}

TEST(FiscoAbi, MethodsAreWrittenInOneWay) {
  for (const char* good : {"f()", "f(string)", "_f$1(uint256,int8,bytes32,bytes,bool,address)"}) {
    const auto method = Method::parse(good);
    ASSERT_TRUE(method.has_value()) << good;
    EXPECT_EQ(method->signature, good);
  }
  for (const char* bad : {"",
                          "f",
                          "f(",
                          "f)",
                          "()",
                          "1f()",
                          "f(uint)",
                          "f(string )",
                          "f(string,)",
                          "f(,string)",
                          "f(string) ",
                          "f(uint7)",
                          "f(uint264)",
                          "f(uint08)",
                          "f(bytes0)",
                          "f(bytes33)",
                          "f(string[])",
                          "f((string))",
                          "f(string name)",
                          "f(uint8,string))",
                          "f-g()",
                          "f(int)"}) {
    EXPECT_FALSE(Method::parse(bad)) << bad;
  }
}

class FiscoArguments : public ::testing::Test {
 protected:
  static constexpr std::string_view kTypes = "f(uint8,string,bytes4,bool,int16,address)";
  const Method method_ = *Method::parse(kTypes);
  const std::string minus_two = std::string(31, '\xff') + "\xfe";
  std::vector<std::string> heads_{word(7), word(192), "abcd" + std::string(28, '\0'),
                                  word(1), minus_two, std::string(12, '\0') + std::string(20, 'A')};
  std::string tail_ = words("text");

  Result<std::vector<Argument>> decode() const {
    std::string all;
    for (const std::string& head : heads_) all += head;
    return decode_arguments(method_, core::as_bytes(all + tail_));
  }
  bool refused_with(std::size_t head, const std::string& by) {
    const auto kept = std::exchange(heads_[head], by);
    const bool refused = !decode();
    heads_[head] = kept;
    return refused;
  }
};

TEST_F(FiscoArguments, AreReadAsCompilersWriteThem) {
  const auto arguments = decode();
  ASSERT_TRUE(arguments.has_value());
  std::vector<std::string> texts;
  for (const Argument& one : *arguments) texts.push_back(to_text(one));
  EXPECT_EQ(texts, (std::vector<std::string>{"7", "text", "0x61626364", "true", "0xfffe",
                                             "0x" + core::to_hex(Bytes(20, 'A'))}));
}

TEST_F(FiscoArguments, HaveNoOtherEncoding) {
  EXPECT_TRUE(refused_with(0, word(256)));                                // uint8 too large
  EXPECT_TRUE(refused_with(0, "\x01" + std::string(30, '\0') + "\x07"));  // its padding
  EXPECT_TRUE(refused_with(1, word(160)));                                // offset into the heads
  EXPECT_TRUE(refused_with(1, word(224)));                                // a gap
  EXPECT_TRUE(refused_with(1, word(1'000'000)));                          // outside
  EXPECT_TRUE(refused_with(1, std::string(32, '\xff')));
  EXPECT_TRUE(refused_with(2, "abcde" + std::string(27, '\0')));     // bytes4 too long
  EXPECT_TRUE(refused_with(3, word(2)));                             // no bool
  EXPECT_TRUE(refused_with(4, std::string(30, '\0') + "\xff\xfe"));  // sign not extended
  EXPECT_TRUE(refused_with(5, "\x01" + std::string(11, '\0') + std::string(20, 'A')));
  for (const std::string& tail :
       {words("text") + std::string(32, '\0'), words("text").substr(0, 63), std::string(),
        word(5) + "text" + std::string(28, '\x01'), word(4) + "text" + std::string(28, '\x01'),
        word(33) + "text" + std::string(28, '\0'), words("\xff\xfe"),
        std::string(32, '\xff') + std::string(32, '\0')}) {
    tail_ = tail;
    EXPECT_FALSE(decode());
  }
}

TEST(FiscoFields, NumbersAndBytesInEachSpelling) {
  Value json;
  json.set("hex", "0x1f").set("decimal", "31").set("number", 31).set("bytes", "0xAb01");
  json.set("bare", "ab01").set("odd", "0xabc").set("negative", -1).set("text", "31x");
  json.set("empty", "").set("prefix", "0x").set("long", "0x" + std::string(66, '1'));
  json.set("null", nullptr).set("padded", "0x001f").set("double", 1.5);
  const auto fields = Fields::of(&json, "json");
  ASSERT_TRUE(fields.has_value());
  for (const char* name : {"hex", "decimal", "number", "padded"}) {
    EXPECT_EQ(fields->number(name), 31u) << name;
    EXPECT_EQ(fields->quantity(name), Bytes{31}) << name;
  }
  EXPECT_EQ(fields->bytes("bytes"), of("ab01"));
  EXPECT_EQ(fields->bytes("bare", 2), of("ab01"));
  EXPECT_FALSE(fields->bytes("bare", 3));
  for (const char* name : {"negative", "text", "empty", "prefix", "long", "null", "none", "double"})
    EXPECT_FALSE(fields->number(name)) << name;
  for (const char* name : {"negative", "text", "empty", "prefix", "long", "null", "none", "double"})
    EXPECT_FALSE(fields->quantity(name)) << name;
  for (const char* name : {"odd", "text", "number", "null", "none"})
    EXPECT_FALSE(fields->bytes(name)) << name;
  EXPECT_FALSE(fields->has("null") || fields->has("none"));
  EXPECT_FALSE(Fields::of(nullptr, "x"));
  EXPECT_FALSE(Fields::of(json.find("hex"), "x"));
}

Bytes keccak(ByteView bytes) { return hash(Crypto::kEcdsa, bytes); }

// A tree of `count` leaves by the rules of docs/fisco-bcos.md, and the path of one of them.
struct Wide {
  WidePath path;
  Bytes root;
};
Wide wide_tree(std::size_t count, std::size_t index) {
  std::vector<Bytes> level;
  for (std::size_t i = 0; i < count; ++i) {
    Bytes leaf = encode_rlp_number(i);
    leaf.insert(leaf.end(), 32, static_cast<std::uint8_t>(i));
    level.push_back(leaf);
  }
  Wide tree;
  while (level.size() > 1) {
    WideLevel step;
    std::vector<Bytes> above;
    for (std::size_t first = 0; first < level.size(); first += 16) {
      Bytes all;
      for (std::size_t i = first; i < std::min(first + 16, level.size()); ++i) {
        all.insert(all.end(), level[i].begin(), level[i].end());
        if (index / 16 != first / 16 || i == index) continue;
        (i < index ? step.left : step.right).push_back(level[i]);
      }
      above.push_back(keccak(all));
    }
    tree.path.push_back(step);
    level = above;
    index /= 16;
  }
  tree.path.emplace_back();
  tree.root = keccak(level.front());
  return tree;
}

TEST(FiscoWidePath, EachLeafOfEachTreeLeadsToItsRoot) {
  for (const std::size_t count : {1u, 2u, 15u, 16u, 17u, 33u, 255u, 256u, 257u, 300u}) {
    for (std::size_t index = 0; index < count; index += count > 40 ? 13 : 1) {
      const Wide tree = wide_tree(count, index);
      const Bytes leaf(32, static_cast<std::uint8_t>(index));
      EXPECT_EQ(fold_wide_path(tree.path, leaf, index, keccak), tree.root) << count << " " << index;
      // The position is bound: no other index leads anywhere.
      for (const std::uint64_t other : {index + 1, index + 16, index + 256, index ^ 1}) {
        const auto moved = fold_wide_path(tree.path, leaf, other, keccak);
        EXPECT_FALSE(moved.has_value() && *moved == tree.root) << count << " " << other;
      }
    }
  }
}

TEST(FiscoWidePath, ShapesThatNoTreeHasAreRefused) {
  const Bytes leaf(32, 17);
  const Wide tree = wide_tree(300, 17);
  const auto refused = [&](const WidePath& path, std::uint64_t index = 17) {
    return !fold_wide_path(path, leaf, index, keccak);
  };
  EXPECT_FALSE(refused(tree.path));
  WidePath path = tree.path;
  path.pop_back();  // without the last level
  EXPECT_TRUE(refused(path));
  path = tree.path;
  path.emplace_back();  // one level more
  EXPECT_TRUE(refused(path));
  path = tree.path;
  path[0].right.push_back(path[0].right.back());  // seventeen in a group
  EXPECT_TRUE(refused(path));
  path = tree.path;
  path[0].right.pop_back();  // a group that is not full, and is not the last
  EXPECT_TRUE(refused(path));
  path = tree.path;
  std::swap(path[0].right[0], path[0].right[1]);  // leaves of other places
  EXPECT_TRUE(refused(path));
  path = tree.path;
  path[1].left[0].pop_back();  // no hash
  EXPECT_TRUE(refused(path));
  EXPECT_TRUE(refused({}));
  EXPECT_TRUE(!fold_wide_path(tree.path, Bytes(31, 17), 17, keccak));
  EXPECT_TRUE(refused(tree.path, 17 + 4096));
}

// A tree of pairs, in which a last node without neighbour is hashed alone.
struct Pairs {
  BinaryPath path;
  Bytes root;
};
Pairs pair_tree(std::vector<Bytes> level, std::size_t index) {
  Pairs tree;
  while (level.size() > 1) {
    std::vector<Bytes> above;
    for (std::size_t i = 0; i < level.size(); i += 2) {
      Bytes all = level[i];
      const Bytes right = i + 1 < level.size() ? level[i + 1] : Bytes();
      all.insert(all.end(), right.begin(), right.end());
      above.push_back(keccak(all));
      if (index / 2 == i / 2) tree.path.push_back({level[i], right});
    }
    level = above;
    index /= 2;
  }
  tree.root = level.front();
  return tree;
}
std::vector<Bytes> leaves(std::size_t count) {
  std::vector<Bytes> all;
  for (std::size_t i = 0; i < count; ++i) all.emplace_back(32, static_cast<std::uint8_t>(i));
  return all;
}

TEST(FiscoBinaryPath, EachLeafOfEachTreeLeadsToItsRootAndPosition) {
  for (const std::size_t count : {1u, 2u, 3u, 4u, 5u, 6u, 7u, 9u, 17u, 100u}) {
    for (std::size_t index = 0; index < count; ++index) {
      const Pairs tree = pair_tree(leaves(count), index);
      const auto fold = fold_binary_path(tree.path, leaves(count)[index], keccak);
      ASSERT_TRUE(fold.has_value()) << count << " " << index;
      EXPECT_EQ(fold->root, tree.root);
      EXPECT_EQ(fold->position(), index);
      if (index == 0) continue;
      const Pairs other = pair_tree(leaves(count), 0);
      const auto first = fold_binary_path(other.path, leaves(count)[0], keccak);
      EXPECT_FALSE(same_position(*fold, *first));
      EXPECT_TRUE(same_position(*fold, *fold));
    }
  }
}

TEST(FiscoBinaryPath, EqualReceiptsStandAtEitherPlace) {
  const std::vector<Bytes> receipts(4, Bytes(32, 9));
  const auto receipt = fold_binary_path(pair_tree(receipts, 0).path, receipts[0], keccak);
  ASSERT_TRUE(receipt.has_value());
  for (std::size_t index = 0; index < 4; ++index) {
    const auto transaction =
        fold_binary_path(pair_tree(leaves(4), index).path, leaves(4)[index], keccak);
    EXPECT_TRUE(same_position(*transaction, *receipt));
  }
  const auto larger = fold_binary_path(pair_tree(leaves(8), 0).path, leaves(8)[0], keccak);
  EXPECT_FALSE(same_position(*larger, *receipt));
}

TEST(FiscoBinaryPath, ShapesThatNoTreeHasAreRefused) {
  const Bytes leaf(32, 4);
  const BinaryPath good = pair_tree(leaves(5), 4).path;  // alone, alone, right
  EXPECT_TRUE(fold_binary_path(good, leaf, keccak));
  BinaryPath path = good;
  path.push_back({keccak(Bytes(64)), {}});
  EXPECT_FALSE(fold_binary_path(path, leaf, keccak));  // a level that does not hold the node
  path = {{leaf, {}}};
  EXPECT_FALSE(fold_binary_path(path, leaf, keccak));  // a lone root
  path = good;
  std::swap(path[2].left, path[2].right);  // something after the last node
  EXPECT_FALSE(fold_binary_path(path, leaf, keccak));
}

TEST(FiscoBinaryPath, ListsCountTheirNodes) {
  const Bytes leaf(32, 1);
  const std::string one = core::to_hex(leaf);
  const std::string two = "00000002" + std::string(56, '0');
  const auto parsed = [&](const std::vector<std::string>& elements) {
    Value list{Value::Array{}};
    for (const std::string& element : elements) list.push(element);
    return parse_binary_path(&list, leaf).has_value();
  };
  EXPECT_TRUE(parsed({one}));
  EXPECT_TRUE(parsed({two, one, one}));
  EXPECT_TRUE(parsed({"00000001" + std::string(56, '0'), one, two, one, one}));
  for (const auto& bad :
       std::vector<std::vector<std::string>>{{},
                                             {two},
                                             {two, one},
                                             {two, one, one, one},
                                             {one, one},
                                             {"00000003" + std::string(56, '0'), one, one, one},
                                             {"00000000" + std::string(56, '0')},
                                             {"00000000" + std::string(56, '0'), one},
                                             {"01000002" + std::string(56, '0'), one, one},
                                             {"00000002" + std::string(55, '0') + "1", one, one},
                                             {one.substr(2)},
                                             {std::string(64, 'g')}}) {
    EXPECT_FALSE(parsed(bad)) << bad.size();
  }
  const Value text("x");
  EXPECT_FALSE(parse_binary_path(&text, leaf));
  EXPECT_FALSE(parse_binary_path(nullptr, leaf));
  EXPECT_FALSE(parse_wide_path(nullptr));
  EXPECT_FALSE(parse_wide_path(&text));
}

}  // namespace
}  // namespace heyan::ledgers::fisco_bcos::testing
