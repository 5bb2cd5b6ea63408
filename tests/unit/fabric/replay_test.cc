// Replaying: whole chains of the GM network too, and blocks made to be expensive.
#include "tests/unit/fabric/fixture.h"
#include "verifier/ledgers/answers.h"
#include "verifier/ledgers/fabric/block_replay.h"
#include "verifier/ledgers/fabric/chain.h"
#include "verifier/ledgers/fabric/state.h"

namespace heyan::ledgers::fabric::testing {
namespace {

using ::testing::ElementsAre;

std::vector<KeptBytes> blocks(const std::string& run, int last) {
  std::vector<KeptBytes> result;
  for (int i = 0; i <= last; ++i) {
    const std::string number = std::to_string(i);
    result.push_back(KeptBytes::own(
        read_vector(run + "/chain/block_" + std::string(3 - number.size(), '0') + number + ".pb")));
  }
  return result;
}

ChainAnswer replay(const std::vector<KeptBytes>& chain, Bench& bench, const std::string& channel) {
  return judge_chain(ChainQuestion{.blocks = chain,
                                   .pin = {},
                                   .channel = channel,
                                   .chaincode = "evidence",
                                   .key = "EVG-2026-0007",
                                   .policies = {}},
                     bench.identities);
}

TEST(FabricChain, TheGmNetworkIsReproduced) {
  Bench bench("gm-vonechain-2.2");
  const ChainAnswer answer = replay(blocks("gm-a", 11), bench, "gm-evidence");
  EXPECT_THAT(sorted_names(answer.reasons), ElementsAre());
  EXPECT_EQ(answer.last_block, 11u);
  EXPECT_THAT(answer.codes.at(9), ElementsAre(0, 11));
  EXPECT_THAT(answer.codes.at(10), ElementsAre(0, 10, 10));
  ASSERT_EQ(answer.history.size(), 1u);
  EXPECT_EQ(answer.history[0].block, 9u);
  EXPECT_TRUE(answer.history[0].policy.has_value());
}

TEST(FabricChain, UnderAnotherProfileNothingHolds) {
  Bench bench("mainline");
  const ChainAnswer answer = replay(blocks("gm-a", 3), bench, "gm-evidence");
  EXPECT_FALSE(answer.complete());
}

TEST(FabricChain, StopsWhereItStopsToHold) {
  Bench bench;
  const auto stopped = [&](std::vector<KeptBytes> chain) {
    const ChainAnswer answer = replay(chain, bench, "judicial-evidence");
    return std::pair(answer.at, sorted_names(answer.reasons));
  };
  using At = std::optional<std::uint64_t>;
  std::vector<KeptBytes> chain = blocks("raft-a", 6);
  EXPECT_EQ(stopped(chain), std::pair(At(), std::vector<std::string>{}));
  EXPECT_EQ(stopped({}), std::pair(At(0), std::vector<std::string>{"PARSE"}));
  EXPECT_EQ(stopped({chain[1], chain[2]}), std::pair(At(1), std::vector<std::string>{"PARSE"}));
  std::swap(chain[2], chain[3]);
  EXPECT_EQ(stopped(chain), std::pair(At(3), std::vector<std::string>{"HEADER_LINK"}));
  chain = blocks("raft-a", 6);
  chain[4] = KeptBytes::own({1, 2, 3});
  EXPECT_EQ(stopped(chain), std::pair(At(4), std::vector<std::string>{"PARSE"}));
  chain[4] = chain[3];
  EXPECT_EQ(stopped(chain), std::pair(At(3), std::vector<std::string>{"HEADER_LINK"}));
}

class Nobody final : public PolicySource {
 public:
  Answer evaluate(std::string_view, std::string_view, std::span<const Identity* const>) override {
    return Answer::kNotSatisfied;
  }
};

TEST(FabricReplay, ABlockWhereAllDependOnAllIsNoTrap) {
  constexpr std::size_t kTransactions = 10'000;
  const Bytes key{'k'};
  ParsedTransaction transaction;
  transaction.header.channel.txid = "same";
  NamespaceSet set;
  set.name = "evidence";
  set.reads.push_back(Read{key, std::nullopt});
  set.writes.push_back(Write{key, false, key});
  transaction.rwset.namespaces.push_back(set);
  const std::vector<ParsedTransaction> transactions(kTransactions, transaction);
  Bench bench;
  const ConfigChain configs = bench.configs("raft-a", "judicial-evidence", {"000"});
  Nobody policies;
  const BlockIndex index(transactions);
  BlockReplay replay(transactions, index, 7, "judicial-evidence", policies, *configs.first().config,
                     bench.identities);
  EXPECT_EQ(replay.check(kTransactions - 1).code, kBadCreatorSignature);
  EXPECT_EQ(replay.check(0).code, kBadCreatorSignature);
}

TEST(FabricState, VersionsOfTheBlockUnderWayAreTouched) {
  const Bytes key{'k'};
  ReadWriteSet writes;
  writes.namespaces.push_back(NamespaceSet{.name = "n",
                                           .reads = {},
                                           .writes = {Write{key, false, key}},
                                           .collections = {},
                                           .range_queries = false,
                                           .metadata_writes = false});
  ReadWriteSet reads;
  reads.namespaces.push_back(NamespaceSet{.name = "n",
                                          .reads = {Read{key, std::nullopt}},
                                          .writes = {},
                                          .collections = {},
                                          .range_queries = false,
                                          .metadata_writes = false});
  State state;
  EXPECT_TRUE(state.reads_hold(reads));
  state.update(writes, {3, 1});
  EXPECT_FALSE(state.reads_hold(reads));
  state.commit();
  EXPECT_FALSE(state.reads_hold(reads));
  reads.namespaces[0].reads[0].version = Version{3, 1};
  EXPECT_TRUE(state.reads_hold(reads));
  reads.namespaces[0].reads[0].version = Version{3, 0};
  EXPECT_FALSE(state.reads_hold(reads));
  writes.namespaces[0].writes[0] = Write{key, true, {}};
  state.update(writes, {4, 0});
  EXPECT_EQ(core::to_hex(state.encode_updates()), "0a0d0a016e1a016b20013203010400");
  state.commit();
  reads.namespaces[0].reads[0].version = std::nullopt;
  EXPECT_TRUE(state.reads_hold(reads));
}

}  // namespace
}  // namespace heyan::ledgers::fabric::testing
