// [ledger.chainmaker]: what a court may write, and what it is told where it is wrong.
#include "tests/unit/chainmaker/fixture.h"

namespace heyan::ledgers::chainmaker {
namespace {

using ::testing::HasSubstr;
using testing::Scene;

const std::string kCertificates = "cm-real-b2-ok";
const std::string kKeys = "cm-v06-pk-sm2-2tx";

struct Defect {
  std::string name;
  std::string bundle;
  std::string from;
  std::string to;
  std::string told;
};

class BadList : public ::testing::TestWithParam<Defect> {};

TEST_P(BadList, IsRefusedWithItsPlace) {
  Scene scene = Scene::of_bundle(GetParam().bundle);
  ASSERT_EQ(scene.defects(), "");
  scene.with(GetParam().from, GetParam().to);
  EXPECT_THAT(scene.defects(), HasSubstr(GetParam().told));
}

const std::string kValidator = "[[ledger.chainmaker.validator]]\n";
const std::string kOrganisation = "[[ledger.chainmaker.organisation]]\n";

INSTANTIATE_TEST_SUITE_P(
    Defects, BadList,
    ::testing::Values(
        Defect{"no_chain", kCertificates, "chain_id = \"chain1\"\n", "", "chain_id: is missing"},
        Defect{"empty_chain", kCertificates, "\"chain1\"", "\"\"", "chain_id"},
        Defect{"no_hash", kCertificates, "hash = \"SHA256\"\n", "", "hash: is missing"},
        Defect{"other_hash", kCertificates, "\"SHA256\"", "\"SHA512\"", "hash"},
        Defect{"other_mode", kCertificates, "\"cert\"", "\"certs\"", "auth"},
        Defect{"other_consensus", kCertificates, "\"TBFT\"", "\"PBFT\"", "consensus"},
        Defect{"unknown_key", kCertificates, "chain_id =", "chain = \"x\"\nchain_id =", "chain"},
        Defect{"unknown_institution", kCertificates, "institution = \"wx-org1\"",
               "institution = \"nobody\"", "'nobody' is no institution"},
        Defect{"organisation_twice", kCertificates, kOrganisation,
               kOrganisation + "org_id = \"wx-org1.chainmaker.org\"\ninstitution = \"wx-org1\"\n" +
                   kOrganisation,
               "is the id of another organisation"},
        Defect{"validator_twice", kCertificates, kValidator,
               kValidator +
                   "node_id = \"QmVkqwwEEnfPjw7RiKoYUqN7hFN3tcQaG4aUJLZUF6U4L7\"\n"
                   "institution = \"wx-org1\"\norg_id = \"wx-org1.chainmaker.org\"\n" +
                   kValidator,
               "another validator of the same heights"},
        Defect{"no_node_id", kCertificates, "\"QmVkqwwEEnfPjw7RiKoYUqN7hFN3tcQaG4aUJLZUF6U4L7\"",
               "\"0x00\"", "is no node id"},
        Defect{"validator_of_nobody", kCertificates, kValidator,
               kValidator + "node_id = \"Qm\"\ninstitution = \"wx-org1\"\norg_id = \"x\"\n" +
                   kValidator,
               "'x' is no organisation"},
        Defect{"validator_of_another", kCertificates, kValidator,
               kValidator +
                   "node_id = \"Qm\"\ninstitution = \"wx-org2\"\n"
                   "org_id = \"wx-org1.chainmaker.org\"\n" +
                   kValidator,
               "is not the institution of the organisation"},
        Defect{"heights_reversed", kCertificates, kValidator,
               kValidator +
                   "node_id = \"Qm\"\ninstitution = \"wx-org1\"\n"
                   "org_id = \"wx-org1.chainmaker.org\"\nfrom_height = 5\nto_height = 4\n" +
                   kValidator,
               "lies before from_height"},
        Defect{"negative_height", kCertificates, kValidator,
               "[[ledger.chainmaker.config]]\nheight = -1\n" + kValidator, "is no height"},
        Defect{"config_without_height", kCertificates, kValidator,
               "[[ledger.chainmaker.config]]\n" + kValidator, "height: is missing"},
        Defect{"frozen_no_hash", kCertificates, kValidator,
               "[[ledger.chainmaker.frozen]]\ncertificate = \"00\"\n" + kValidator,
               "is no hash of a certificate"},
        Defect{"pinned_unknown", kCertificates,
               "[[ledger.chainmaker.pinned]]\norg_id = \"wx-org3.chainmaker.org\"",
               "[[ledger.chainmaker.pinned]]\norg_id = \"elsewhere\"",
               "'elsewhere' is no organisation"},
        Defect{"no_certificates", kCertificates, "certificates = [\"",
               "certificates = [\"trust.toml\", \"", "holds no certificates"},
        Defect{"record_quorum", kCertificates,
               "chain_id =", "record_quorum = \"x\"\nchain_id =", "'x' is no quorum"},
        Defect{"no_place", kCertificates, "[ledger.chainmaker]",
               "[ledger.record]\nwho = \"meta#name\"\n[ledger.chainmaker]", "is no place"},
        Defect{"no_quorum", kCertificates, "format = \"chainmaker\"\nquorum = \"some\"",
               "format = \"chainmaker\"", "no quorum is named"},
        Defect{"key_of_another_id", kKeys, "QmcXhkqAFa4mChEXe8TRJeq67Pa2eKDDqQ4L5XRb7qic77",
               "QmcXhkqAFa4mChEXe8TRJeq67Pa2eKDDqQ4L5XRb7qic78", "is not the key of that node id"},
        Defect{"no_key", kKeys, "public_key = ", "# ", "public_key: is missing"},
        Defect{"certificates_of_keys", kKeys, kValidator,
               "[[ledger.chainmaker.frozen]]\ncertificate = \"" + std::string(64, 'a') + "\"\n" +
                   kValidator,
               "certificates have no place in public-key mode"},
        Defect{"organisations_for_keys", kKeys, "auth = \"public-key\"", "auth = \"cert\"",
               "org_id: is missing"}),
    [](const auto& one) { return one.param.name; });

TEST(TrustList, NeedsValidatorsWhereTheyVote) {
  Scene scene = Scene::of_bundle("cm-real-evidence-tx");
  EXPECT_EQ(scene.defects(), "");  // Solo: nobody votes
  scene.with("\"Solo\"", "\"DPoS\"");
  EXPECT_THAT(scene.defects(), HasSubstr("validator: there is none"));
}

// The same node after a change of its organisation.
TEST(TrustList, ANodeMayStandAgainAtOtherHeights) {
  Scene scene = Scene::of_bundle(kCertificates);
  const std::string node = "node_id = \"QmVkqwwEEnfPjw7RiKoYUqN7hFN3tcQaG4aUJLZUF6U4L7\"\n";
  scene.with(node, node + "to_height = 99\n");
  scene.with_table(kValidator + node +
                   "institution = \"wx-org2\"\norg_id = \"wx-org2.chainmaker.org\"\n"
                   "from_height = 100");
  EXPECT_EQ(scene.defects(), "");
}

}  // namespace
}  // namespace heyan::ledgers::chainmaker
