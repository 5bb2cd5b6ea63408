// Who sends a transaction and who signs its record, on a chain of our own.
#include "tests/unit/chainmaker/chain.h"
#include "verifier/crypto/pem.h"

namespace heyan::ledgers::chainmaker {
namespace {

using testing::answers;
using testing::BlockSpec;
using testing::Chain;
using ::testing::Contains;
using testing::counted;
using ::testing::ElementsAre;
using testing::establishes;
using testing::Network;
using testing::Person;
using testing::reasons;
using testing::Scene;

TEST_F(Chain, ASenderByHashNeedsItsCertificate) {
  const Person& sender = at(0).admin;
  BlockSpec spec;
  spec.sender = [&](const Bytes& payload) {
    Bytes entry;
    put_message(entry, 1, sender.member_by_hash());
    put_bytes(entry, 2, Fields(sender.endorsement(payload)).bytes(2));
    return entry;
  };
  const auto unknown = network_.scene(spec).judge();
  EXPECT_THAT(reasons(unknown), ElementsAre("BAD_SENDER", "SIGNER_NOT_TRUSTED"));
  // Not that the transaction is invalid: that nobody here knows who sent it.
  EXPECT_THAT(answers(unknown, v1::CHECK_REC_1), ElementsAre("UNDETERMINED NONE NONE"));
  EXPECT_THAT(answers(unknown, v1::CHECK_KEY_2),
              ElementsAre("FAIL INSTITUTION_NOT_ON_TRUST_LIST INCONCLUSIVE"));
  const std::string pem = crypto::write_pem(sender.certificate.der(), "CERTIFICATE");
  Scene listed = network_.scene(spec);
  listed.files["sender.pem"] = core::to_bytes(std::string_view(pem));
  listed.with_setting("certificates = [\"sender.pem\"]");
  EXPECT_TRUE(establishes(listed.judge()));
  // Or as the transaction itself read it from the chain's own list; only what has that hash.
  const auto key = core::as_bytes("cert");
  spec.rw_set = testing::state_with(false, "CERT_MANAGE", key, core::as_bytes(pem));
  EXPECT_TRUE(establishes(network_.scene(spec).judge()));
  spec.rw_set = testing::state_with(false, "evidence", key, core::as_bytes(pem));
  EXPECT_THAT(reasons(network_.scene(spec).judge()), Contains("BAD_SENDER"));
  // What one transaction lacks, another of the same item may have.
  Scene both = network_.scene(spec);
  spec.rw_set = testing::state_with(false, "CERT_MANAGE", key, core::as_bytes(pem));
  both.proofs.push_back(network_.proof(spec));
  EXPECT_FALSE(establishes(both.judge_all()[0]));
  EXPECT_TRUE(both.judge_all()[1].has_record());
  const std::string other = crypto::write_pem(at(1).admin.certificate.der(), "CERTIFICATE");
  spec.rw_set = testing::state_with(false, "CERT_MANAGE", key, core::as_bytes(other));
  EXPECT_THAT(reasons(network_.scene(spec).judge()), Contains("BAD_SENDER"));
}

TEST_F(Chain, MembersByOtherMeansAreNotSupported) {
  for (const std::uint64_t type : {3u, 4u, 5u, 99u}) {
    BlockSpec spec;
    spec.sender = [&](const Bytes& payload) {
      Bytes member;
      put_bytes(member, 1, core::as_bytes("court.test"));
      put_number(member, 2, type);
      put_bytes(member, 3, core::as_bytes("did:cm:alice"));
      Bytes entry;
      put_message(entry, 1, member);
      put_bytes(entry, 2, Fields(at(0).admin.endorsement(payload)).bytes(2));
      return entry;
    };
    const auto attestation = network_.scene(spec).judge();
    EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_UNSUPPORTED);
    EXPECT_FALSE(attestation.has_record());
    EXPECT_THAT(answers(attestation, v1::CHECK_INC_1),
                ElementsAre("UNDETERMINED FORMAT_UNSUPPORTED INCONCLUSIVE"));
  }
}

TEST_F(Chain, ASenderMustBeThere) {
  BlockSpec spec;
  spec.sender = [](const Bytes&) { return Bytes(); };
  EXPECT_THAT(reasons(network_.scene(spec).judge()), Contains("BAD_SENDER"));
  EXPECT_FALSE(establishes(network_.scene(spec).judge()));
  // The signature of another call.
  spec.sender = [&](const Bytes&) { return at(0).admin.endorsement(core::as_bytes("other")); };
  EXPECT_THAT(answers(network_.scene(spec).judge(), v1::CHECK_REC_1),
              ElementsAre("FAIL RECORD_NOT_EFFECTIVE INCONCLUSIVE"));
}

TEST_F(Chain, StrangersMayNeitherSendNorEndorse) {
  const Network other;
  BlockSpec spec;
  spec.sender = [&](const Bytes& payload) {
    return other.institutions[0].admin.endorsement(payload);
  };
  const auto attestation = network_.scene(spec).judge();
  EXPECT_THAT(reasons(attestation), Contains("BAD_SENDER"));
  EXPECT_THAT(answers(attestation, v1::CHECK_REC_1), ElementsAre("UNDETERMINED NONE NONE"));
  spec = {};
  spec.endorsers = {&at(0).admin, &other.institutions[1].admin};
  EXPECT_THAT(reasons(network_.scene(spec).judge()), Contains("BAD_ENDORSEMENT"));
}

// The state that the last vote of a multi-sign request leaves.
class MultiSigned : public Chain {
 protected:
  BlockSpec spec_with(std::uint64_t status, const std::vector<const Person*>& agreeing,
                      const std::string& tx_id = "first-transaction") const {
    BlockSpec request;
    request.contract = "MULTI_SIGN";
    request.method = "REQ";
    request.parameters.emplace_back("SYS_CONTRACT_NAME", "evidence");
    request.parameters.emplace_back("SYS_METHOD", "Evidence");
    const Bytes payload = testing::payload_of(request, "first-transaction");
    Bytes state;
    put_message(state, 1, payload);
    put_number(state, 4, status);
    for (const Person* one : agreeing) {
      Bytes vote;
      put_message(vote, 2, one->endorsement(payload));
      put_message(state, 5, vote);
    }
    BlockSpec spec;
    spec.contract = "MULTI_SIGN";
    spec.method = "VOTE";
    spec.parameters = {{"TX_ID", "first-transaction"}, {"VOTE_INFO", "x"}};
    spec.rw_set = testing::state_with(true, "MULTI_SIGN", core::as_bytes(tx_id), state);
    return spec;
  }
};

TEST_F(MultiSigned, TheRecordIsTheFirstCallsAndItsSignersAreShown) {
  const auto attestation =
      network_.scene(spec_with(1, {&at(0).admin, &at(1).admin, &at(2).admin})).judge();
  EXPECT_TRUE(establishes(attestation));
  EXPECT_EQ(attestation.record().id(), "EV-1");
  ASSERT_TRUE(attestation.has_record_quorum());
  EXPECT_EQ(attestation.record_quorum().valid(), 3u);
  EXPECT_THAT(counted(attestation), Contains("notary ENDORSER"));
}

TEST_F(MultiSigned, NothingIsRecordedBeforeItWasCarriedOut) {
  for (const std::uint64_t status : {0u, 2u, 3u, 4u}) {
    const auto attestation = network_.scene(spec_with(status, {&at(0).admin})).judge();
    EXPECT_FALSE(attestation.has_record());
    EXPECT_THAT(answers(attestation, v1::CHECK_REC_1),
                ElementsAre("FAIL RECORD_NOT_EFFECTIVE INCONCLUSIVE"))
        << status;
  }
  // State under another id is not this request's.
  EXPECT_FALSE(network_.scene(spec_with(1, {&at(0).admin}, "other")).judge().has_record());
}

// Whether it was carried out is not in what was offered: nothing is said of that.
TEST_F(MultiSigned, WithoutItsStateNothingIsKnown) {
  Scene scene = network_.scene(spec_with(1, {&at(0).admin}));
  std::string text = core::to_string(scene.proofs.front());
  const std::size_t from = text.find(",\"rw_set_pb\":");
  ASSERT_NE(from, std::string::npos);
  text.erase(from, text.find(',', from + 1) - from);
  scene.proofs.front() = core::to_bytes(std::string_view(text));
  const auto attestation = scene.judge();
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
  EXPECT_FALSE(attestation.has_record());
  EXPECT_THAT(answers(attestation, v1::CHECK_REC_1), ElementsAre("UNDETERMINED NONE NONE"));
}

TEST_F(MultiSigned, ASignatureOfAStrangerVoidsIt) {
  const Network other;
  const auto attestation =
      network_.scene(spec_with(1, {&at(0).admin, &other.institutions[1].admin})).judge();
  EXPECT_THAT(reasons(attestation), Contains("BAD_ENDORSEMENT"));
  EXPECT_FALSE(attestation.has_record());
}

}  // namespace
}  // namespace heyan::ledgers::chainmaker
