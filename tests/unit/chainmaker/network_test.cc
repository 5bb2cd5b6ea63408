// What no published proof shows: who votes for whom, configs, revocation, forks.
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
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using testing::Network;
using ::testing::Not;
using testing::Person;
using testing::reasons;
using testing::Scene;
using testing::VoteSpec;

const std::string kMissed = "FAIL QUORUM_NOT_REACHED INCONCLUSIVE";

TEST_F(Chain, ThreeOfFourAreEnoughAndTwoAreNot) {
  EXPECT_TRUE(establishes(network_.scene().judge()));
  EXPECT_TRUE(establishes(network_.scene(votes_of(3)).judge()));
  const auto two = network_.scene(votes_of(2)).judge();
  EXPECT_FALSE(establishes(two));
  EXPECT_THAT(answers(two, v1::CHECK_QUO_1), ElementsAre(kMissed));
  EXPECT_THAT(reasons(two), ElementsAre("NO_QUORUM"));
}

TEST(Chains, WorkWithEveryHashAndKey) {
  const std::vector<std::pair<crypto::KeyAlgorithm, std::string>> kinds = {
      {crypto::KeyAlgorithm::kEcdsaP256, "SHA256"},
      {crypto::KeyAlgorithm::kEcdsaP256, "SHA3_256"},
      {crypto::KeyAlgorithm::kEcdsaP256, "SM3"},
      {crypto::KeyAlgorithm::kSm2, "SHA256"},
      {crypto::KeyAlgorithm::kSm2, "SHA3_256"}};
  for (const auto& [algorithm, hash] : kinds) {
    const Network network(algorithm, hash);
    Scene scene = network.scene();
    EXPECT_TRUE(establishes(scene.judge())) << hash;
    scene.with("hash = \"" + hash + "\"", hash == "SM3" ? "hash = \"SHA256\"" : "hash = \"SM3\"");
    EXPECT_THAT(reasons(scene.judge()), Contains("BLOCK_HASH_MISMATCH"));
  }
}

TEST_F(Chain, BothFormsOfAProofSayTheSame) {
  Scene scene = network_.scene();
  const auto json = scene.judge();
  scene.proofs = {network_.binary_proof()};
  auto binary = scene.judge();
  EXPECT_TRUE(establishes(binary));
  EXPECT_EQ(binary.record().SerializeAsString(), json.record().SerializeAsString());
  EXPECT_EQ(counted(binary), counted(json));
}

// Each vote verifies; the engine's own offline check would count all of them.
TEST_F(Chain, AVoteCountsForItsOwnValidatorOnly) {
  BlockSpec spec = votes_of(2);
  spec.votes.push_back({at(2).node_id, &at(0).node});
  auto attestation = network_.scene(spec).judge();
  EXPECT_FALSE(establishes(attestation));
  EXPECT_THAT(reasons(attestation), ElementsAre("NO_QUORUM", "SIGNER_NOT_TRUSTED"));
  // A node id of nobody; and a validator that voted already.
  spec.votes.back() = {"QmNobody", &at(2).node};
  EXPECT_THAT(reasons(network_.scene(spec).judge()), Contains("NO_QUORUM"));
  spec.votes.back() = {at(1).node_id, &at(1).node};
  EXPECT_THAT(reasons(network_.scene(spec).judge()), ElementsAre("NO_QUORUM"));
}

// Another node of an organisation that has voted already does not vote for its neighbour.
TEST_F(Chain, AnOrganisationVotesForItsOwnValidatorOnly) {
  BlockSpec spec = votes_of(2);
  const Person second = network_.enrol(at(0), "consensus");
  spec.votes.push_back({at(2).node_id, &second});
  const auto attestation = network_.scene(spec).judge();
  EXPECT_THAT(reasons(attestation), ElementsAre("NO_QUORUM", "SIGNER_NOT_TRUSTED"));
  EXPECT_THAT(counted(attestation), Not(Contains("copyright VALIDATOR")));
}

// Two good votes, and one that is signed well and says something else.
TEST_F(Chain, AVoteIsAPrecommitOfThisBlockAndRound) {
  const VoteSpec good{at(2).node_id, &at(2).node};
  const auto reasons_of = [&](const VoteSpec& vote) {
    BlockSpec spec = votes_of(2);
    spec.votes.push_back(vote);
    return reasons(network_.scene(spec).judge());
  };
  EXPECT_THAT(reasons_of(good), IsEmpty());
  VoteSpec other = good;
  other.type = 0;
  EXPECT_THAT(reasons_of(other), ElementsAre("NO_QUORUM"));
  other = good;
  other.round = 1;
  EXPECT_THAT(reasons_of(other), ElementsAre("NO_QUORUM"));
  other = good;
  other.height = 11;
  EXPECT_THAT(reasons_of(other), ElementsAre("NO_QUORUM"));
  other = good;
  other.voter = at(3).node_id;
  EXPECT_THAT(reasons_of(other), ElementsAre("NO_QUORUM", "SIGNER_NOT_TRUSTED"));
  other = good;
  other.hash = std::string(32, 'x');
  EXPECT_THAT(reasons_of(other), ElementsAre("NO_QUORUM", "QC_HASH_MISMATCH"));
  other = good;
  other.hash = "NilHash";
  EXPECT_THAT(reasons_of(other), ElementsAre("NO_QUORUM"));
}

TEST_F(Chain, ASetOfPrevotesIsNone) {
  BlockSpec spec;
  spec.set_type = 0;
  EXPECT_THAT(reasons(network_.scene(spec).judge()), ElementsAre("NO_QUORUM"));
}

TEST_F(Chain, OnlyConsensusCertificatesVote) {
  BlockSpec spec = votes_of(2);
  for (const std::string unit : {"admin", "common", "client", "consensus2", ""}) {
    const Person person = network_.enrol(at(2), unit);
    spec.votes.resize(2);
    spec.votes.push_back({at(2).node_id, &person});
    EXPECT_THAT(reasons(network_.scene(spec).judge()),
                ElementsAre("NO_QUORUM", "SIGNER_NOT_TRUSTED"))
        << unit;
  }
  const Person person = network_.enrol(at(2), "Consensus");  // any case
  spec.votes.back().person = &person;
  EXPECT_TRUE(establishes(network_.scene(spec).judge()));
}

// The CA of one organisation issues for the name of another.
TEST_F(Chain, AnOrganisationIssuesForItselfAlone) {
  BlockSpec spec = votes_of(2);
  const Person person = network_.enrol(at(0), "consensus", {}, "copyright.test");
  spec.votes.push_back({at(2).node_id, &person});
  EXPECT_THAT(reasons(network_.scene(spec).judge()),
              ElementsAre("NO_QUORUM", "SIGNER_NOT_TRUSTED"));
}

// Nor does a CA make a member of an organisation that the certificate does not name.
TEST_F(Chain, TheCertificateNamesTheOrganisationThatIsClaimed) {
  BlockSpec spec = votes_of(2);
  Person person = network_.enrol(at(2), "consensus", {}, "court.test");
  person.org_id = "copyright.test";
  spec.votes.push_back({at(2).node_id, &person});
  EXPECT_THAT(reasons(network_.scene(spec).judge()),
              ElementsAre("NO_QUORUM", "SIGNER_NOT_TRUSTED"));
}

// Whoever holds the key could have signed for both; nobody can tell.
TEST_F(Chain, AKeyOfTwoInstitutionsCountsForNeither) {
  BlockSpec spec = votes_of(3);
  const Person twin = network_.enrol(at(3), "consensus", at(0).node.key);
  spec.votes.push_back({at(3).node_id, &twin});
  const auto attestation = network_.scene(spec).judge();
  EXPECT_FALSE(establishes(attestation));
  EXPECT_THAT(reasons(attestation), ElementsAre("NO_QUORUM", "SIGNER_NOT_TRUSTED"));
  EXPECT_THAT(counted(attestation), Not(Contains("court VALIDATOR")));
}

TEST_F(Chain, ValidatorsStandAtTheirHeightsOnly) {
  const std::string first = "node_id = \"" + at(0).node_id + "\"";
  Scene scene = network_.scene(votes_of(3));
  scene.with(first, first + "\nfrom_height = 4");
  EXPECT_TRUE(establishes(scene.judge()));
  // Not yet, or not any more: its vote is nobody's.
  for (const std::string height : {"from_height = 11", "to_height = 9"}) {
    Scene other = network_.scene(votes_of(3));
    other.with(first, first + "\n" + height);
    EXPECT_THAT(reasons(other.judge()), IsSupersetOf({"NO_QUORUM", "SIGNER_NOT_TRUSTED"}))
        << height;
  }
}

// The header names the last config block: the validators of this block must be those that it left.
TEST_F(Chain, TheConfigInForceMustBeTheReviewedOne) {
  const std::vector<std::string> open = {"UNDETERMINED CONFIG_NOT_APPROVED INCONCLUSIVE"};
  Scene scene = network_.scene();
  scene.with_table("[[ledger.chainmaker.config]]\nheight = 3");
  EXPECT_TRUE(establishes(scene.judge()));
  Scene newer = network_.scene({.config_height = 7});
  newer.with_table("[[ledger.chainmaker.config]]\nheight = 3");
  EXPECT_EQ(answers(newer.judge(), v1::CHECK_KEY_2), open);
  EXPECT_FALSE(establishes(newer.judge()));
  // The list knows of a later one.
  Scene older = network_.scene();
  older.with_table(
      "[[ledger.chainmaker.config]]\nheight = 3\n[[ledger.chainmaker.config]]\nheight = 9");
  EXPECT_EQ(answers(older.judge(), v1::CHECK_KEY_2), open);
  // A validator came after the config that the header names.
  const std::string last = "node_id = \"" + at(3).node_id + "\"";
  Scene changed = network_.scene(votes_of(3));
  changed.with(last, last + "\nfrom_height = 8");
  EXPECT_THAT(reasons(changed.judge()), ElementsAre("CONFIG_MISMATCH"));
  // No block names itself or what comes after it.
  EXPECT_THAT(reasons(network_.scene({.config_height = 10}).judge()),
              ElementsAre("CONFIG_MISMATCH"));
}

TEST_F(Chain, ConsensusArgumentsMustNotSayOtherwise) {
  const auto args = [](std::uint64_t type) {
    Bytes bytes;
    put_number(bytes, 1, type);
    return bytes;
  };
  EXPECT_TRUE(establishes(network_.scene({.consensus_args = args(1)}).judge()));
  EXPECT_THAT(reasons(network_.scene({.consensus_args = args(4)}).judge()),
              ElementsAre("CONFIG_MISMATCH"));
  const auto max_bft = network_.scene({.consensus_args = args(3)}).judge();
  EXPECT_EQ(max_bft.proof_outcome(), v1::PROOF_OUTCOME_UNSUPPORTED);
  EXPECT_THAT(answers(max_bft, v1::CHECK_INC_1),
              ElementsAre("UNDETERMINED FORMAT_UNSUPPORTED INCONCLUSIVE"));
}

TEST_F(Chain, RevokedCertificatesAreNotCounted) {
  Scene scene = network_.scene(votes_of(3));
  const std::string serial = core::to_hex(at(1).node.certificate.serial());
  const auto list = [&](const std::string& serial_hex, const std::string& next_update) {
    const Bytes der = crypto::test::issue_list_der(
        {.issuer = "ca.notary",
         .next_update = next_update,
         .entries = {{.serial_hex = serial_hex, .time = "2026-03-01T00:00:00Z"}}},
        at(1).ca_key);
    return core::to_bytes(std::string_view(crypto::write_pem(der, "X509 CRL")));
  };
  scene.files["notary.crl"] = list(serial, "2027-01-01T00:00:00Z");
  scene.with("file = \"notary.pem\"", "file = \"notary.pem\"\ncrl = [\"notary.crl\"]");
  const auto attestation = scene.judge();
  EXPECT_FALSE(establishes(attestation));
  EXPECT_THAT(answers(attestation, v1::CHECK_KEY_1),
              Contains("UNDETERMINED NODE_CERT_REVOKED_NO_POE NOTE"));
  EXPECT_THAT(answers(attestation, v1::CHECK_QUO_1), ElementsAre(kMissed));
  // Of somebody else: nothing. A stale list is an unavailable one, as a note.
  scene.files["notary.crl"] = list("7f", "2027-01-01T00:00:00Z");
  EXPECT_TRUE(establishes(scene.judge()));
  scene.files["notary.crl"] = list("7f", "2026-03-02T00:00:00Z");
  EXPECT_TRUE(establishes(scene.judge()));
  EXPECT_THAT(answers(scene.judge(), v1::CHECK_KEY_1),
              Contains("UNDETERMINED REVOCATION_UNAVAILABLE NOTE"));
}

TEST_F(Chain, FrozenCertificatesAreNotCountedFromTheirHeight) {
  const std::string hash =
      core::to_hex(crypto::digest(crypto::Hash::kSm3, at(1).node.certificate.der()));
  const std::string table = "[[ledger.chainmaker.frozen]]\ncertificate = \"" + hash + "\"\n";
  Scene frozen = network_.scene(votes_of(3));
  frozen.with_table(table + "from_height = 10");
  EXPECT_THAT(reasons(frozen.judge()), ElementsAre("NO_QUORUM", "SIGNER_NOT_TRUSTED"));
  Scene later = network_.scene(votes_of(3));
  later.with_table(table + "from_height = 11");
  EXPECT_TRUE(establishes(later.judge()));
}

TEST_F(Chain, BlocksThatContradictEachOtherOpenTheQuestion) {
  const std::string fork = "FAIL CHAIN_FORK_DETECTED INCONCLUSIVE";
  Scene scene = network_.scene();
  scene.proofs.push_back(network_.proof({.time_seconds = 1'750'000'001}));
  for (const auto& attestation : scene.judge_all())
    EXPECT_THAT(answers(attestation, v1::CHECK_INC_2), ElementsAre(fork));
  // The next block goes on from another one.
  scene.proofs[1] = network_.proof({.height = 11});
  for (const auto& attestation : scene.judge_all())
    EXPECT_THAT(answers(attestation, v1::CHECK_INC_2), ElementsAre(fork));
  scene.proofs[1] = network_.proof({.height = 12});
  for (const auto& attestation : scene.judge_all())
    EXPECT_THAT(answers(attestation, v1::CHECK_INC_2), IsEmpty());
  // A block that nobody signed contradicts nothing.
  BlockSpec lonely = votes_of(1);
  lonely.time_seconds = 1'750'000'001;
  scene.proofs[1] = network_.proof(lonely);
  EXPECT_THAT(answers(scene.judge_all().front(), v1::CHECK_INC_2), IsEmpty());
}

}  // namespace
}  // namespace heyan::ledgers::chainmaker
