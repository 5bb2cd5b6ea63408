// Transactions that cannot be evaluated, and proofs that the network itself would refuse.
#include "tests/unit/fabric/network.h"
#include "verifier/ledgers/fabric/attest.h"
#include "verifier/ledgers/fabric/findings.h"

namespace heyan::ledgers::fabric::testing {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

TEST(FabricUnsupported, AKeyWithAPolicyOfItsOwnEstablishesNothing) {
  const Network net;
  for (const bool both : {true, false}) {
    EnvelopeSpec spec{.writes = {{"EV-1", record_json("EV-1", "v1")}}, .key_policy = true};
    if (!both) spec.endorsers = {net.peer_a};
    Case one = net.item();
    one.proof_bytes(net.block(5, {net.envelope(spec).bytes}));
    const v1::Attestation attestation = one.judge();
    EXPECT_THAT(remarks(attestation),
                Contains("INC-1 UNDETERMINED FORMAT_UNSUPPORTED INCONCLUSIVE"));
    EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_UNSUPPORTED);
  }
}

TEST(FabricUnsupported, AnAmendmentThatCannotBeEvaluatedIsToldAllTheSame) {
  const Network net;
  const MadeEnvelope amended =
      net.envelope({.writes = {{"EV-1", record_json("EV-1", "v2")}}, .key_policy = true});
  Case one = net.item();
  one.proof_bytes(net.block(5, {net.record().bytes})).proof_bytes(net.block(7, {amended.bytes}));
  EXPECT_TRUE(has_code(one.judge(), v1::REASON_RECORD_REVOKED_BY_PLATFORM));
}

TEST(FabricUnsupported, OtherNamespacesLeaveTheCommitOpen) {
  // Their policy is not known to one block; what it would refuse only peers know.
  const Network net;
  const MadeEnvelope wide =
      net.envelope({.writes = {{"EV-1", record_json("EV-1", "v1")}}, .other_namespace = "sandbox"});
  Case alone = net.item();
  alone.proof_bytes(net.block(5, {wide.bytes}));
  EXPECT_TRUE(has_code(alone.judge(), v1::REASON_COMMIT_NOT_PROVEN));
  Case answered = net.item();
  answered.proof_bytes(net.block(5, {wide.bytes}));
  for (Bytes& answer : net.answers(wide, {net.peer_a, net.peer_b}))
    answered.proof_bytes(std::move(answer));
  EXPECT_FALSE(has_code(answered.judge(), v1::REASON_COMMIT_NOT_PROVEN));
}

// Does any answer keep the attestation from being established?
bool is_kept_open(const std::vector<v1::Finding>& findings) {
  for (const v1::Finding& one : findings) {
    if (one.effect() != v1::EFFECT_NONE && one.effect() != v1::EFFECT_NOTE) return true;
    const bool decides = one.check() == v1::CHECK_REC_1 || one.check() == v1::CHECK_INC_1 ||
                         one.check() == v1::CHECK_QUO_1;
    if (decides && one.outcome() != v1::OUTCOME_PASS && one.effect() == v1::EFFECT_NONE)
      return true;
  }
  return false;
}

TEST(FabricRejected, NoReasonIsWithoutConsequence) {
  Bench bench;
  FabricConfig config;
  config.channel = "judicial-evidence";
  config.chaincode = "evidence";
  config.configs = bench.configs("raft-a", "judicial-evidence", {"000"});
  config.policy = *EndorsementPolicy::from_text(
      "OutOf(3,'CourtMSP.peer','NotaryMSP.peer','CopyrightMSP.peer','PlatformMSP.peer')");
  const Bytes block = read_vector("raft-a/chain/block_008.pb");
  const Bytes digest = crypto::sha256(block);
  v1::Item item;
  item.mutable_record()->set_id("EV-2026-0008");
  const v1::Proof declared;
  const ProofView view{&declared, block, digest};
  ReadBlocks blocks;
  const OfferedProofs proofs = *sort_proofs({&view, 1}, item, blocks, bench.limits);
  const Scene scene = set_scene(proofs, config, bench.identities);
  const v1::ItemRecord measured;
  const Evaluation evaluation =
      evaluate(proofs.named.front(), scene, proofs, config, measured, bench.identities);
  ASSERT_THAT(evaluation.reasons, IsEmpty());
  QuorumFacts quorum;
  quorum.quorum.set_reached(true);
  const std::vector<JudgedSignature> signatures;
  for (int number = 0; number <= static_cast<int>(Reason::kChainFork); ++number) {
    const auto reason = static_cast<Reason>(number);
    const Reasons reasons{reason};
    const Judgement judgement{.proofs = proofs,
                              .config = config,
                              .evaluation = evaluation,
                              .signatures = signatures,
                              .quorum = quorum,
                              .reasons = reasons,
                              .committed = true,
                              .disagreement_decides = false};
    const bool accepted =
        reason == Reason::kNoValidationFlags || without_uncounted(reasons).empty();
    EXPECT_EQ(is_kept_open(make_findings(judgement)), !accepted) << name(reason);
  }
}

}  // namespace
}  // namespace heyan::ledgers::fabric::testing
