// Config blocks: who may change a channel's config, and what an update must lead to.
#include "tests/unit/fabric/fixture.h"
#include "verifier/ledgers/fabric/config_block.h"
#include "verifier/ledgers/fabric/config_update.h"

namespace heyan::ledgers::fabric::testing {
namespace {

const std::string kChannel = "judicial-evidence";

KeptBytes block(const std::string& path) { return KeptBytes::own(read_vector(path)); }

class FabricConfigUpdate : public ::testing::Test {
 protected:
  FabricConfigUpdate()
      : chain(bench.configs("raft-a", kChannel, {"000", "015"})),
        bytes(read_vector("raft-a/chain/block_015.pb")),
        content(*parse_config_block(*parse_block(bytes, bench.limits))),
        update(*parse_config_update(content.last_update)) {}

  const ChannelConfig& before() const { return *chain.first().config; }
  const ConfigTree& after() const { return chain.latest().config->tree(); }
  bool authorised() { return is_authorised(before(), update, kChannel, after(), bench.identities); }

  Bench bench;
  ConfigChain chain;
  Bytes bytes;
  ConfigContent content;
  ConfigUpdate update;
};

TEST_F(FabricConfigUpdate, TheRealOneIsAuthorised) {
  EXPECT_TRUE(authorised());
  EXPECT_TRUE(chain.latest().changes_trust);  // it adds a revocation list
}

TEST_F(FabricConfigUpdate, NeedsItsSignatures) {
  ASSERT_FALSE(update.signatures.empty());
  update.signatures.clear();
  EXPECT_FALSE(authorised());
}

TEST_F(FabricConfigUpdate, NeedsTheSignaturesOfThoseWhoMayChangeIt) {
  // A signature that stands twice counts once, and one over other bytes not at all.
  const ConfigSignature first = update.signatures.front();
  update.signatures = {first, first};
  const bool one_is_enough = authorised();
  update.signatures = {first};
  EXPECT_EQ(authorised(), one_is_enough);
  Bytes altered = core::to_bytes(first.signature);
  altered.back() ^= 1;
  update.signatures = {ConfigSignature{first.signature_header, altered}};
  EXPECT_FALSE(authorised());
}

TEST_F(FabricConfigUpdate, IsForThisChannelOnly) {
  update.channel = "another";
  EXPECT_FALSE(authorised());
}

TEST_F(FabricConfigUpdate, MustLeadToExactlyTheConfigSupplied) {
  ConfigTree other = after();
  other.begin()->second.version += 1;
  EXPECT_FALSE(is_authorised(before(), update, kChannel, other, bench.identities));
  other = after();
  other.erase(std::prev(other.end()));
  EXPECT_FALSE(is_authorised(before(), update, kChannel, other, bench.identities));
}

TEST_F(FabricConfigUpdate, IsAgainstTheConfigBefore) {
  EXPECT_FALSE(is_authorised(*chain.latest().config, update, kChannel, after(), bench.identities));
}

TEST_F(FabricConfigUpdate, AnEmptyUpdateChangesNothing) {
  update.write_set = update.read_set;
  EXPECT_FALSE(authorised());
}

TEST_F(FabricConfigUpdate, OperationalChangesDoNotTouchTrust) {
  ConfigTree other = before().tree();
  const Bytes value{1, 2, 3};
  const auto change = [&](ElementKind kind, const std::string& path) {
    other = before().tree();
    const auto found = other.find(ElementKey{kind, path});
    ASSERT_NE(found, other.end()) << path;
    found->second.content = value;
    found->second.version += 1;
  };
  change(ElementKind::kValue, "/Channel/Orderer/BatchSize");
  EXPECT_FALSE(changes_trust(before().tree(), other));
  change(ElementKind::kValue, "/Channel/Orderer/ConsensusType");
  EXPECT_TRUE(changes_trust(before().tree(), other));
  change(ElementKind::kValue, "/Channel/Capabilities");
  EXPECT_TRUE(changes_trust(before().tree(), other));
  change(ElementKind::kPolicy, "/Channel/Orderer/BlockValidation");
  EXPECT_TRUE(changes_trust(before().tree(), other));
  other = before().tree();
  other.begin()->second.mod_policy = "Readers";
  EXPECT_TRUE(changes_trust(before().tree(), other));
  other = before().tree();
  std::erase_if(other, [](const auto& entry) { return last_name(entry.first.path) == "MSP"; });
  EXPECT_TRUE(changes_trust(before().tree(), other));
  EXPECT_TRUE(changes_trust(other, before().tree()));
}

TEST(FabricConfigChain, StartsAtThePinnedBlockOnly) {
  Bench bench;
  const Bytes pin =
      *core::from_hex("88cbc68448ae9ded035788ed2d4a66b39191aa0a951134afd3b322f17c97839a");
  const KeptBytes genesis = block("raft-a/chain/block_000.pb");
  EXPECT_TRUE(ConfigChain::start(genesis, pin, kChannel, bench.verifier).has_value());
  EXPECT_EQ(ConfigChain::start(block("rogue-a/chain/block_000.pb"), pin, kChannel, bench.verifier)
                .error(),
            Reason::kConfigAnchor);
  EXPECT_EQ(ConfigChain::start(genesis, pin, "another", bench.verifier).error(),
            Reason::kConfigAnchor);
  EXPECT_EQ(
      ConfigChain::start(block("raft-a/chain/block_015.pb"), std::nullopt, kChannel, bench.verifier)
          .error(),
      Reason::kConfigAnchor);
  EXPECT_EQ(
      ConfigChain::start(block("raft-a/chain/block_008.pb"), std::nullopt, kChannel, bench.verifier)
          .error(),
      Reason::kParse);
  EXPECT_EQ(
      ConfigChain::start(block("raft-a/tampered/empty.pb"), pin, kChannel, bench.verifier).error(),
      Reason::kParse);
}

TEST(FabricConfigChain, ThePinCoversTheEntries) {
  Bench bench;
  Bytes genesis = read_vector("raft-a/chain/block_000.pb");
  const Bytes pin =
      *core::from_hex("88cbc68448ae9ded035788ed2d4a66b39191aa0a951134afd3b322f17c97839a");
  genesis[genesis.size() / 2] ^= 1;
  EXPECT_FALSE(
      ConfigChain::start(KeptBytes::own(genesis), pin, kChannel, bench.verifier).has_value());
}

TEST(FabricConfigChain, RefusesForgedForeignAndRepeatedBlocks) {
  Bench bench;
  ConfigChain chain = bench.configs("raft-a", kChannel, {"000"});
  EXPECT_EQ(chain.append(block("raft-a/tampered/config_forged.pb"), bench.identities).error(),
            Reason::kConfigChain);
  EXPECT_FALSE(chain.append(block("bft-a/chain/block_011.pb"), bench.identities).has_value());
  EXPECT_FALSE(chain.append(block("raft-a/chain/block_000.pb"), bench.identities).has_value());
  EXPECT_EQ(chain.links().size(), 1u);
  ASSERT_TRUE(chain.append(block("raft-a/chain/block_015.pb"), bench.identities).has_value());
  EXPECT_FALSE(chain.append(block("raft-a/chain/block_015.pb"), bench.identities).has_value());
  EXPECT_EQ(chain.in_force(15)->number, 0u);
  EXPECT_EQ(chain.in_force(16)->number, 15u);
  EXPECT_EQ(chain.in_force(0), nullptr);
}

TEST(FabricConfigChain, EveryAlteredByteOfAConfigBlockIsNoticed) {
  Bench bench;
  const ConfigChain start = bench.configs("raft-a", kChannel, {"000"});
  const Bytes real = read_vector("raft-a/chain/block_015.pb");
  // Behind the signed metadata stand what a peer wrote: flags and commit hash.
  const std::size_t signed_bytes = real.size() - 50;
  for (std::size_t at = 0; at < signed_bytes; at += 97) {
    Bytes altered = real;
    altered[at] ^= 0x20;
    ConfigChain chain = start;
    EXPECT_FALSE(chain.append(KeptBytes::own(std::move(altered)), bench.identities).has_value())
        << at;
  }
}

}  // namespace
}  // namespace heyan::ledgers::fabric::testing
