// Where a transaction stands when its envelope was ordered twice, and what was written to the key
// besides.
#include "tests/unit/fabric/network.h"

namespace heyan::ledgers::fabric::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

constexpr auto kRevoked = v1::REASON_RECORD_REVOKED_BY_PLATFORM;
constexpr auto kNotProven = v1::REASON_COMMIT_NOT_PROVEN;
constexpr auto kNotEffective = v1::REASON_RECORD_NOT_EFFECTIVE;

// v1 in block 5, v2 in block 7, the envelope of v1 once more in block 9, as an orderer stores it.
class Replayed : public ::testing::Test {
 protected:
  Replayed()
      : v1_(net.record("v1")),
        v2_(net.record("v2")),
        b5(net.block(5, {v1_.bytes})),
        b7(net.block(7, {v2_.bytes})),
        b9(net.block({.number = 9, .envelopes = {v1_.bytes}, .previous = Bytes(32, 9)})) {}

  v1::Attestation judge(const std::vector<Bytes>& proofs, const MadeEnvelope* answered = nullptr) {
    Case one = net.item();
    for (const Bytes& proof : proofs) one.proof_bytes(proof);
    if (answered != nullptr) {
      for (Bytes& answer : net.answers(*answered, {net.peer_a, net.peer_b}))
        one.proof_bytes(std::move(answer));
    }
    return one.judge();
  }

  Network net;
  MadeEnvelope v1_;
  MadeEnvelope v2_;
  Bytes b5;
  Bytes b7;
  Bytes b9;
};

TEST_F(Replayed, TheMadeNetworkIsAsGoodAsARealOne) {
  EXPECT_THAT(remarks(judge({b5})), ElementsAre("REC-1 UNDETERMINED COMMIT_NOT_PROVEN NOTE",
                                                "TIM-1 DECLARED TIME_ONLY_DECLARED NOTE"));
  EXPECT_THAT(remarks(judge({b5}, &v1_)), ElementsAre("TIM-1 DECLARED TIME_ONLY_DECLARED NOTE"));
}

TEST_F(Replayed, TheEarliestOccurrenceIsThePosition) {
  for (const auto* answered :
       {static_cast<const MadeEnvelope*>(nullptr), static_cast<const MadeEnvelope*>(&v1_)}) {
    const v1::Attestation attestation = judge({b9, b7, b5}, answered);
    EXPECT_EQ(attestation.position().block(), 5u);
    EXPECT_TRUE(has_code(attestation, kRevoked));
    EXPECT_FALSE(has_code(attestation, kNotEffective));
  }
}

TEST_F(Replayed, AnEarlierWriteLeavesTheOrderOpen) {
  // Answers say that v1 was committed, not in which block: it may have been before block 7.
  const v1::Attestation attestation = judge({b9, b7}, &v1_);
  EXPECT_EQ(attestation.position().block(), 9u);
  EXPECT_TRUE(has_code(attestation, kNotProven));
}

TEST_F(Replayed, WhatTheRecordReadWasThereBefore) {
  const MadeEnvelope amended = net.envelope({.writes = {{"EV-1", record_json("EV-1", "v1")}},
                                             .read = Version{.block = 7, .transaction = 0}});
  const v1::Attestation attestation = judge({net.block(9, {amended.bytes}), b7}, &amended);
  EXPECT_FALSE(has_code(attestation, kNotProven));
  EXPECT_FALSE(has_code(attestation, kRevoked));
  const MadeEnvelope older = net.envelope({.writes = {{"EV-1", record_json("EV-1", "v1")}},
                                           .read = Version{.block = 6, .transaction = 3}});
  EXPECT_TRUE(has_code(judge({net.block(9, {older.bytes}), b7}, &older), kNotProven));
}

TEST_F(Replayed, ADuplicateIsNoEvidenceAgainstTheFirst) {
  // A peer's copy says what became of it.
  const Bytes flagged = net.block({.number = 9,
                                   .envelopes = {v1_.bytes},
                                   .flags = Bytes{kDuplicateTxid},
                                   .previous = Bytes(32, 9)});
  const v1::Attestation attestation = judge({flagged, b5});
  EXPECT_EQ(attestation.position().block(), 5u);
  EXPECT_FALSE(has_code(attestation, kNotEffective));
  Case real;
  real.record("EV-2026-0002")
      .file("raft-a/evidence/contract_scan.png")
      .proof("raft-a/chain/block_006.pb")
      .proof("raft-a/chain/block_014.pb");
  const v1::Attestation found = real.judge();
  EXPECT_EQ(found.position().block(), 6u);
  EXPECT_THAT(remarks(found), ElementsAre("REC-1 UNDETERMINED COMMIT_NOT_PROVEN NOTE",
                                          "TIM-1 DECLARED TIME_ONLY_DECLARED NOTE"));
}

TEST_F(Replayed, AHintAtADuplicateLeadsToTheFirst) {
  Case one = net.item();
  one.proof_bytes(b5).proof_bytes(b7).proof_bytes(b9).hint("transaction", "0");
  const v1::Attestation attestation = one.judge();
  EXPECT_EQ(attestation.position().block(), 5u);
  EXPECT_TRUE(has_code(attestation, kRevoked));
}

TEST_F(Replayed, BlocksThatNobodySignedMoveNothing) {
  Network other;  // the same names, other keys
  const Bytes forged = other.block(3, {v1_.bytes});
  const v1::Attestation attestation = judge({b5, forged});
  EXPECT_EQ(attestation.position().block(), 5u);
  EXPECT_FALSE(has_code(judge({b5, other.block(7, {v2_.bytes})}), kRevoked));
}

class SameBlock : public ::testing::Test {
 protected:
  v1::Attestation judge(const std::vector<MadeEnvelope>& envelopes, const std::string& content) {
    std::vector<Bytes> bytes;
    for (const MadeEnvelope& one : envelopes) bytes.push_back(one.bytes);
    Case one(net.trust(), net.files());
    one.record("EV-1").file_bytes(core::as_bytes(content)).proof_bytes(net.block(5, bytes));
    return one.judge();
  }

  Network net;
};

TEST_F(SameBlock, ALaterWriterIsALaterWrite) {
  const v1::Attestation amended = judge({net.record("v1"), net.record("v2")}, "v1");
  EXPECT_EQ(amended.position().transaction(), 0u);
  EXPECT_TRUE(has_code(amended, kRevoked));
  EXPECT_TRUE(has_code(judge({net.record("v1"), net.deletion()}, "v1"), kRevoked));
  const v1::Attestation latest = judge({net.record("v1"), net.record("v2")}, "v2");
  EXPECT_EQ(latest.position().transaction(), 1u);
  EXPECT_FALSE(has_code(latest, kRevoked));
  // One that is not endorsed changed nothing.
  const MadeEnvelope weak =
      net.envelope({.writes = {{"EV-1", record_json("EV-1", "v2")}}, .endorsers = {net.peer_a}});
  EXPECT_FALSE(has_code(judge({net.record("v1"), weak}, "v1"), kRevoked));
}

TEST_F(SameBlock, AValidWriterGoesBeforeOneThatIsNot) {
  const MadeEnvelope weak =
      net.envelope({.writes = {{"EV-1", record_json("EV-1", "v1")}}, .endorsers = {net.peer_a}});
  const v1::Attestation attestation = judge({weak, net.record("v2")}, "v1");
  EXPECT_EQ(attestation.position().transaction(), 1u);
  EXPECT_TRUE(passes(attestation, v1::CHECK_REC_1));
}

TEST_F(SameBlock, TheLastWriteOfATransactionDecides) {
  const std::string first = record_json("EV-1", "v1");
  const v1::Attestation deleted =
      judge({net.envelope({.writes = {{"EV-1", first}, {"EV-1", std::nullopt}}})}, "v1");
  EXPECT_FALSE(deleted.has_record());
  EXPECT_THAT(remarks(deleted), Contains("REC-1 FAIL RECORD_ID_UNKNOWN NOT_FOUND"));
  const v1::Attestation written = judge(
      {net.envelope({.writes = {{"EV-1", record_json("EV-1", "v2")}, {"EV-1", first}}})}, "v1");
  ASSERT_TRUE(written.has_record());
  EXPECT_EQ(core::to_hex(core::as_bytes(written.record().digests(0).value())),
            core::to_hex(crypto::sha256(core::as_bytes("v1"))));
}

}  // namespace
}  // namespace heyan::ledgers::fabric::testing
