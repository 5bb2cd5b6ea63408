// Items as production judges them: single blocks, further proofs, and what lowers or lifts them.
#include "tests/unit/fabric/fixture.h"

namespace heyan::ledgers::fabric::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kChain = "raft-a/chain/block_";
const std::vector<std::string> kSingleBlockNotes{"REC-1 UNDETERMINED COMMIT_NOT_PROVEN NOTE",
                                                 "TIM-1 DECLARED TIME_ONLY_DECLARED NOTE"};

Case block8(TrustText text = {}) {
  Case one(std::move(text));
  one.record("EV-2026-0008").file("raft-a/evidence/delivery_track.json").proof(kChain + "008.pb");
  return one;
}

void add_chain(Case& one, int last = 29) {
  for (int i = 0; i <= last; ++i) {
    const std::string number = std::to_string(i);
    one.proof(kChain + std::string(3 - number.size(), '0') + number + ".pb");
  }
}

void add_answers(Case& one, std::string_view txid, const std::vector<std::string>& peers) {
  for (const std::string& peer : peers) {
    const std::string stem = "raft-a/attest/" + std::string(txid) + "." + peer;
    one.proof(stem + ".signed_proposal.pb").proof(stem + ".proposal_response.pb");
  }
}

TEST(FabricItem, SingleBlockIsEstablishedWithNotes) {
  const v1::Attestation attestation = block8().judge();
  EXPECT_THAT(remarks(attestation), kSingleBlockNotes);
  for (const v1::CheckId check : {v1::CHECK_REC_1, v1::CHECK_INC_1, v1::CHECK_QUO_1,
                                  v1::CHECK_QUO_3, v1::CHECK_KEY_1, v1::CHECK_KEY_2}) {
    EXPECT_TRUE(passes(attestation, check)) << v1::CheckId_Name(check);
  }
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
  EXPECT_EQ(attestation.ledger(), "chain");
  EXPECT_EQ(attestation.position().block(), 8u);
  EXPECT_EQ(attestation.position().transaction(), 0u);
  EXPECT_EQ(core::to_hex(core::as_bytes(attestation.position().block_hash())),
            "24e9e2f507c444f6fc6f6352efea90ae8847d799841d864af669903d9327c88c");
  EXPECT_EQ(attestation.record().id(), "EV-2026-0008");
  EXPECT_EQ(attestation.record().who(), "Courier platform");
  EXPECT_EQ(attestation.record().where(), "api:track");
  EXPECT_TRUE(attestation.record().has_when_ms());
  ASSERT_EQ(attestation.record().digests_size(), 1);
  EXPECT_TRUE(attestation.record_named());
  EXPECT_EQ(attestation.quorum().required(), 3u);
  EXPECT_EQ(attestation.quorum().valid(), 3u);
  EXPECT_EQ(attestation.quorum().neutral(), 3u);
  EXPECT_TRUE(attestation.quorum().reached());
  EXPECT_TRUE(attestation.quorum().neutral_reached());
  EXPECT_THAT(counted(attestation, "ENDORSER"), ElementsAre("copyright", "court", "platform"));
  EXPECT_THAT(counted(attestation, "ORDERER"), ElementsAre("copyright"));
  EXPECT_EQ(attestation.time().source(), "declared");
  EXPECT_FALSE(attestation.time().independent());
  EXPECT_EQ(attestation.path_size(), 7);
}

TEST(FabricItem, BftAndGmNetworks) {
  TrustText bft;
  bft.run = "bft-a";
  bft.channel = "bft-evidence";
  bft.pin = "3d138fb01743dfc6abcdffbf7ceb43d0ad6d560c9867c51d844212222c7ec9fc";
  bft.config_blocks = {"000", "011"};
  bft.min_orderer_orgs = 3;
  bft.msp["PlatformOrdererMSP"] = "platform";
  EXPECT_THAT(remarks(Case(bft).record("EVB-2026-0008").proof("bft-a/chain/block_008.pb").judge()),
              kSingleBlockNotes);
  TrustText gm;
  gm.run = "gm-a";
  gm.channel = "gm-evidence";
  gm.pin = "6ed3d4ff2f76ca621acac7cb55d9a361776a0db341224c6a022d37760a216e2e";
  gm.config_blocks = {"000"};
  gm.profile = "gm-vonechain-2.2";
  for (const std::string orderer : {"Court", "Notary", "Copyright"})
    gm.msp.erase(orderer + "OrdererMSP");
  gm.msp["OrdererMSP"] = "court";
  EXPECT_THAT(remarks(Case(gm).record("EVG-2026-0002").proof("gm-a/chain/block_006.pb").judge()),
              kSingleBlockNotes);
}

TEST(FabricItem, WithoutANameTheOnlyRecordOrTheFilesIsFound) {
  const v1::Attestation only = Case().proof(kChain + "008.pb").judge();
  EXPECT_EQ(only.record().id(), "EV-2026-0008");
  EXPECT_FALSE(only.record_named());
  const v1::Attestation by_file =
      Case().file("raft-a/evidence/photo_scene.png").proof(kChain + "007.pb").judge();
  EXPECT_EQ(by_file.record().id(), "EV-2026-0006");
  EXPECT_EQ(by_file.position().transaction(), 1u);
  const v1::Attestation none = Case().proof(kChain + "007.pb").judge();
  EXPECT_FALSE(none.has_record());
  EXPECT_EQ(effect_of(none, v1::REASON_RECORD_NOT_FOUND), v1::EFFECT_NOT_FOUND);
}

TEST(FabricItem, HintsNameKeyAndTransaction) {
  const v1::Attestation second =
      Case().proof(kChain + "009.pb").hint("key", "EV-2026-0009").hint("transaction", "1").judge();
  EXPECT_EQ(second.position().transaction(), 1u);
  EXPECT_EQ(effect_of(second, v1::REASON_RECORD_NOT_EFFECTIVE), v1::EFFECT_INCONCLUSIVE);
  EXPECT_THAT(second.ledger_reasons(), ElementsAre("MVCC"));
  const v1::Attestation first = Case().proof(kChain + "009.pb").hint("key", "EV-2026-0009").judge();
  EXPECT_EQ(first.position().transaction(), 0u);
  EXPECT_THAT(remarks(first), kSingleBlockNotes);
}

TEST(FabricItem, UnknownRecordIsNotFound) {
  const v1::Attestation attestation =
      Case().record("EV-2026-7777").proof(kChain + "008.pb").judge();
  EXPECT_THAT(remarks(attestation), Contains("REC-1 FAIL RECORD_ID_UNKNOWN NOT_FOUND"));
  EXPECT_FALSE(attestation.has_record());
  const v1::Attestation sandbox = Case().record("EV-2026-9032").proof(kChain + "029.pb").judge();
  EXPECT_THAT(remarks(sandbox), Contains("REC-1 FAIL RECORD_ID_UNKNOWN NOT_FOUND"));
  EXPECT_FALSE(sandbox.has_record());
}

struct Tampered {
  std::string file;
  std::string remark;
};

TEST(FabricItem, AlteredBlocksFailWithTheirReason) {
  const std::vector<Tampered> cases{
      {"tx_byte", "INC-1 FAIL INCLUSION_PROOF_INVALID INCONSISTENT"},
      {"tx_appended", "INC-1 FAIL INCLUSION_PROOF_INVALID INCONSISTENT"},
      {"hdr_datahash", "INC-1 FAIL INCLUSION_PROOF_INVALID INCONSISTENT"},
      {"tx_byte_rehash", "INC-1 UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE"},
      {"hdr_number", "INC-1 UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE"},
      {"md_sig", "INC-1 UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE"},
      {"md_nosig", "INC-1 UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE"},
      {"signed_by_peer", "INC-1 UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE"},
      {"signed_by_rogue_orderer",
       "INC-1 UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE"},
      {"orderer_high_s", "INC-1 UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE"},
      {"truncated", "INC-1 UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"},
      {"empty", "INC-1 UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"},
      {"not_a_block", "INC-1 UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"},
      {"huge_length", "INC-1 UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"},
      {"flags_too_long", "INC-1 UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"},
      {"flag_valid_to_10", "REC-1 FAIL RECORD_NOT_EFFECTIVE INCONCLUSIVE"},
      {"cheat_endorse_dropped", "QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE"},
      {"cheat_endorse_rogue_ca", "QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE"},
      {"cheat_endorse_rogue_ca", "KEY-2 FAIL INSTITUTION_NOT_ON_TRUST_LIST NOTE"},
      {"cheat_digest_forged", "QUO-3 FAIL NODE_SIGNATURE_INVALID NOTE"},
  };
  for (const Tampered& one : cases) {
    const v1::Attestation attestation = Case()
                                            .record("EV-2026-0008")
                                            .file("raft-a/evidence/delivery_track.json")
                                            .proof("raft-a/tampered/" + one.file + ".pb")
                                            .judge();
    EXPECT_THAT(remarks(attestation), Contains(one.remark)) << one.file;
  }
}

TEST(FabricItem, MergedEntriesAreInconsistent) {
  for (const std::string file : {"crosslink_merge", "crosslink_split"}) {
    const v1::Attestation attestation =
        Case().record("EV-2026-0006").proof("raft-a/tampered/" + file + ".pb").judge();
    EXPECT_EQ(effect_of(attestation, v1::REASON_INCLUSION_PROOF_INVALID), v1::EFFECT_INCONSISTENT)
        << file;
    EXPECT_FALSE(attestation.has_record());
  }
}

TEST(FabricItem, NoRecordFromBytesThatNoOrdererSigned) {
  for (const std::string file :
       {"tx_byte", "tx_byte_rehash", "md_sig", "signed_by_rogue_orderer"}) {
    const v1::Attestation attestation =
        Case().record("EV-2026-0008").proof("raft-a/tampered/" + file + ".pb").judge();
    EXPECT_FALSE(attestation.has_record()) << file;
    EXPECT_FALSE(attestation.quorum().reached()) << file;
  }
}

TEST(FabricItem, LookAlikeNetwork) {
  const v1::Attestation block =
      Case().record("EV-2026-0008").proof("rogue-a/chain/block_007.pb").judge();
  EXPECT_TRUE(has_code(block, v1::REASON_INCLUSION_ROOT_NOT_AUTHENTICATED));
  const v1::Attestation bundle = Case()
                                     .record("EV-2026-0008")
                                     .proof("rogue-a/chain/block_000.pb")
                                     .proof("rogue-a/chain/block_007.pb")
                                     .judge();
  EXPECT_THAT(remarks(bundle), Contains("INC-1 UNDETERMINED LEDGER_NOT_RECOGNISED INCONCLUSIVE"));
  EXPECT_FALSE(bundle.has_record());
}

TEST(FabricItem, WithoutFlagsTheSameNote) {
  const v1::Attestation attestation =
      Case()
          .record("EV-2026-0008")
          .proof("raft-a/orderer-copies/CopyrightOrdererMSP/block_008.pb")
          .judge();
  EXPECT_THAT(remarks(attestation), kSingleBlockNotes);
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_INCOMPLETE);
}

TEST(FabricItem, AnUnreadableFurtherProofIsNamed) {
  Case one = block8();
  one.proof("raft-a/tampered/not_a_block.pb");
  EXPECT_THAT(remarks(one.judge()),
              Contains("INC-1 UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"));
}

TEST(FabricItem, NothingOffered) {
  EXPECT_THAT(remarks(Case().record("EV-2026-0008").judge()),
              Contains("INC-1 UNDETERMINED INCLUSION_PROOF_MISSING INCONCLUSIVE"));
}

TEST(FabricItem, CopiesOfOtherOrderersAddTheirSignatures) {
  TrustText three;
  three.min_orderer_orgs = 3;
  EXPECT_FALSE(block8(three).judge().quorum().reached());
  Case one = block8(three);
  for (const std::string orderer : {"CourtOrdererMSP", "NotaryOrdererMSP", "CopyrightOrdererMSP"}) {
    one.proof("raft-a/orderer-copies/" + orderer + "/block_008.pb");
  }
  const v1::Attestation merged = one.judge();
  EXPECT_THAT(remarks(merged), kSingleBlockNotes);
  EXPECT_THAT(counted(merged, "ORDERER"), ElementsAre("copyright", "court", "notary"));
}

TEST(FabricItem, AFlagOfAnyCopyLowers) {
  Case one = block8();
  one.proof("raft-a/tampered/flag_valid_to_10.pb");
  EXPECT_TRUE(has_code(one.judge(), v1::REASON_RECORD_NOT_EFFECTIVE));
}

TEST(FabricItem, SignedAnswersOfAQuorumLiftTheNote) {
  const auto judge = [](const std::vector<std::string>& peers) {
    Case one;
    one.record("EV-2026-0001").file("raft-a/evidence/chat_log.json").proof(kChain + "006.pb");
    add_answers(one, "467d7181ebe198bd", peers);
    return one.judge();
  };
  const v1::Attestation lifted = judge({"court", "notary", "copyright", "platform"});
  EXPECT_THAT(remarks(lifted), ElementsAre("TIM-1 DECLARED TIME_ONLY_DECLARED NOTE"));
  EXPECT_THAT(counted(lifted, "WITNESS"), ElementsAre("copyright", "court", "notary", "platform"));
  EXPECT_THAT(remarks(judge({"court", "notary", "platform"})),
              ElementsAre("TIM-1 DECLARED TIME_ONLY_DECLARED NOTE"));
  EXPECT_THAT(remarks(judge({"court", "notary"})), kSingleBlockNotes);
  // The same institution twice is one institution.
  EXPECT_THAT(remarks(judge({"court", "court", "notary"})), kSingleBlockNotes);
}

TEST(FabricItem, BadAnswersAreNotCounted) {
  for (const std::string bad : {"code_changed", "outer_changed", "endorser_swapped", "other_tx"}) {
    Case one;
    one.record("EV-2026-0001").proof(kChain + "006.pb");
    add_answers(one, "467d7181ebe198bd", {"court", "notary"});
    one.proof("raft-a/attest/467d7181ebe198bd.copyright.signed_proposal.pb")
        .proof("raft-a/attest/bad-" + bad + ".proposal_response.pb");
    EXPECT_TRUE(has_code(one.judge(), v1::REASON_COMMIT_NOT_PROVEN)) << bad;
  }
}

TEST(FabricItem, AnswersAboutAnotherTransactionAreNotCounted) {
  Case one = block8();
  add_answers(one, "467d7181ebe198bd", {"court", "notary", "copyright", "platform"});
  EXPECT_TRUE(has_code(one.judge(), v1::REASON_COMMIT_NOT_PROVEN));
}

TEST(FabricItem, TheWholeChainLiftsTheNote) {
  Case one;
  one.record("EV-2026-0008").file("raft-a/evidence/delivery_track.json");
  add_chain(one);
  EXPECT_THAT(remarks(one.judge()), ElementsAre("TIM-1 DECLARED TIME_ONLY_DECLARED NOTE"));
}

TEST(FabricItem, TheWholeChainShowsLaterChanges) {
  for (const std::string id : {"EV-2026-0003", "EV-2026-0004"}) {  // amended; withdrawn
    Case one;
    one.record(id).file(id == "EV-2026-0003" ? "raft-a/evidence/webpage_capture.html"
                                             : "raft-a/evidence/transfer_receipt.txt");
    add_chain(one);
    EXPECT_THAT(remarks(one.judge()),
                Contains("REC-1 UNDETERMINED RECORD_REVOKED_BY_PLATFORM NOTE"))
        << id;
  }
}

TEST(FabricItem, ALaterBlockAloneShowsItToo) {
  Case one;
  one.record("EV-2026-0004").proof(kChain + "006.pb").proof(kChain + "017.pb");
  const v1::Attestation attestation = one.judge();
  EXPECT_TRUE(has_code(attestation, v1::REASON_RECORD_REVOKED_BY_PLATFORM));
  EXPECT_EQ(attestation.position().block(), 6u);
}

TEST(FabricItem, TheWholeChainUnmasksAReplay) {
  Case alone;
  alone.record("EV-2026-0002").proof("raft-a/tampered/flags_all_valid_014.pb");
  EXPECT_THAT(remarks(alone.judge()), kSingleBlockNotes);
  Case one;
  one.record("EV-2026-0002");
  for (int i = 0; i < 14; ++i) {
    const std::string number = std::to_string(i);
    if (i != 6) one.proof(kChain + std::string(3 - number.size(), '0') + number + ".pb");
  }
  one.proof(kChain + "006.pb")
      .proof("raft-a/tampered/flags_all_valid_014.pb")
      .hint("transaction", "0");
  EXPECT_TRUE(has_code(one.judge(), v1::REASON_RECORD_NOT_EFFECTIVE));
}

TEST(FabricItem, AForkInTheChainIsInconsistent) {
  Case one;
  one.record("EV-2026-0011");
  for (int i = 0; i <= 12; ++i) {
    const std::string number = std::to_string(i);
    if (i != 8 && i != 10) one.proof(kChain + std::string(3 - number.size(), '0') + number + ".pb");
  }
  one.proof("raft-a/tampered/fork.pb").proof(kChain + "010.pb");
  const v1::Attestation attestation = one.judge();
  EXPECT_EQ(effect_of(attestation, v1::REASON_INCLUSION_PROOF_INVALID), v1::EFFECT_INCONSISTENT);
  EXPECT_THAT(attestation.ledger_reasons(), Contains("HEADER_LINK"));
}

}  // namespace
}  // namespace heyan::ledgers::fabric::testing
