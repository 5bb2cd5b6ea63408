// What a node of ChainMaker is asked, and what is made of its answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "gateway/proof_fetch/chainmaker.h"
#include "verifier/core/json.h"
#include "verifier/core/wire.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/pem.h"
#include "verifier/ledgers/chainmaker/proof.h"
#include "verifier/ledgers/chainmaker/verifier.h"
#include "verifier/ledgers/chainmaker/wire_rules.h"

namespace heyan::proof_fetch {
namespace {

namespace cm = ledgers::chainmaker;
using core::Bytes;
using core::ByteView;
using crypto::KeyAlgorithm;
using ::testing::HasSubstr;

Bytes read_vector(const std::string& name) {
  std::ifstream in(std::string(HEYAN_VECTORS) + "/chains-cn/chainmaker/" + name, std::ios::binary);
  EXPECT_TRUE(in.good()) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}

Bytes response_of(ByteView block_info) {
  Bytes result;
  cm::put_bytes(result, 2, block_info);
  Bytes response;
  cm::put_message(response, 3, result);
  return response;
}

ops::ChainmakerNode chain(std::string id, std::string hash) {
  return {.chain_id = std::move(id),
          .hash = std::move(hash),
          .with_certificates = true,
          .org_id = "court.example",
          .member_certificate = {},
          .member_key = {}};
}

Bytes field_of(ByteView message, std::uint32_t number) {
  core::WireReader reader(message);
  while (const auto field = reader.next()) {
    if (!*field) break;
    if ((*field)->number == number) return core::to_bytes((*field)->bytes);
  }
  return {};
}

// Ids of the block's transactions, in order.
std::vector<std::string> ids_of(ByteView block_info) {
  std::vector<std::string> ids;
  const auto block = cm::parse_block_info(block_info);
  EXPECT_TRUE(block.has_value());
  for (const ByteView one : block->transactions)
    ids.emplace_back(cm::parse_transaction(one)->payload.tx_id);
  return ids;
}

TEST(FetchChainmaker, EveryTransactionOfABlock) {
  const Bytes block = read_vector("cm-fullblock-sm-5tx.blockinfo.pb");
  const auto ids = ids_of(block);
  ASSERT_EQ(ids.size(), 5u);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto bundle = bundle_of_block(chain("sm4", "SM3"), ids[i], response_of(block));
    ASSERT_TRUE(bundle.has_value()) << bundle.error().what;
    EXPECT_EQ(bundle->position, i);
    EXPECT_TRUE(bundle->succeeded && bundle->is_cosigned);
    const auto proof = cm::parse_proof(core::as_bytes(bundle->bytes), {});
    ASSERT_TRUE(proof.has_value());
    EXPECT_EQ(cm::parse_transaction(proof->transaction)->payload.tx_id, ids[i]);
    EXPECT_TRUE(proof->rw_set.has_value());
    // Nothing of the others.
    for (std::size_t other = 0; other < ids.size(); ++other) {
      if (other == i) continue;
      EXPECT_EQ(core::to_string(proof->transaction).find(ids[other]), std::string::npos);
    }
  }
}

// A block of a public chain: SHA-256, P-256 certificates, three votes.
TEST(FetchChainmaker, ARealBlock) {
  const Bytes json = read_vector("cm-real-b2.blockinfo.json");
  const auto block = cm::block_info_of_json(json, {});
  ASSERT_TRUE(block.has_value());
  const auto header = cm::parse_header(cm::parse_block_info(*block)->header);
  const auto bundle = bundle_of_block(chain(std::string(header->chain_id), "SHA256"),
                                      ids_of(*block).front(), response_of(*block));
  ASSERT_TRUE(bundle.has_value()) << bundle.error().what;
  EXPECT_EQ(bundle->block, 2u);
  EXPECT_EQ(bundle->signatures, 3u);
}

TEST(FetchChainmaker, WhatIsCutOrChangedIsNeverAnotherTransaction) {
  const Bytes block = read_vector("cm-fullblock-sm-5tx.blockinfo.pb");
  const std::string id = ids_of(block)[4];
  const auto node = chain("sm4", "SM3");
  const Bytes whole = response_of(block);
  const auto original = bundle_of_block(node, id, whole);
  ASSERT_TRUE(original.has_value());
  const Bytes transaction = cm::parse_proof(core::as_bytes(original->bytes), {})->transaction;
  constexpr std::size_t kStride = 61;
  for (std::size_t length = 0; length < whole.size(); length += kStride)
    EXPECT_FALSE(bundle_of_block(node, id, ByteView(whole).first(length)).has_value()) << length;
  std::size_t refused = 0;
  std::size_t tried = 0;
  for (std::size_t at = 0; at < whole.size(); at += kStride, ++tried) {
    Bytes changed = whole;
    changed[at] ^= 0x01;
    const auto bundle = bundle_of_block(node, id, changed);
    if (!bundle) {
      ++refused;
    } else {
      // Votes and signatures of the header alone lie outside of the hashes.
      EXPECT_EQ(cm::parse_proof(core::as_bytes(bundle->bytes), {})->transaction, transaction) << at;
    }
  }
  EXPECT_GT(refused, tried / 2);
}

// The block's transactions under that header, without votes.
Bytes without_votes(ByteView block_info, ByteView header) {
  const auto parts = cm::parse_block_info(block_info);
  Bytes bare;
  cm::put_message(bare, 1, header);
  cm::put_message(bare, 2, parts->dag);
  for (const ByteView one : parts->transactions) cm::put_message(bare, 3, one);
  Bytes info;
  cm::put_message(info, 1, bare);
  return info;
}

TEST(FetchChainmaker, ABlockWithoutVotes) {
  const Bytes block = read_vector("cm-fullblock-sm-5tx.blockinfo.pb");
  const ByteView header = cm::parse_block_info(block)->header;
  const auto fetch = [&](ByteView of_header) {
    return bundle_of_block(chain("sm4", "SM3"), ids_of(block)[0],
                           response_of(without_votes(block, of_header)));
  };
  const auto alone = fetch(header);
  ASSERT_TRUE(alone.has_value()) << alone.error().what;
  EXPECT_FALSE(alone->is_cosigned) << "its header names no consensus, as those of Solo do";

  Bytes of_tbft = cm::without(header, {14, 15});
  cm::put_message(of_tbft, 13, Bytes{0x08, 0x01});
  cm::put_message(of_tbft, 14, field_of(header, 14));
  cm::put_bytes(of_tbft, 15, field_of(header, 15));
  const auto refused = fetch(of_tbft);
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().what, HasSubstr("without the votes"));
}

class Members : public ::testing::Test {
 protected:
  Members() { std::filesystem::create_directories(folder_); }
  ~Members() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    ::chmod((folder_ / name).c_str(), 0600);
  }
  ops::ChainmakerNode member(const crypto::SigningKey& key, const std::string& hash) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    auto node = chain("chain1", hash);
    write("key.pem", key.to_pem());
    write("cert.pem",
          crypto::write_pem(key.self_signed("clerk", now, now + std::chrono::hours(1))->der(),
                            "CERTIFICATE"));
    node.member_key = folder_ / "key.pem";
    node.member_certificate = folder_ / "cert.pem";
    return node;
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("heyan-members-" + std::to_string(::getpid()));
};

crypto::SignatureOutcome verified(const ops::ChainmakerNode& node, crypto::Hash hash) {
  const auto loaded = load_member(node);
  EXPECT_TRUE(loaded.has_value()) << loaded.error().what;
  const auto question = encode_block_query(node, *loaded, "tx1", std::string(64, 'a'),
                                           core::UtcTime(std::chrono::seconds(1'700'000'000)));
  EXPECT_TRUE(question.has_value());
  const Bytes sender = field_of(*question, 2);
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  const core::Limits limits;
  cm::Verifier verifier(checker, hash, limits);
  return verifier.verify(loaded->key.public_key(), hash, field_of(*question, 1),
                         field_of(sender, 2));
}

TEST_F(Members, SignAsTheirChainVerifies) {
  const auto sm2 = *crypto::SigningKey::generate(KeyAlgorithm::kSm2);
  const auto p256 = *crypto::SigningKey::generate(KeyAlgorithm::kEcdsaP256);
  using enum crypto::SignatureOutcome;
  // With certificates the hash is the certificate's, whatever the chain's is.
  EXPECT_EQ(verified(member(sm2, "SHA256"), crypto::Hash::kSm3), kValid);
  EXPECT_EQ(verified(member(p256, "SM3"), crypto::Hash::kSha256), kValid);
  // In public-key mode it is the chain's.
  for (const auto* key : {&sm2, &p256}) {
    for (const auto& [word, hash] :
         {std::pair("SM3", crypto::Hash::kSm3), std::pair("SHA256", crypto::Hash::kSha256)}) {
      auto node = member(*key, word);
      node.with_certificates = false;
      node.member_certificate.clear();
      EXPECT_EQ(verified(node, hash), kValid) << word;
    }
  }
}

TEST_F(Members, TheQuestionIsTheOneOfTheEngine) {
  const auto node = member(*crypto::SigningKey::generate(KeyAlgorithm::kSm2), "SM3");
  const auto question = encode_block_query(node, *load_member(node), "tx1", std::string(64, 'a'),
                                           core::UtcTime(std::chrono::seconds(1'700'000'000)));
  // Read by the reader of payloads, which takes nothing but the canonical encoding.
  const Bytes bytes = field_of(*question, 1);
  const auto payload = cm::parse_payload(bytes);
  ASSERT_TRUE(payload.has_value());
  EXPECT_EQ(payload->chain_id, "chain1");
  EXPECT_EQ(payload->type, 1);
  EXPECT_EQ(payload->tx_id, std::string(64, 'a'));
  EXPECT_EQ(payload->time_seconds, 1'700'000'000);
  EXPECT_EQ(payload->contract, "CHAIN_QUERY");
  EXPECT_EQ(payload->method, "GET_BLOCK_BY_TX_ID");
  EXPECT_EQ(core::as_text(*payload->parameter("txId")), "tx1");
  EXPECT_EQ(core::as_text(*payload->parameter("withRWSet")), "true");
}

TEST_F(Members, IdsThatAreNone) {
  const auto node = member(*crypto::SigningKey::generate(KeyAlgorithm::kSm2), "SM3");
  for (const std::string& id :
       {std::string(), std::string("a b"), std::string(129, 'a'), std::string("\x1b[31m")}) {
    const auto refused = fetch_chainmaker(
        node, id, {}, [](ByteView) -> OrRefusal<Bytes> { std::abort(); }, [](Step) {});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, core::ErrorCode::kUnknown);
  }
}

}  // namespace
}  // namespace heyan::proof_fetch
