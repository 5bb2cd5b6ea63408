// What is said of items: the way of production from trust list and proof to attestation.
#include <algorithm>

#include "tests/unit/chainmaker/fixture.h"

namespace heyan::ledgers::chainmaker {
namespace {

using testing::answers;
using ::testing::Contains;
using testing::counted;
using ::testing::ElementsAre;
using testing::establishes;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::reasons;
using testing::Scene;
using testing::Value;

const std::string kFourOfFour = "cm-v01-sm-1tx-4of4";
const std::string kEndorsed = "cm-v04-sm-3tx-endorsed";

TEST(Item, ProvesARecordAndWhoSignedIt) {
  const auto attestation = Scene::of_bundle(kFourOfFour).judge();
  EXPECT_TRUE(establishes(attestation));
  EXPECT_EQ(attestation.tier(), v1::TIER_CHAIN_PROOF);
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
  EXPECT_EQ(attestation.record().id(), "EV00000000");
  ASSERT_EQ(attestation.record().digests_size(), 1);
  EXPECT_EQ(attestation.record().digests(0).algorithm(), v1::DIGEST_ALGORITHM_SM3);
  EXPECT_EQ(core::to_hex(core::as_bytes(attestation.record().digests(0).value())),
            "9c785d98786a95bbfd7004e60093cc95714547aa415b6f7936968d1ec7b947f8");
  EXPECT_EQ(attestation.position().block(), 1001u);
  EXPECT_EQ(attestation.position().transaction(), 0u);
  EXPECT_EQ(attestation.time().source(), "node-clock");
  EXPECT_FALSE(attestation.time().independent());
  EXPECT_THAT(answers(attestation, v1::CHECK_TIM_1),
              ElementsAre("DECLARED TIME_ONLY_FROM_NODE_CLOCK NOTE"));
  EXPECT_THAT(counted(attestation),
              ElementsAre("copyright VALIDATOR", "court VALIDATOR", "forensic VALIDATOR",
                          "notary PROPOSER", "notary VALIDATOR"));
  EXPECT_EQ(attestation.quorum().valid(), 4u);
  EXPECT_FALSE(attestation.has_record_quorum());
}

TEST(Item, InstitutionsThatSignedTheRecordAreShownApart) {
  Scene scene = Scene::of_bundle(kEndorsed);
  const auto attestation = scene.judge();
  EXPECT_TRUE(establishes(attestation));
  ASSERT_TRUE(attestation.has_record_quorum());
  EXPECT_EQ(attestation.record_quorum().valid(), 4u);
  EXPECT_EQ(attestation.record_quorum().required(), 0u);
  EXPECT_THAT(counted(attestation), Contains("forensic ENDORSER"));
  for (const v1::Signature& one : attestation.signatures()) {
    EXPECT_EQ(one.quorum(), one.role() == "VALIDATOR" && one.counted());
  }
}

TEST(Item, ARuleForThoseWhoSignTheRecordDecidesNothing) {
  Scene scene = Scene::of_bundle(kEndorsed);
  scene.with("[[ledger]]",
             "[[quorum]]\nid = \"all\"\nat_least = 4\n"
             "of = [\"court\", \"notary\", \"copyright\", \"forensic\"]\n"
             "[[ledger]]");
  scene.with_setting("record_quorum = \"all\"");
  const auto attestation = scene.judge();
  EXPECT_TRUE(establishes(attestation));
  EXPECT_EQ(attestation.record_quorum().rule(), "all");
  EXPECT_EQ(attestation.record_quorum().required(), 4u);
}

// The chain's quorum is not the court's.
TEST(Item, TheTrustListsQuorumMustHoldToo) {
  Scene scene = Scene::of_bundle("cm-v02-sm-5tx-idx4-3of4");
  scene.with("at_least = 1", "at_least = 4");
  const auto attestation = scene.judge();
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
  EXPECT_FALSE(establishes(attestation));
  EXPECT_THAT(answers(attestation, v1::CHECK_QUO_1),
              ElementsAre("FAIL QUORUM_NOT_REACHED INCONCLUSIVE"));
}

TEST(Item, TheChainsQuorumMustHoldToo) {
  const auto attestation = Scene::of_bundle("cm-i08-quorum-2of4").judge();
  EXPECT_EQ(attestation.quorum().valid(), 2u);
  EXPECT_FALSE(attestation.quorum().reached());
  EXPECT_FALSE(attestation.has_record());
  EXPECT_THAT(answers(attestation, v1::CHECK_QUO_1),
              ElementsAre("FAIL QUORUM_NOT_REACHED INCONCLUSIVE"));
  EXPECT_THAT(answers(attestation, v1::CHECK_INC_1), ElementsAre("UNDETERMINED NONE NONE"));
}

TEST(Item, ALinkedInstitutionIsMissedByTheNeutralQuorum) {
  Scene scene = Scene::of_bundle("cm-v02-sm-5tx-idx4-3of4");
  auto* party = scene.record.mutable_submission()->add_parties();
  party->set_id("P1");
  party->add_linked_institutions("notary");
  const auto attestation = scene.judge();
  EXPECT_TRUE(attestation.quorum().reached());
  EXPECT_FALSE(attestation.quorum().neutral_reached());
}

TEST(Item, RaftAndSoloAreIncludedButNotCosigned) {
  for (const std::string consensus : {"Raft", "Solo"}) {
    Scene scene = Scene::of_bundle(kFourOfFour);
    scene.with("consensus = \"TBFT\"", "consensus = \"" + consensus + "\"");
    const auto attestation = scene.judge();
    EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_NOT_COSIGNED);
    EXPECT_THAT(reasons(attestation), ElementsAre("NOT_COSIGNED"));
    EXPECT_TRUE(attestation.has_record());
    EXPECT_THAT(answers(attestation, v1::CHECK_INC_1), ElementsAre("PASS NONE NONE"));
    EXPECT_THAT(
        answers(attestation, v1::CHECK_QUO_1),
        ElementsAre("FAIL NOT_COSIGNED INCONCLUSIVE", "FAIL QUORUM_NOT_REACHED INCONCLUSIVE"));
    EXPECT_FALSE(attestation.quorum().reached());
  }
}

TEST(Item, RaftNeedsItsProposer) {
  Scene scene = Scene::of_bundle("cm-i21-bad-proposer-signature");
  scene.with("consensus = \"TBFT\"", "consensus = \"Raft\"");
  const auto attestation = scene.judge();
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_REJECT);
  EXPECT_FALSE(attestation.has_record());
  EXPECT_THAT(answers(attestation, v1::CHECK_INC_1),
              ElementsAre("UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE"));
}

TEST(Item, DposVotesLikeTbft) {
  Scene scene = Scene::of_bundle(kFourOfFour);
  scene.with("consensus = \"TBFT\"", "consensus = \"DPoS\"");
  EXPECT_TRUE(establishes(scene.judge()));
}

TEST(Item, MaxBftIsNotSupported) {
  Scene scene = Scene::of_bundle(kFourOfFour);
  scene.with("consensus = \"TBFT\"", "consensus = \"MaxBFT\"");
  const auto attestation = scene.judge();
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_UNSUPPORTED);
  EXPECT_FALSE(attestation.has_record());
  EXPECT_THAT(answers(attestation, v1::CHECK_INC_1),
              ElementsAre("UNDETERMINED FORMAT_UNSUPPORTED INCONCLUSIVE"));
  EXPECT_THAT(answers(attestation, v1::CHECK_QUO_1), ElementsAre("UNDETERMINED NONE NONE"));
}

// Each reason that voids a proof, and what the report makes of it.
struct Voided {
  std::string bundle;
  v1::CheckId check;
  std::string answer;
};

class VoidedProof : public ::testing::TestWithParam<Voided> {};

TEST_P(VoidedProof, EstablishesNothing) {
  const auto attestation = Scene::of_bundle(GetParam().bundle).judge();
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_REJECT);
  EXPECT_FALSE(attestation.has_record());
  EXPECT_FALSE(attestation.has_time());
  EXPECT_FALSE(establishes(attestation));
  EXPECT_THAT(answers(attestation, GetParam().check), Contains(GetParam().answer));
}

INSTANTIATE_TEST_SUITE_P(
    Reasons, VoidedProof,
    ::testing::Values(Voided{"cm-i02-result-tampered", v1::CHECK_INC_1,
                             "FAIL INCLUSION_PROOF_INVALID INCONSISTENT"},
                      Voided{"cm-i03-wrong-sibling", v1::CHECK_INC_1,
                             "FAIL INCLUSION_PROOF_INVALID INCONSISTENT"},
                      Voided{"cm-i05-index-out-of-range", v1::CHECK_INC_1,
                             "UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"},
                      Voided{"cm-i07-header-timestamp-changed", v1::CHECK_INC_1,
                             "FAIL INCLUSION_PROOF_INVALID INCONSISTENT"},
                      Voided{"cm-i21-bad-proposer-signature", v1::CHECK_INC_1,
                             "UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE"},
                      Voided{"cm-i22-rwset-mismatch", v1::CHECK_INC_1,
                             "FAIL INCLUSION_PROOF_INVALID INCONSISTENT"},
                      Voided{"cm-i24-header-of-other-chain", v1::CHECK_INC_1,
                             "UNDETERMINED LEDGER_NOT_RECOGNISED INCONCLUSIVE"},
                      Voided{"cm-i27-endorser-signature-copied", v1::CHECK_REC_1,
                             "FAIL RECORD_NOT_EFFECTIVE INCONCLUSIVE"},
                      Voided{"cm-i28-failed-transaction", v1::CHECK_REC_1,
                             "FAIL RECORD_NOT_EFFECTIVE INCONCLUSIVE"},
                      Voided{"cm-i12-cert-from-rogue-ca", v1::CHECK_KEY_2,
                             "FAIL INSTITUTION_NOT_ON_TRUST_LIST NOTE"},
                      Voided{"cm-i14-expired-cert", v1::CHECK_KEY_1,
                             "UNDETERMINED NODE_CERT_EXPIRED_AT_SIGNING NOTE"},
                      Voided{"cm-i16-sm2-wrong-user-id", v1::CHECK_QUO_3,
                             "FAIL NODE_SIGNATURE_INVALID NOTE"}),
    [](const auto& one) {
      std::string name = one.param.bundle;
      std::ranges::replace(name, '-', '_');
      return name;
    });

TEST(Item, TheNamedRecordMustBeTheOneInTheTransaction) {
  Scene scene = Scene::of_bundle(kFourOfFour);
  scene.item.mutable_record()->set_id("EV00000000");
  auto attestation = scene.judge();
  EXPECT_TRUE(establishes(attestation));
  EXPECT_TRUE(attestation.record_named());
  // Platforms hand out ids of transactions as well.
  scene.item.mutable_record()->set_id(attestation.position().transaction_id());
  EXPECT_TRUE(establishes(scene.judge()));
  scene.item.mutable_record()->set_id("EV00000014");
  attestation = scene.judge();
  EXPECT_FALSE(attestation.has_record());
  EXPECT_THAT(answers(attestation, v1::CHECK_REC_1),
              ElementsAre("FAIL RECORD_ID_UNKNOWN NOT_FOUND"));
}

TEST(Item, OtherContractsAndMethodsHoldNoRecords) {
  Scene scene = Scene::of_bundle(kFourOfFour);
  scene.with_setting("contracts = [\"evidence\"]");
  EXPECT_TRUE(establishes(scene.judge()));
  scene.with("[\"evidence\"]", "[\"notes\", \"other\"]");
  const std::vector<std::string> missing = {"FAIL RECORD_NOT_FOUND NOT_FOUND"};
  EXPECT_EQ(answers(scene.judge(), v1::CHECK_REC_1), missing);
  scene = Scene::of_bundle(kFourOfFour);
  scene.with("[ledger.chainmaker]", "[ledger.record]\nmethod = \"Deposit\"\n[ledger.chainmaker]");
  EXPECT_EQ(answers(scene.judge(), v1::CHECK_REC_1), missing);
}

TEST(Item, AHintMustAgreeWithTheProof) {
  Scene scene = Scene::of_bundle(kFourOfFour);
  scene.hints = {"0"};
  EXPECT_TRUE(establishes(scene.judge()));
  for (const char* hint : {"1", "00", "-0", "other"}) {
    scene.hints = {hint};
    EXPECT_THAT(answers(scene.judge(), v1::CHECK_INC_1),
                ElementsAre("UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"))
        << hint;
  }
}

TEST(Item, UnreadableProofsAreSaidToBe) {
  Scene scene = Scene::of_bundle(kFourOfFour);
  for (const char* text : {"", "{}", "no proof", "{\"schema\":\"heyan.chainmaker-proof.v1\"}"}) {
    scene.proofs = {core::to_bytes(std::string_view(text))};
    const auto attestation = scene.judge();
    EXPECT_FALSE(establishes(attestation));
    EXPECT_THAT(reasons(attestation), ElementsAre("PARSE")) << text;
    EXPECT_THAT(answers(attestation, v1::CHECK_INC_1),
                ElementsAre("UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"));
    EXPECT_THAT(answers(attestation, v1::CHECK_QUO_1), ElementsAre("UNDETERMINED NONE NONE"));
  }
  scene.proofs.clear();
  EXPECT_THAT(answers(scene.judge(), v1::CHECK_INC_1),
              ElementsAre("UNDETERMINED INCLUSION_PROOF_MISSING INCONCLUSIVE"));
}

// One attestation each: none hides behind another.
TEST(Item, EachProofSpeaksForItself) {
  Scene scene = Scene::of_bundle("cm-v02-sm-5tx-idx4-3of4");
  scene.proofs.push_back(Scene::of_bundle("cm-v03-sm-5tx-idx1").proofs.front());
  scene.proofs.push_back(core::to_bytes(std::string_view("{}")));
  scene.proofs.push_back(scene.proofs.front());  // the same again says nothing new
  const auto all = scene.judge_all();
  ASSERT_EQ(all.size(), 3u);
  EXPECT_TRUE(establishes(all[0]));
  EXPECT_TRUE(establishes(all[1]));
  EXPECT_NE(all[0].record().id(), all[1].record().id());
  EXPECT_FALSE(establishes(all[2]));
}

TEST(Item, AWholeBlockProvesTheTransactionThatIsNamed) {
  Scene scene = Scene::of_bundle("cm-v02-sm-5tx-idx4-3of4");
  const auto expected = scene.judge();
  for (const char* name :
       {"cm-fullblock-sm-5tx.blockinfo.pb", "cm-fullblock-sm-5tx.blockinfo.json"}) {
    scene.proofs = {testing::read_vector("chainmaker/" + std::string(name))};
    scene.hints = {"4"};
    EXPECT_EQ(scene.judge().record().id(), expected.record().id());
    EXPECT_TRUE(establishes(scene.judge()));
    scene.hints = {expected.position().transaction_id()};
    EXPECT_TRUE(establishes(scene.judge()));
    scene.hints.clear();
    EXPECT_THAT(answers(scene.judge(), v1::CHECK_INC_1),
                ElementsAre("UNDETERMINED INCLUSION_PROOF_MISSING INCONCLUSIVE"));
    scene.item.mutable_record()->set_id(expected.record().id());
    EXPECT_TRUE(establishes(scene.judge()));
    EXPECT_EQ(scene.judge().position().transaction(), 4u);
    scene.hints = {"5"};
    EXPECT_THAT(answers(scene.judge(), v1::CHECK_INC_1),
                Contains("UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"));
    scene.item.clear_record();
  }
}

// A block's own time never shows that its own signers were in order (security decision 7).
TEST(Item, CertificatesThatExpiredSinceAreNoted) {
  Scene scene = Scene::of_bundle(kFourOfFour);
  scene.as_of = "2035-11-26T00:00:00Z";
  auto attestation = scene.judge();
  EXPECT_TRUE(establishes(attestation));
  EXPECT_THAT(answers(attestation, v1::CHECK_KEY_1),
              Contains("UNDETERMINED NODE_CERT_EXPIRED_NO_POE NOTE"));
  scene.policy.strict_expiry = true;
  attestation = scene.judge();
  EXPECT_FALSE(establishes(attestation));
  EXPECT_THAT(answers(attestation, v1::CHECK_QUO_1),
              ElementsAre("FAIL QUORUM_NOT_REACHED INCONCLUSIVE"));
}

// In public-key mode anybody may send; whose key it is says the list alone, within its period.
TEST(Item, KeysOfInstitutionsAreNamedWithinTheirPeriod) {
  const Value bundle = testing::read_bundle("cm-v06-pk-sm2-2tx");
  const Bytes transaction =
      *core::from_base64(vectors::chainmaker::text_at(bundle, "/proof/tx_pb"));
  const Bytes member = core::to_bytes(Fields(Fields(transaction).bytes(2)).bytes(1));
  const auto key = crypto::PublicKey::from_pem(core::as_text(Fields(member).bytes(3)));
  ASSERT_TRUE(key.has_value());
  const auto sender_of = [&](const std::string& period) {
    Scene scene = Scene::of_bundle("cm-v06-pk-sm2-2tx");
    if (!period.empty()) {
      scene.with("[[quorum]]",
                 "[[institution]]\nid = \"platform\"\nkind = \"platform\"\n"
                 "name = { zh = \"平台\", en = \"Platform\" }\n[[institution.key]]\n"
                 "id = \"1\"\nalgorithm = \"sm2\"\npublic = \"" +
                     core::to_base64(key->spki()) + "\"\n" + period + "\n[[quorum]]");
    }
    const auto attestation = scene.judge();
    EXPECT_TRUE(establishes(attestation));
    for (const v1::Signature& one : attestation.signatures()) {
      if (one.role() == "CREATOR") return one.institution() + (one.counted() ? " counted" : "");
    }
    return std::string("none");
  };
  const std::string until = "valid_from = 2025-01-01T00:00:00Z\nvalid_until = ";
  EXPECT_EQ(sender_of(""), "");
  EXPECT_EQ(sender_of(until + "2030-01-01T00:00:00Z"), "platform");
  EXPECT_EQ(sender_of(until + "2025-02-01T00:00:00Z"), "");
  EXPECT_EQ(sender_of(until + "2030-01-01T00:00:00Z\nrevoked_at = 2026-01-01T00:00:00Z"), "");
}

TEST(Item, ABudgetThatIsSpentConcludesNothing) {
  Scene scene = Scene::of_bundle(kFourOfFour);
  scene.limits.signatures = 3;
  EXPECT_THAT(reasons(scene.judge()), ElementsAre(HasSubstr("ERROR more signatures")));
}

// An engine that refuses what OpenSSL accepts.
class Refusing final : public crypto::Engine {
 public:
  explicit Refusing(const crypto::Engine& other) : other_(other) {}
  std::string_view name() const override { return "refusing"; }
  std::unique_ptr<crypto::Hasher> hasher(crypto::Hash hash) const override {
    return other_.hasher(hash);
  }
  bool verify(const crypto::PublicKey&, const crypto::Scheme&, ByteView, ByteView) const override {
    return false;
  }

 private:
  const crypto::Engine& other_;
};

TEST(Item, EnginesThatDisagreeCompleteNothing) {
  Scene scene = Scene::of_bundle(kFourOfFour);
  const Refusing refusing(*scene.engines.second);
  scene.engines.second = &refusing;
  const auto attestation = scene.judge();
  EXPECT_FALSE(establishes(attestation));
  EXPECT_THAT(answers(attestation, v1::CHECK_QUO_3),
              Contains("FAIL SIGNATURE_ENGINES_DISAGREE NOT_COMPLETED"));
}

}  // namespace
}  // namespace heyan::ledgers::chainmaker
