// What of a report later cases are held against: security decision 22.
#include "verifier/checkpoints.h"

#include <gmock/gmock.h>

namespace heyan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A report of one item with one attestation: a record in a block that a quorum signed.
v1::Report report() {
  v1::Report report;
  v1::ItemReport& item = *report.add_evidence();
  v1::Attestation& attestation = *item.add_attestations();
  attestation.set_ledger("fab");
  attestation.set_tier(v1::TIER_CHAIN_PROOF);
  attestation.mutable_position()->set_block(7);
  attestation.mutable_position()->set_block_hash("hash");
  attestation.mutable_quorum()->set_reached(true);
  v1::Finding& finding = *item.add_findings();
  finding.set_check(v1::CHECK_INC_1);
  finding.set_outcome(v1::OUTCOME_PASS);
  finding.mutable_subject()->set_attestation(0);
  return report;
}
v1::Attestation& attestation(v1::Report& report) {
  return *report.mutable_evidence(0)->mutable_attestations(0);
}
v1::Finding& finding(v1::Report& report) {
  return *report.mutable_evidence(0)->mutable_findings(0);
}

TEST(Checkpoints, AreBlocksThatAQuorumSigned) {
  const auto found = checkpoints_in(report()).kept;
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].ledger(), "fab");
  EXPECT_EQ(found[0].height(), 7u);
  EXPECT_EQ(found[0].hash(), "hash");
  EXPECT_EQ(found[0].seen_at_ms(), 0);
}

TEST(Checkpoints, AreNoOtherBlocks) {
  const auto none_after = [](auto&& change) {
    v1::Report changed = report();
    change(changed);
    return checkpoints_in(changed).kept.empty();
  };
  EXPECT_TRUE(none_after([](auto& r) { attestation(r).mutable_quorum()->set_reached(false); }));
  EXPECT_TRUE(none_after([](auto& r) { attestation(r).set_tier(v1::TIER_TIME_PROOF); }));
  EXPECT_TRUE(none_after([](auto& r) { attestation(r).mutable_position()->clear_block(); }));
  EXPECT_TRUE(none_after([](auto& r) { attestation(r).mutable_position()->clear_block_hash(); }));
  EXPECT_TRUE(none_after([](auto& r) { finding(r).set_outcome(v1::OUTCOME_FAIL); }));
  EXPECT_TRUE(none_after([](auto& r) { finding(r).set_outcome(v1::OUTCOME_UNDETERMINED); }));
  EXPECT_TRUE(none_after([](auto& r) { finding(r).set_check(v1::CHECK_REC_1); }));
  EXPECT_TRUE(none_after([](auto& r) { finding(r).mutable_subject()->set_attestation(1); }));
  EXPECT_TRUE(none_after([](auto& r) { finding(r).clear_subject(); }));
  EXPECT_TRUE(none_after([](auto& r) {
    v1::Finding against = finding(r);
    against.set_outcome(v1::OUTCOME_FAIL);
    *r.mutable_evidence(0)->add_findings() = against;
  }));
}

TEST(Checkpoints, StandOnceAndSorted) {
  v1::Report many = report();
  *many.add_evidence() = many.evidence(0);
  *many.add_evidence() = many.evidence(0);
  many.mutable_evidence(2)->mutable_attestations(0)->mutable_position()->set_block(3);
  const auto found = checkpoints_in(many).kept;
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].height(), 3u);
  EXPECT_EQ(found[1].height(), 7u);
}

TEST(Checkpoints, BelowTheQuorumIsAnObservation) {
  v1::Report below = report();
  attestation(below).mutable_quorum()->set_reached(false);
  attestation(below).mutable_quorum()->set_valid(1);
  EXPECT_TRUE(checkpoints_in(below).kept.empty());
  ASSERT_EQ(checkpoints_in(below).observed.size(), 1u);
  EXPECT_EQ(checkpoints_in(below).observed[0].hash(), "hash");
  // The same block under a quorum, in another item.
  *below.add_evidence() = report().evidence(0);
  EXPECT_EQ(checkpoints_in(below).kept.size(), 1u);
  EXPECT_TRUE(checkpoints_in(below).observed.empty());
  // Nobody signed it.
  attestation(below).mutable_quorum()->set_valid(0);
  below.mutable_evidence()->DeleteSubrange(1, 1);
  EXPECT_TRUE(checkpoints_in(below).observed.empty());
}

// Whatever else is there: of a log the head is what was shown.
TEST(Checkpoints, OfALogAreItsHeads) {
  v1::Report log = report();
  attestation(log).mutable_head()->set_origin("log.example");
  attestation(log).mutable_head()->set_size(0);
  attestation(log).mutable_head()->set_root("root");
  attestation(log).mutable_position()->clear_block();
  const auto found = checkpoints_in(log).kept;
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].origin(), "log.example");
  EXPECT_EQ(found[0].height(), 0u);
  EXPECT_EQ(found[0].hash(), "root");
  attestation(log).mutable_head()->clear_root();
  EXPECT_TRUE(checkpoints_in(log).kept.empty());
}

TEST(Blocks, AreAllWhoeverSigned) {
  v1::Report two = report();
  attestation(two).mutable_quorum()->set_reached(false);
  EXPECT_THAT(blocks_in(two), ElementsAre(LedgerBlock{{"fab", "", 7}, "hash"}));
  attestation(two).set_tier(v1::TIER_OPERATOR_ATTESTATION);
  EXPECT_THAT(blocks_in(two), IsEmpty());
  EXPECT_THAT(blocks_in({}), IsEmpty());
}

}  // namespace
}  // namespace heyan
