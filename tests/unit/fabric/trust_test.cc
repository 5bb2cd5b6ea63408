// What the trust list says of a Fabric network: how it is read, and what follows from it for one
// item.
#include "tests/unit/fabric/fixture.h"

namespace heyan::ledgers::fabric::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kChain = "raft-a/chain/block_";

Case block8(TrustText text = {}) {
  Case one(std::move(text));
  one.record("EV-2026-0008").proof(kChain + "008.pb");
  return one;
}

std::string defects(const TrustText& text) {
  const auto list = parse_list(text);
  return list ? std::string() : list.error();
}

TEST(FabricTrust, EveryDefectIsNamed) {
  EXPECT_EQ(defects({}), "");
  TrustText text;
  text.policy = "OutOf(9,'A.peer')";
  EXPECT_THAT(defects(text), HasSubstr("endorsement_policy"));
  text = {};
  text.profile = "mainlin";
  EXPECT_THAT(defects(text), HasSubstr("profile"));
  text = {};
  text.pin = "88";
  EXPECT_THAT(defects(text), HasSubstr("genesis_header_hash"));
  text.pin = std::string(64, '0');
  EXPECT_THAT(defects(text), HasSubstr("block_000.pb"));
  text = {};
  text.min_orderer_orgs = 0;
  EXPECT_THAT(defects(text), HasSubstr("min_orderer_orgs"));
  text = {};
  text.msp["X"] = "nobody";
  EXPECT_THAT(defects(text), HasSubstr("nobody"));
  text = {};
  text.channel = "another";
  EXPECT_THAT(defects(text), HasSubstr("config_blocks"));
  text = {};
  text.config_blocks = {"000", "008"};
  EXPECT_THAT(defects(text), HasSubstr("block_008.pb"));
  text = {};
  text.pin.clear();
  text.config_blocks.clear();
  EXPECT_THAT(defects(text), HasSubstr("genesis_header_hash"));
  text = {};
  text.fabric_extra = "  chanel = \"x\"\n";
  EXPECT_THAT(defects(text), HasSubstr("chanel"));
}

TEST(FabricTrust, AnInstitutionThatIsNotMappedIsNotCounted) {
  TrustText text;
  text.msp.erase("PlatformMSP");
  const v1::Attestation attestation = block8(text).judge();
  EXPECT_THAT(remarks(attestation), Contains("KEY-2 FAIL INSTITUTION_NOT_ON_TRUST_LIST NOTE"));
  EXPECT_THAT(remarks(attestation), Contains("QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE"));
  EXPECT_EQ(attestation.quorum().valid(), 2u);
}

TEST(FabricTrust, QuorumAndPolicyMustBothHold) {
  TrustText four;
  four.at_least = 4;
  EXPECT_FALSE(block8(four).judge().quorum().reached());
  TrustText strict_policy;
  strict_policy.policy =
      "OutOf(4,'CourtMSP.peer','NotaryMSP.peer','CopyrightMSP.peer','PlatformMSP.peer')";
  strict_policy.at_least = 1;
  const v1::Attestation attestation = block8(strict_policy).judge();
  EXPECT_FALSE(attestation.quorum().reached());
  EXPECT_EQ(attestation.quorum().valid(), 3u);
  EXPECT_THAT(remarks(attestation), Contains("QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE"));
}

TEST(FabricTrust, WithoutALinkedInstitution) {
  const v1::Attestation three = block8().linked("platform").judge();
  EXPECT_TRUE(three.quorum().reached());
  EXPECT_FALSE(three.quorum().neutral_reached());
  EXPECT_EQ(three.quorum().neutral(), 2u);
  const v1::Attestation four =
      Case().record("EV-2026-0001").proof(kChain + "006.pb").linked("platform").judge();
  EXPECT_TRUE(four.quorum().neutral_reached());
  EXPECT_EQ(four.quorum().neutral(), 3u);
  // Two court peers are one institution.
  const v1::Attestation two = Case().record("EV-2026-9008").proof(kChain + "011.pb").judge();
  EXPECT_EQ(two.quorum().valid(), 2u);
}

TEST(FabricTrust, ALinkedOrdererDoesNotOrderNeutrally) {
  const v1::Attestation attestation =
      Case().record("EV-2026-0001").proof(kChain + "006.pb").linked("copyright").judge();
  EXPECT_TRUE(attestation.quorum().reached());
  EXPECT_FALSE(attestation.quorum().neutral_reached());
}

TEST(FabricTrust, OrderersWanted) {
  TrustText two;
  two.min_orderer_orgs = 2;
  const v1::Attestation attestation = block8(two).judge();
  EXPECT_THAT(attestation.ledger_reasons(), ElementsAre("ORDERER_QUORUM"));
  EXPECT_THAT(remarks(attestation), Contains("QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE"));
  EXPECT_TRUE(passes(attestation, v1::CHECK_INC_1));
}

TEST(FabricConfigInSubmission, IsNotApprovedByComingAlong) {
  TrustText first;
  first.config_blocks = {"000"};
  const v1::Attestation without =
      Case(first).record("EV-2026-0012").proof(kChain + "016.pb").judge();
  EXPECT_THAT(remarks(without), Contains("KEY-2 UNDETERMINED CONFIG_NOT_APPROVED INCONCLUSIVE"));
  EXPECT_FALSE(without.has_record());
  const v1::Attestation with =
      Case(first).record("EV-2026-0012").proof(kChain + "015.pb").proof(kChain + "016.pb").judge();
  EXPECT_THAT(remarks(with), Contains("KEY-2 UNDETERMINED CONFIG_NOT_APPROVED INCONCLUSIVE"));
  EXPECT_TRUE(passes(with, v1::CHECK_INC_1));
  const v1::Attestation forged = Case(first)
                                     .record("EV-2026-0012")
                                     .proof("raft-a/tampered/config_forged.pb")
                                     .proof(kChain + "016.pb")
                                     .judge();
  EXPECT_THAT(remarks(forged), Contains("KEY-2 UNDETERMINED CONFIG_NOT_APPROVED INCONCLUSIVE"));
  // The reviewed ones may come along again.
  const v1::Attestation reviewed = Case()
                                       .record("EV-2026-0012")
                                       .proof(kChain + "000.pb")
                                       .proof(kChain + "015.pb")
                                       .proof(kChain + "016.pb")
                                       .judge();
  EXPECT_EQ(remarks(reviewed).size(), 2u);
}

TEST(FabricConfigInSubmission, APinAloneNeedsTheFirstBlock) {
  TrustText pinned;
  pinned.config_blocks.clear();
  EXPECT_FALSE(block8(pinned).judge().has_record());
  Case one(pinned);
  one.record("EV-2026-0008").proof(kChain + "000.pb").proof(kChain + "008.pb");
  EXPECT_EQ(remarks(one.judge()).size(), 2u);
  Case rogue(pinned);
  rogue.record("EV-2026-0008")
      .proof("rogue-a/chain/block_000.pb")
      .proof("rogue-a/chain/block_007.pb");
  EXPECT_THAT(remarks(rogue.judge()),
              Contains("INC-1 UNDETERMINED LEDGER_NOT_RECOGNISED INCONCLUSIVE"));
}

TEST(FabricRecordPlaces, ThatFindNothingAreDefects) {
  const auto with = [](const std::string& lines) {
    TrustText text;
    text.ledger_extra = "  [ledger.record]\n  " + lines + "\n";
    const auto list = parse_list(text);
    return list ? std::string() : list.error();
  };
  EXPECT_EQ(with("digest = { \"sha-256\" = \"/what/sha~1256\" }"), "");
  EXPECT_THAT(with("who = \"\""), HasSubstr("is empty"));
  for (const std::string place : {"what/sha256", "$.what", "/what/sha~256", "/what~"}) {
    EXPECT_THAT(with("digest = { \"sha-256\" = \"" + place + "\" }"),
                HasSubstr("'" + place + "' in [ledger.record] is no JSON pointer"));
  }
  for (const std::string name : {"id", "who", "what", "when", "where"}) {
    EXPECT_THAT(with(name + " = \"there\""), HasSubstr("is no JSON pointer")) << name;
  }
}

TEST(FabricPolicyFromDefinition, TakesTheDefinitionThatTheTransactionRanUnder) {
  TrustText text;
  text.policy = "from-definition";
  EXPECT_THAT(remarks(block8(text).judge()),
              Contains("QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE"));
  Case with(text);
  with.record("EV-2026-0008").proof(kChain + "005.pb").proof(kChain + "008.pb");
  EXPECT_EQ(remarks(with.judge()).size(), 2u);
  Case later(text);  // the definition of block 23 is not the one this transaction read
  later.record("EV-2026-0008").proof(kChain + "023.pb").proof(kChain + "008.pb");
  EXPECT_FALSE(later.judge().quorum().reached());
}

TEST(FabricPolicyFromDefinition, MayAskForMoreThanTheTrustList) {
  // Three of four are enough for the list, but not under the definition of block 23.
  const v1::Attestation attestation =
      Case().record("EV-2026-9030").proof(kChain + "023.pb").proof(kChain + "029.pb").judge();
  EXPECT_TRUE(has_code(attestation, v1::REASON_RECORD_NOT_EFFECTIVE));
  EXPECT_FALSE(attestation.quorum().reached());
}

}  // namespace
}  // namespace heyan::ledgers::fabric::testing
