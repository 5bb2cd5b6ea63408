// Trees, node ids, places and records, and the two forms of a proof.
#include "tests/unit/chainmaker/fixture.h"
#include "verifier/ledgers/chainmaker/merkle.h"
#include "verifier/ledgers/chainmaker/node_id.h"
#include "verifier/ledgers/chainmaker/proof.h"
#include "verifier/ledgers/chainmaker/record.h"

namespace heyan::ledgers::chainmaker {
namespace {

using testing::Value;

class Tree : public ::testing::Test {
 protected:
  std::vector<Bytes> leaves(std::size_t count) {
    std::vector<Bytes> result;
    for (std::size_t i = 0; i < count; ++i)
      result.push_back(verifier_.digest(Bytes{static_cast<std::uint8_t>(i)}));
    return result;
  }

  Bytes parent(const Bytes& left, const Bytes& right) {
    const std::array<ByteView, 2> both{left, right};
    return verifier_.digest(both);
  }

  core::Limits limits_;
  crypto::SignatureChecker checker_{crypto::production_engines(), limits_};
  Verifier verifier_{checker_, crypto::Hash::kSm3, limits_};
};

TEST_F(Tree, IsPaddedWithTheLastNodeItself) {
  const auto five = leaves(5);
  const Bytes ab = parent(five[0], five[1]);
  const Bytes cd = parent(five[2], five[3]);
  const Bytes ee = parent(five[4], five[4]);
  const Bytes root = parent(parent(ab, cd), parent(ee, ee));
  EXPECT_EQ(tree_over(five, verifier_).back().front(), root);
  EXPECT_EQ(tree_over(leaves(1), verifier_).back().front(), leaves(1).front());
  EXPECT_TRUE(tree_over({}, verifier_).empty());
}

TEST_F(Tree, EveryPathLeadsToTheRootAndNoOtherDoes) {
  for (std::size_t count = 1; count <= 9; ++count) {
    const auto all = leaves(count);
    const auto tree = tree_over(all, verifier_);
    const Bytes& root = tree.back().front();
    for (std::size_t index = 0; index < count; ++index) {
      auto path = path_to(tree, index);
      const auto end = end_of_path(all[index], index, count, path, verifier_);
      EXPECT_TRUE(end.well_formed);
      EXPECT_EQ(end.root, root);
      // Another index, count, or length, or the same path of another leaf.
      for (std::size_t other = 0; other < count + 2; ++other) {
        const auto wrong = end_of_path(all[index], other, count, path, verifier_);
        EXPECT_EQ(wrong.well_formed && wrong.root == root, other == index) << count << other;
      }
      path.push_back(root);
      EXPECT_FALSE(end_of_path(all[index], index, count, path, verifier_).well_formed);
      path.pop_back();
      if (path.empty()) continue;
      path.back()[0] ^= 1;
      const auto changed = end_of_path(all[index], index, count, path, verifier_);
      EXPECT_FALSE(changed.well_formed && changed.root == root);
      path.pop_back();
      EXPECT_TRUE(end_of_path(all[index], index, count, path, verifier_).root.empty());
    }
  }
}

// A leaf that is not there cannot borrow the place of a padding.
TEST_F(Tree, APaddingSiblingMustBeTheNodeItself) {
  const auto three = leaves(3);
  const auto tree = tree_over(three, verifier_);
  const std::vector<Bytes> path = path_to(tree, 2);
  const auto forged = end_of_path(three[0], 2, 3, path, verifier_);
  EXPECT_FALSE(forged.well_formed);
  EXPECT_NE(forged.root, tree.back().front());
  EXPECT_TRUE(end_of_path(three[2], 3, 3, path, verifier_).root.empty());
  const std::vector<Bytes> short_sibling = {Bytes(31), path[1]};
  EXPECT_TRUE(end_of_path(three[2], 2, 3, short_sibling, verifier_).root.empty());
}

// The published ids of test keys.
TEST(NodeId, IsThePeerIdOfTheKey) {
  const auto file = core::json::parse(testing::read_vector("vectors/identities.json"), {});
  ASSERT_TRUE(file.has_value());
  std::size_t seen = 0;
  for (const Value& one : *file->at("/vectors")->as_array()) {
    const std::string id = vectors::chainmaker::text_at(one, "/chainmaker_peer_id");
    if (id.empty()) continue;
    const auto spki = core::from_hex(vectors::chainmaker::text_at(one, "/spki_der_hex"));
    ASSERT_TRUE(spki.has_value());
    EXPECT_EQ(node_id_of(*crypto::PublicKey::from_spki(*spki)), id);
    ++seen;
  }
  EXPECT_GE(seen, 2u);
}

TEST(NodeId, Base58KeepsLeadingZeros) {
  EXPECT_EQ(base58({}), "");
  EXPECT_EQ(base58(Bytes{0, 0, 1}), "112");
  EXPECT_EQ(base58(core::as_bytes("Hello World!")), "2NEpo7TZRRrLZSi2U");
  for (const char* text : {"", "0", "O", "I", "l", "Qm ", "Qm+"}) EXPECT_FALSE(is_base58(text));
  EXPECT_TRUE(is_base58("2NEpo7TZRRrLZSi2U"));
}

class Record : public ::testing::Test {
 protected:
  using Parameters = std::vector<std::pair<std::string, std::string>>;

  static Result<v1::LedgerRecord> read(const Parameters& parameters,
                                       const trust::RecordFields& fields = {}) {
    Bytes bytes;
    put_bytes(bytes, 3, core::as_bytes("tx-1"));
    for (const auto& [key, value] : parameters) {
      Bytes parameter;
      put_bytes(parameter, 1, core::as_bytes(key));
      put_bytes(parameter, 2, core::as_bytes(value));
      put_message(bytes, 8, parameter);
    }
    const auto payload = parse_payload(bytes);
    return read_record(*payload, *record_places(fields), {});
  }

  const std::string digest_ = std::string(64, 'a');
};

TEST_F(Record, HasThePlacesOfTheStandard) {
  const auto record =
      read({{"hash", digest_},
            {"id", "EV-1"},
            {"metadata", R"({"hashType":"file","hashAlgorithm":"SHA-256","username":"用户",
                              "timestamp":"1672048892","proveTimestamp":""})"}});
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->id(), "EV-1");
  EXPECT_EQ(record->who(), "用户");
  EXPECT_EQ(record->when_ms(), 1'672'048'892'000);
  ASSERT_EQ(record->digests_size(), 1);
  EXPECT_EQ(record->digests(0).algorithm(), v1::DIGEST_ALGORITHM_SHA_256);
}

// 64 digits fit two algorithms: none is guessed.
TEST_F(Record, WithoutAnAlgorithmNoDigestIsGuessed) {
  const auto record = read({{"hash", digest_}});
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->digests_size(), 0);
  EXPECT_EQ(record->id(), "tx-1");
  const auto placed = read({{"hash", digest_}}, {.digest = {{"sm3", "hash"}}, .fields = {}});
  ASSERT_EQ(placed->digests_size(), 1);
  EXPECT_EQ(placed->digests(0).algorithm(), v1::DIGEST_ALGORITHM_SM3);
}

// The list says SM3, the record says SHA-256: neither is compared as the other.
TEST_F(Record, AnAlgorithmThatTheListDoesNotPlaceIsUnsupported) {
  const std::string metadata = R"({"hashAlgorithm":"sha256"})";
  const auto record = read({{"hash", digest_}, {"metadata", metadata}},
                           {.digest = {{"sm3", "hash"}}, .fields = {}});
  EXPECT_EQ(record->digests_size(), 0);
  EXPECT_EQ(record->unsupported_algorithm(), "sha256");
  const auto unknown = read({{"hash", digest_}, {"metadata", R"({"hashAlgorithm":"blake3"})"}});
  EXPECT_EQ(unknown->digests_size(), 0);
  EXPECT_EQ(unknown->unsupported_algorithm(), "blake3");
}

TEST_F(Record, OtherPlacesAreReadAsTheListSays) {
  const auto record =
      read({{"doc", R"({"fp":"aa","owner":{"name":"甲"},"n":7})"}},
           {.digest = {}, .fields = {{"who", "doc#/owner/name"}, {"id", "doc#/n"}}});
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->who(), "甲");
  EXPECT_EQ(record->id(), "7");
}

TEST_F(Record, WhatCannotBeReadIsRefused) {
  const std::string sm3 = R"({"hashAlgorithm":"sm3"})";
  const std::vector<Parameters> refused = {
      {{"hash", "zz"}, {"metadata", sm3}},                        // no digest
      {{"hash", std::string(62, 'a')}, {"metadata", sm3}},        // too short
      {{"hash", digest_}, {"hash", digest_}, {"metadata", sm3}},  // twice
      {{"id", "a"}, {"id", "b"}},
      {{"metadata", "no json"}},
      {{"metadata", R"({"username":"a","username":"b"})"}},
      {{"metadata", R"({"username":["a"]})"}},
      {{"metadata", "{} "}, {"metadata", "{}"}}};
  for (const Parameters& one : refused) EXPECT_FALSE(read(one).has_value()) << one.front().second;
}

TEST_F(Record, PlacesAreParametersWithPointers) {
  EXPECT_EQ(Place::parse("hash")->pointer, "");
  EXPECT_EQ(Place::parse("meta#/a/b")->pointer, "/a/b");
  for (const char* text : {"", "#/a", "meta#", "meta#a"}) EXPECT_FALSE(Place::parse(text)) << text;
}

TEST_F(Record, OnlyPlainTimesAreTimes) {
  const auto when = [&](const std::string& text) {
    return read({{"metadata", R"({"timestamp":")" + text + "\"}"}})->has_when_ms();
  };
  for (const char* text : {"1672048892", "1672048892123", "2022-12-26T10:01:32Z"})
    EXPECT_TRUE(when(text)) << text;
  for (const char* text :
       {"", "yesterday", "167204889", "-672048892", "16720488921", "1672048892x"})
    EXPECT_FALSE(when(text)) << text;
}

class ProofForm : public ::testing::Test {
 protected:
  static Value value() {
    Value value = *testing::read_bundle("cm-v06-pk-sm2-2tx").find("proof");
    value.set("schema", "heyan.chainmaker-proof.v1");
    return value;
  }
  static bool reads(const Value& value) { return reads(core::json::write_canonical(value)); }
  static bool reads(const std::string& text) {
    return parse_proof(core::as_bytes(text), {}).has_value();
  }
  // Without one member, and with another in its place.
  static Value replaced(std::string_view name, std::optional<Value> other) {
    Value result{Value::Object{}};
    const Value whole = value();
    for (const auto& [key, one] : *whole.as_object()) {
      if (key != name) result.set(key, one);
    }
    if (other) result.set(name, *std::move(other));
    return result;
  }
};

TEST_F(ProofForm, JsonIsReadStrictly) {
  EXPECT_TRUE(reads(value()));
  EXPECT_TRUE(reads(replaced("rw_set_pb", {})));
  for (const char* name :
       {"schema", "block_header_pb", "extra_data", "tx_pb", "tx_index", "merkle_path"})
    EXPECT_FALSE(reads(replaced(name, {}))) << name;
  const std::vector<std::pair<const char*, Value>> refused = {
      {"schema", "heyan.chainmaker-proof.v2"},
      {"block_header_pb", ""},
      {"block_header_pb", "AAA"},
      {"tx_pb", ""},
      {"tx_pb", 1},
      {"tx_index", -1},
      {"tx_index", "0"},
      {"merkle_path", "00"},
      {"merkle_path", Value(Value::Array{Value(1)})},
      {"merkle_path", Value(Value::Array{Value("0g")})},
      {"merkle_path", Value(Value::Array(33, Value("00")))},
      {"extra_data", Value(Value::Array{})},
      {"rw_set_pb", nullptr},
      {"trust", "none of yours"}};
  for (const auto& [name, other] : refused) EXPECT_FALSE(reads(replaced(name, other))) << name;
  EXPECT_FALSE(reads(core::json::write_canonical(value()) + "{}"));
}

TEST_F(ProofForm, ProtobufIsReadStrictly) {
  Bytes header;
  put_bytes(header, 1, core::as_bytes("header"));
  Bytes votes;
  put_message(votes, 1, core::as_bytes(kVotesKey));
  put_message(votes, 2, core::as_bytes("votes"));
  Bytes good = header;
  put_message(good, 2, votes);
  put_bytes(good, 3, core::as_bytes("transaction"));
  put_number(good, 4, 2);
  put_message(good, 5, Bytes(32));
  const auto proof = parse_proof(good, {});
  ASSERT_TRUE(proof.has_value());
  EXPECT_EQ(proof->vote_set, core::to_bytes(std::string_view("votes")));
  EXPECT_EQ(proof->index, 2u);
  EXPECT_EQ(proof->path.size(), 1u);
  EXPECT_FALSE(proof->rw_set.has_value());

  Bytes twice = header;  // a key of extra_data twice
  put_message(twice, 2, votes);
  put_message(twice, 2, votes);
  put_bytes(twice, 3, core::as_bytes("transaction"));
  Bytes unknown = good;
  put_number(unknown, 7, 1);
  Bytes disordered = good;
  put_bytes(disordered, 3, core::as_bytes("another"));
  for (const Bytes& bad : {twice, unknown, disordered, header, Bytes()})
    EXPECT_FALSE(parse_proof(bad, {}).has_value());
  for (std::size_t cut = 1; cut < 34; ++cut)
    EXPECT_FALSE(parse_proof(ByteView(good).first(good.size() - cut), {}).has_value()) << cut;
}

}  // namespace
}  // namespace heyan::ledgers::chainmaker
