// Certificates, look-ups and other documents of operators: quoted, and proof of nothing.
#include "tests/unit/zhixin/fixture.h"

namespace heyan::ledgers::zhixin {
namespace {

using testing::answers;
using testing::certificate;
using testing::declared;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Scene;

void expect_proof_of_nothing(const v1::Attestation& attestation) {
  EXPECT_EQ(attestation.tier(), v1::TIER_OPERATOR_ATTESTATION);
  EXPECT_FALSE(attestation.has_record());
  EXPECT_FALSE(attestation.has_position());
  EXPECT_FALSE(attestation.has_time());
  EXPECT_THAT(attestation.signatures(), IsEmpty());
}

TEST(Certificate, IsQuoted) {
  const auto attestation = Scene(certificate()).judge();
  expect_proof_of_nothing(attestation);
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_INCOMPLETE);
  EXPECT_THAT(declared(attestation),
              ElementsAre("operator=至信链", "chain=至信链主链", "certificateNumber=C-2026-7",
                          "depositor=张**", "fileName=照片.png", "fileSize=6",
                          "digestAlgorithm=sha-256", HasSubstr("digest=7365"),
                          "depositTime=2026-01-02 10:11:12", "txId=7f3a", "blockHeight=1201"));
  EXPECT_THAT(answers(attestation),
              ElementsAre("MATCH_1 UNDETERMINED ATTESTED_FINGERPRINT_EQUAL NOTE"));
  EXPECT_EQ(attestation.findings(0).params(2).value(), "operator-statement");
}

TEST(Certificate, OfAnotherFileIsSaidToBe) {
  const auto attestation = Scene(certificate(), "another file").judge();
  expect_proof_of_nothing(attestation);
  EXPECT_THAT(answers(attestation),
              ElementsAre("MATCH_1 UNDETERMINED ATTESTED_FINGERPRINT_DIFFERS INCONCLUSIVE"));
}

TEST(Certificate, NeedsNoFingerprint) {
  std::string text = certificate("digest", "");
  const std::string member = "\"digestAlgorithm\":\"sha-256\",";
  text.erase(text.find(member), member.size());
  const auto attestation = Scene(text).judge();
  EXPECT_THAT(answers(attestation), IsEmpty());
  EXPECT_EQ(attestation.declared_size(), 9);
}

TEST(Certificate, IsNotComparedByAnAlgorithmThatWasNotMeasured) {
  std::string text = certificate("digest", "\"" + std::string(96, 'a') + "\"");
  text.replace(text.find("sha-256"), 7, "sha-384");
  EXPECT_THAT(answers(Scene(text).judge()), IsEmpty());
}

// A look-up has the transaction and no number, another paper a number and no transaction.
TEST(Certificate, HasANumberOrATransaction) {
  EXPECT_GT(Scene(certificate("certificateNumber", "")).judge().declared_size(), 0);
  EXPECT_GT(Scene(certificate("txId", "")).judge().declared_size(), 0);
}

TEST(Certificate, MalformedIsNotQuoted) {
  const std::string neither =
      R"({"schema":"heyan.operator-certificate.v1","operator":"x","chain":"y"})";
  for (const std::string& text : {neither,
                                  certificate("operator", ""),
                                  certificate("operator", "7"),
                                  certificate("operator", "\"\""),
                                  certificate("operator", "null"),
                                  certificate("operator", "[\"a\"]"),
                                  certificate("fileSize", "-1"),
                                  certificate("fileSize", "\"6\""),
                                  certificate("fileSize", "6.0"),
                                  certificate("blockHeight", "\"1201\""),
                                  certificate("blockHeight", "1e3"),
                                  certificate("digest", ""),
                                  certificate("digestAlgorithm", ""),
                                  certificate("digestAlgorithm", "\"md5\""),
                                  certificate("digestAlgorithm", "\"SHA-256\""),
                                  certificate("digestAlgorithm", "\"sha-512\""),
                                  certificate("digest", "\"00\""),
                                  certificate("digest", "\"" + std::string(64, 'z') + "\""),
                                  certificate("chain", "\"" + std::string(257, 'x') + "\""),
                                  certificate("seal", "\"x\""),
                                  certificate("signature", "\"x\""),
                                  certificate() + "x",
                                  certificate().substr(0, 200)}) {
    SCOPED_TRACE(text);
    const auto attestation = Scene(text).judge();
    expect_proof_of_nothing(attestation);
    EXPECT_THAT(declared(attestation), IsEmpty());
    EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_REJECT);
    EXPECT_THAT(answers(attestation),
                ElementsAre("INC_1 UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"));
  }
}

// A scan, say: attached, not read.
TEST(Certificate, AnyOtherDocumentIsAttachedUnread) {
  for (const std::string& text :
       {std::string("%PDF-1.7\n"), std::string(), std::string("{}"), std::string("[1]"),
        std::string(R"({"schema":"heyan.chainmaker-proof.v1"})"), std::string(100'000, ' ')}) {
    const auto attestation = Scene(text).judge();
    expect_proof_of_nothing(attestation);
    EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_INCOMPLETE);
    EXPECT_THAT(answers(attestation), IsEmpty());
    EXPECT_THAT(declared(attestation), IsEmpty());
  }
}

TEST(TrustList, DefectsAreNamed) {
  const auto defects = [](const std::string& entry, const std::string& settings) {
    Scene scene("");
    scene.entry = entry;
    scene.settings = settings;
    return scene.defects();
  };
  EXPECT_EQ(defects("", ""), "");
  EXPECT_THAT(defects("quorum = \"one\"", ""), HasSubstr("has no quorum"));
  EXPECT_THAT(defects("", "sm2_user_id = \"\""), HasSubstr("sm2_user_id: has no length"));
  EXPECT_THAT(defects("", "sm2_user_id = \"" + std::string(65, 'x') + "\""),
              HasSubstr("sm2_user_id: has no length"));
  EXPECT_THAT(defects("", "sm2_user_id = 7"), HasSubstr("sm2_user_id"));
  EXPECT_THAT(defects("", "validators = 4"), HasSubstr("validators"));
  EXPECT_THAT(defects("  [ledger.record]\n  digest = { md5 = \"hash\" }", ""),
              HasSubstr("cannot be read"));
  EXPECT_THAT(defects("  [ledger.record]\n  digest = { sm3 = \"/hash\" }", ""),
              HasSubstr("cannot be read"));
}

}  // namespace
}  // namespace heyan::ledgers::zhixin
