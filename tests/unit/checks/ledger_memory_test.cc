// INC-2: what ledgers showed, here and before, and what a court ruled on it.
#include "tests/unit/checks/fixture.h"

namespace heyan::checks::testing {
namespace {

class Memory : public ChecksTest {
 protected:
  v1::KeptCheckpoint& keep(std::uint64_t height, const std::string& hash,
                           const std::string& ledger = "chain") {
    v1::KeptCheckpoint& checkpoint = *circumstances_.add_checkpoints();
    checkpoint.set_ledger(ledger);
    checkpoint.set_height(height);
    checkpoint.set_hash(hash);
    return checkpoint;
  }
};

TEST_F(Memory, KeptCheckpoints) {
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  keep(6, "six");
  keep(7, "another", "another-chain");
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  keep(7, "seven");
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_PASS);
  attestation().mutable_position()->set_block_hash("Seven");
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
}

// Of its own item, too: less than a quorum signed is no view of the ledger.
TEST_F(Memory, BelowTheQuorumAContradictionIsANote) {
  keep(7, "another seven");
  attestation().mutable_quorum()->set_reached(false);
  const v1::Finding finding = only(v1::CHECK_INC_2);
  EXPECT_EQ(finding.code(), v1::REASON_BLOCK_DIFFERS_BELOW_QUORUM);
  EXPECT_EQ(finding.effect(), v1::EFFECT_NOTE);
  EXPECT_EQ(finding.outcome(), v1::OUTCOME_NOT_APPLICABLE);
  attestation().mutable_quorum()->set_reached(true);
  set_answer(attestation(), v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED);
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
}

// Two blocks of one case contradict each other as two of two cases do.
TEST_F(Memory, ACaseMayContradictItself) {
  v1::Attestation other = attestation();
  other.mutable_position()->set_block_hash("Seven");
  attestations_[1] = {other};
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
  attestations_[1][0].set_ledger("another-chain");
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
}

// A larger tree cannot be compared without a consistency proof, and another log's never.
TEST_F(Memory, HeadsOfLogsAreComparedAtOneSize) {
  v1::LogHead& head = *attestation().mutable_head();
  head.set_origin("log.example");
  head.set_size(9);
  head.set_root("nine");
  keep(7, "another seven");  // its block is none
  keep(8, "eight").set_origin("log.example");
  keep(9, "another nine").set_origin("log2.example");
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_NONE);
  keep(9, "another nine").set_origin("log.example");
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
  keep(9, "nine").set_origin("log.example");
  head.set_size(10);  // above a conflict
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
  head.set_origin("log3.example");
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_NONE);
}

class Rulings : public Memory {
 protected:
  Rulings() {
    trust::LedgerEntry& entry = trust_.ledgers.emplace_back();
    entry.id = "chain";
    entry.rulings = {
        {.document = "No. 1", .origin = {}, .height = 5, .resumes = 9, .stands = {"seven", "5"}}};
    keep(5, "5");
    keep(5, "another five");
  }
  void stand(std::uint64_t height, const std::string& hash) {
    attestation().mutable_position()->set_block(height);
    attestation().mutable_position()->set_block_hash(hash);
  }
  trust::Ruling& ruling() { return trust_.ledgers[0].rulings[0]; }
  void expect_note() {
    const v1::Finding finding = only(v1::CHECK_INC_2);
    EXPECT_EQ(finding.code(), v1::REASON_CHAIN_FORK_RULED);
    EXPECT_EQ(finding.effect(), v1::EFFECT_NOTE);
    EXPECT_EQ(finding.outcome(), v1::OUTCOME_NOT_APPLICABLE);
    ASSERT_EQ(finding.params_size(), 2);
    EXPECT_EQ(finding.params(0).value(), "5");
    EXPECT_EQ(finding.params(1).value(), "No. 1");
  }
};

TEST_F(Rulings, WhatTheyLetStandIsJudgedAsBefore) {
  expect_note();
  stand(5, "5");
  expect_note();
  stand(9, "nine");  // the ledger counts again
  expect_note();
  stand(4, "four");  // below
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_NONE);
}

TEST_F(Rulings, WhatTheyDoNotNameStaysOpen) {
  for (const auto& [height, hash] : {std::pair(5, "another five"), {8, "eight"}, {7, ""}}) {
    stand(static_cast<std::uint64_t>(height), hash);
    const v1::Finding finding = only(v1::CHECK_INC_2);
    EXPECT_EQ(finding.code(), v1::REASON_BLOCK_NOT_RULED_FOR) << height;
    EXPECT_EQ(finding.effect(), v1::EFFECT_INCONCLUSIVE);
  }
}

TEST_F(Rulings, NeedNoMemory) {
  circumstances_.clear_checkpoints();
  expect_note();
  stand(5, "another five");
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_BLOCK_NOT_RULED_FOR);
}

TEST_F(Rulings, SettleNoOtherConflict) {
  keep(3, "three");
  keep(3, "another three");
  for (const std::uint64_t height : {4U, 7U, 9U}) {  // below, within, above
    stand(height, "seven");
    EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED) << height;
  }
}

TEST_F(Rulings, SettleNoLaterConflict) {
  keep(9, "nine");
  keep(9, "another nine");
  expect_note();
  stand(9, "nine");
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
}

TEST_F(Rulings, AreOfOneLedgerAndTree) {
  ruling().origin = "log.example";
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
  ruling().origin.clear();
  trust_.ledgers[0].id = "another-chain";
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
}

TEST_F(Memory, SinceWhenALedgerIsWatchedIsToldWhereNothingContradictsIt) {
  const auto told = [this] {
    const v1::Finding finding = only(v1::CHECK_INC_2);
    EXPECT_EQ(finding.effect(), v1::EFFECT_NONE);
    return finding.params_size() == 1 && finding.params(0).name() == "watched_since" &&
           finding.params(0).value() == "2026-11-18";
  };
  v1::WatchedLedger& watched = *circumstances_.add_watched();
  watched.set_ledger("chain");
  watched.set_since_ms(kAsOf);
  EXPECT_TRUE(told());
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  watched.set_ledger("another-chain");
  EXPECT_FALSE(told());
  watched.set_ledger("chain");
  // Above this block, and not for this item to answer; yet there is one.
  keep(8, "eight");
  keep(8, "another eight");
  EXPECT_FALSE(told());
  circumstances_.clear_checkpoints();
  trust_.ledgers.emplace_back().id = "chain";
  EXPECT_TRUE(told());
  trust_.ledgers[0].rulings = {
      {.document = "No. 1", .origin = {}, .height = 8, .resumes = 9, .stands = {"eight"}}};
  EXPECT_FALSE(told());
}

TEST_F(Memory, AboveAKnownConflictNothingIsConcluded) {
  keep(5, "five");
  keep(5, "another five");
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
  attestation().mutable_position()->set_block(4);
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
}

// One signer cannot stop a whole ledger (security decision 22).
TEST_F(Memory, AConflictWithoutAQuorumConcernsItsOwnItemOnly) {
  keep(5, "five");
  v1::Attestation lone = attestation();
  lone.mutable_position()->set_block(5);
  lone.mutable_position()->set_block_hash("another five");
  lone.mutable_quorum()->set_reached(false);
  attestations_[1] = {lone};
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
  attestations_[1][0].mutable_quorum()->set_reached(true);
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
  // From that height on: also the block that agrees with what was kept.
  attestation().mutable_position()->set_block(5);
  attestation().mutable_position()->set_block_hash("five");
  EXPECT_EQ(only(v1::CHECK_INC_2).code(), v1::REASON_CHAIN_FORK_DETECTED);
  attestation().mutable_position()->set_block(4);
  EXPECT_EQ(only(v1::CHECK_INC_2).outcome(), v1::OUTCOME_NOT_APPLICABLE);
}

}  // namespace
}  // namespace heyan::checks::testing
