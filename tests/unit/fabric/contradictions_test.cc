// Several records named, proofs that contradict one another, hints that say nothing.
#include "tests/unit/fabric/network.h"

namespace heyan::ledgers::fabric::testing {
namespace {

using ::testing::Contains;
using ::testing::Not;

TEST(FabricContradictions, EveryRecordThatIsNamedIsJudged) {
  const Network net;
  const Bytes first = net.block(5, {net.record("v1").bytes});
  const Bytes second = net.block(7, {net.record("v2").bytes});
  Case both = net.item();
  both.proof_bytes(first).hint("transaction", "0").proof_bytes(second).hint("transaction", "0");
  const std::vector<v1::Attestation> positions = both.judge_all();
  ASSERT_EQ(positions.size(), 2u);
  EXPECT_EQ(positions[0].position().block(), 5u);
  EXPECT_EQ(positions[1].position().block(), 7u);
  EXPECT_NE(positions[0].record().digests(0).value(), positions[1].record().digests(0).value());
  EXPECT_TRUE(passes(positions[1], v1::CHECK_INC_1));

  Case keys = net.item("");
  keys.proof_bytes(first).hint("key", "EV-1");
  keys.proof_bytes(net.block(8, {net.record("other", "EV-9").bytes}))
      .hint("key", "EV-9")
      .hint("transaction", "0");
  const std::vector<v1::Attestation> named = keys.judge_all();
  ASSERT_EQ(named.size(), 2u);
  EXPECT_EQ(named[0].record().id(), "EV-9");
  EXPECT_EQ(named[1].record().id(), "EV-1");
}

TEST(FabricContradictions, AHintThatNamesAnotherRecordThanTheItem) {
  const Network net;
  Case one = net.item();
  one.proof_bytes(net.block(5, {net.record("v1").bytes}));
  one.proof_bytes(net.block(6, {net.record("v1", "EV-2").bytes})).hint("key", "EV-2");
  const std::vector<v1::Attestation> found = one.judge_all();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].record().id(), "EV-2");
  EXPECT_THAT(remarks(found[0]),
              Contains("INC-1 UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"));
  EXPECT_EQ(found[1].record().id(), "EV-1");
  EXPECT_TRUE(passes(found[1], v1::CHECK_INC_1));
}

TEST(FabricContradictions, TooManyNames) {
  const Network net;
  const Bytes block = net.block(5, {net.record("v1").bytes});
  Case one = net.item("");
  for (int i = 0; i < 80; ++i) one.proof_bytes(block).hint("key", "EV-" + std::to_string(i));
  const auto result = one.try_judge();
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, core::ErrorCode::kLimit);
}

const std::string kFork = "INC-2 FAIL CHAIN_FORK_DETECTED INCONCLUSIVE";

TEST(FabricFork, TwoBlocksOfOneNumber) {
  const Network net;
  const Bytes mine = net.block(5, {net.record("v1").bytes});
  for (const MadeEnvelope& other : {net.record("v2"), net.record("x", "EV-9")}) {
    Case one = net.item();
    one.proof_bytes(mine).proof_bytes(net.block(5, {other.bytes}));
    const v1::Attestation attestation = one.judge();
    EXPECT_THAT(remarks(attestation), Contains(kFork));
    EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_REJECT);
  }
  // One that nobody of this network signed is no fork.
  Case one = net.item();
  one.proof_bytes(mine).proof_bytes(Network().block(5, {net.record("v2").bytes}));
  EXPECT_THAT(remarks(one.judge()), Not(Contains(kFork)));
}

TEST(FabricFork, ABlockThatGoesOnFromAnother) {
  const Network net;
  const Bytes mine = net.block(5, {net.record("v1").bytes});
  const Bytes other = net.record("x", "EV-9").bytes;
  const auto judge = [&](const Bytes& further) {
    Case one = net.item();
    one.proof_bytes(mine).proof_bytes(further);
    return remarks(one.judge());
  };
  EXPECT_THAT(judge(net.block({.number = 6, .envelopes = {other}, .previous = hash_of(mine)})),
              Not(Contains(kFork)));
  EXPECT_THAT(judge(net.block(6, {other})), Contains(kFork));
  EXPECT_THAT(judge(net.block(4, {other})), Contains(kFork));
  // Two blocks above: both branches hold the record.
  Case above = net.item();
  above.proof_bytes(mine)
      .proof_bytes(net.block(8, {other}))
      .proof_bytes(net.block(8, {net.record("y", "EV-8").bytes}));
  EXPECT_THAT(remarks(above.judge()), Not(Contains(kFork)));
}

TEST(FabricHints, WhatSaysNothingIsNamed) {
  const Network net;
  const Bytes block = net.block(5, {net.record("v1").bytes});
  for (const std::string value : {"two", " 0", "00", "+1", "-0", "", "18446744073709551616"}) {
    Case one = net.item();
    one.proof_bytes(block).hint("transaction", value);
    const v1::Attestation attestation = one.judge();
    EXPECT_EQ(effect_of(attestation, v1::REASON_INCLUSION_PROOF_MALFORMED), v1::EFFECT_INCONCLUSIVE)
        << value;
    for (const v1::Finding& finding : attestation.findings()) {
      if (finding.code() != v1::REASON_INCLUSION_PROOF_MALFORMED) continue;
      ASSERT_EQ(finding.params_size(), 1);
      EXPECT_EQ(finding.params(0).value(), "transaction");
    }
  }
  Case twice = net.item();
  twice.proof_bytes(block).hint("transaction", "0").hint("transaction", "1");
  EXPECT_TRUE(has_code(twice.judge(), v1::REASON_INCLUSION_PROOF_MALFORMED));
  // Names that mean nothing here are for somebody else.
  Case unknown = net.item();
  unknown.proof_bytes(block).hint("Transaction", "5").hint("keyy", "x");
  EXPECT_FALSE(has_code(unknown.judge(), v1::REASON_INCLUSION_PROOF_MALFORMED));
}

TEST(FabricCopies, AFlagIsNotPushedOutByOtherCopies) {
  const Network net;
  const Bytes record = net.record("v1").bytes;
  const auto copy = [&](std::uint8_t flag) {
    return net.block({.number = 5, .envelopes = {record}, .flags = Bytes{flag}});
  };
  Case one = net.item();
  for (int i = 0; i < 70; ++i) one.proof_bytes(copy(kValid));
  one.proof_bytes(copy(kMvccReadConflict));
  EXPECT_TRUE(has_code(one.judge(), v1::REASON_RECORD_NOT_EFFECTIVE));
}

}  // namespace
}  // namespace heyan::ledgers::fabric::testing
