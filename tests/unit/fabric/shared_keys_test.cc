// Keys and CAs that two institutions hold, and orderers of no institution.
#include "tests/unit/fabric/network.h"

namespace heyan::ledgers::fabric::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kNotReached = "QUO-1 FAIL QUORUM_NOT_REACHED INCONCLUSIVE";
const std::string kNotListed = "KEY-2 FAIL INSTITUTION_NOT_ON_TRUST_LIST NOTE";

TEST(FabricSharedKey, CountsForNobody) {
  const Network net;
  const Member twin = enrol("BMSP", net.ca_b, "peer", net.peer_a.key);
  const MadeEnvelope envelope = net.envelope(
      {.writes = {{"EV-1", record_json("EV-1", "v1")}}, .endorsers = {net.peer_a, twin}});
  Case one = net.item();
  one.proof_bytes(net.block(5, {envelope.bytes}));
  const v1::Attestation attestation = one.judge();
  EXPECT_THAT(remarks(attestation), Contains(kNotReached));
  EXPECT_THAT(remarks(attestation), Contains(kNotListed));
  EXPECT_THAT(counted(attestation, "ENDORSER"), IsEmpty());
  // Of one institution it is one signer under two names.
  TrustText same = net.trust();
  same.msp["BMSP"] = "court";
  same.at_least = 1;
  Case alone = net.item(same);
  alone.proof_bytes(net.block(5, {envelope.bytes}));
  EXPECT_EQ(alone.judge().quorum().valid(), 1u);
}

TEST(FabricSharedKey, OfAnswersAndOrderersToo) {
  const Network net;
  const Member twin = enrol("BMSP", net.ca_b, "peer", net.peer_a.key);
  const MadeEnvelope envelope = net.record();
  Case answered = net.item();
  answered.proof_bytes(net.block(5, {envelope.bytes}));
  for (Bytes& answer : net.answers(envelope, {net.peer_a, twin}))
    answered.proof_bytes(std::move(answer));
  const v1::Attestation witnessed = answered.judge();
  EXPECT_TRUE(has_code(witnessed, v1::REASON_COMMIT_NOT_PROVEN));
  EXPECT_THAT(counted(witnessed, "WITNESS"), IsEmpty());

  const Member orderer = enrol("PMSP", net.ca_p, "orderer", net.orderer_o.key);
  TrustText two = net.trust();
  two.min_orderer_orgs = 2;
  const auto ordered = [&](const Member& second) {
    Case one = net.item(two);
    one.proof_bytes(net.block({.number = 5, .envelopes = {envelope.bytes}}))
        .proof_bytes(net.block({.number = 5, .envelopes = {envelope.bytes}, .orderer = &second}));
    return one.judge();
  };
  EXPECT_TRUE(ordered(net.orderer_p).quorum().reached());
  const v1::Attestation shared = ordered(orderer);
  EXPECT_FALSE(shared.quorum().reached());
  EXPECT_THAT(counted(shared, "ORDERER"), IsEmpty());
}

TEST(FabricSharedKey, ASharedCaIsADefectOfTheList) {
  const auto defects = [](const Network& net, const TrustText& text) {
    const auto list = parse_list(text, net.files());
    return list ? std::string() : list.error();
  };
  const Network peers({.one_ca_for_peers = true});
  EXPECT_THAT(defects(peers, peers.trust()), HasSubstr("'AMSP' of 'court' and 'BMSP' of 'notary'"));
  TrustText same = peers.trust();
  same.msp["BMSP"] = "court";
  EXPECT_EQ(defects(peers, same), "");
  const Network orderers({.one_ca_for_orderers = true});
  EXPECT_THAT(defects(orderers, orderers.trust()), HasSubstr("share a CA"));
  // Where only the hash is pinned, the config comes with the submission.
  TrustText pinned = peers.trust();
  pinned.fabric_extra.clear();
  Case one = peers.item(pinned);
  one.proof_bytes(peers.genesis).proof_bytes(peers.block(5, {peers.record().bytes}));
  EXPECT_THAT(remarks(one.judge()),
              Contains("KEY-2 UNDETERMINED CONFIG_NOT_APPROVED INCONCLUSIVE"));
}

TEST(FabricSharedKey, ACaThatTheListGivesToAnotherInstitution) {
  TrustText text;
  text.platform_extra = "[[institution.ca]]\nfile = \"raft-a/trust/CourtMSP.root.pem\"\n";
  const auto list = parse_list(text);
  ASSERT_FALSE(list.has_value());
  EXPECT_THAT(list.error(), HasSubstr("a CA of 'CourtMSP', mapped to 'court', stands in this list "
                                      "under 'platform'"));
  text.platform_extra = "[[institution.ca]]\nfile = \"raft-a/trust/PlatformMSP.root.pem\"\n";
  EXPECT_TRUE(parse_list(text).has_value());
}

TEST(FabricSharedKey, AnOrganisationThatNoConfigKnows) {
  TrustText text;
  text.msp["CuortMSP"] = "court";
  const auto list = parse_list(text);
  ASSERT_FALSE(list.has_value());
  EXPECT_THAT(list.error(), HasSubstr("CuortMSP"));
}

TEST(FabricOrderers, ThoseOfNoInstitutionAreShownAndNotCounted) {
  const Network net;
  TrustText text = net.trust();
  text.msp.erase("OMSP");
  text.msp.erase("PMSP");
  const MadeEnvelope record = net.record();
  const auto judge = [&](int wanted) {
    text.min_orderer_orgs = wanted;
    Case one = net.item(text);
    one.proof_bytes(net.block({.number = 5, .envelopes = {record.bytes}}))
        .proof_bytes(
            net.block({.number = 5, .envelopes = {record.bytes}, .orderer = &net.orderer_p}));
    return one.judge();
  };
  const v1::Attestation one = judge(1);
  EXPECT_TRUE(one.quorum().reached());
  EXPECT_THAT(counted(one, "ORDERER"), IsEmpty());
  EXPECT_THAT(remarks(one), Contains(kNotListed));
  EXPECT_FALSE(judge(2).quorum().reached());
  // Two organisations of one institution are one.
  text.msp["OMSP"] = "notary";
  text.msp["PMSP"] = "notary";
  const v1::Attestation same = judge(2);
  EXPECT_FALSE(same.quorum().reached());
  EXPECT_THAT(same.ledger_reasons(), Contains("ORDERER_QUORUM"));
  text.msp["PMSP"] = "court";
  EXPECT_TRUE(judge(2).quorum().reached());
}

}  // namespace
}  // namespace heyan::ledgers::fabric::testing
