// The sample case: each item's verdict with every reason, as README and gateway/run show it.
#include <gmock/gmock.h>

#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Sample : public testing::Test {
 protected:
  static void SetUpTestSuite() { report_ = new Json(verified(sample_folder() + "/case", 10)); }
  static void TearDownTestSuite() {
    delete report_;
    report_ = nullptr;
  }
  static const Json& report() { return *report_; }
  static Json item(std::string_view id) { return item_of(report(), id); }

 private:
  static inline Json* report_ = nullptr;
};

TEST_F(Sample, AsksForAttention) {
  EXPECT_EQ(report()["schema"], "heyan.report.v1");
  EXPECT_EQ(report()["verdict"], "ATTENTION_REQUIRED");
  EXPECT_EQ(report()["asOf"], kAt);
  EXPECT_EQ(report()["trustList"]["sample"], true);
  EXPECT_EQ(report()["evidence"].size(), 9u);
}

TEST_F(Sample, ListsAll25ChecksOfEveryItem) {
  for (const Json& item : report()["evidence"]) {
    EXPECT_EQ(item["checks"].size(), 25u) << item["id"];
  }
}

TEST_F(Sample, FindsTheGenuineItemConsistentWithNotes) {
  const Json e1 = item("E1");
  EXPECT_EQ(e1["verdict"], "CONSISTENT_WITH_NOTES");
  EXPECT_THAT(codes_of(e1), ElementsAre("COMMIT_NOT_PROVEN", "TIME_ONLY_DECLARED"));
  ASSERT_EQ(e1["attestations"].size(), 1u);
  const Json& attestation = e1["attestations"][0];
  EXPECT_EQ(attestation["ledger"], "judicial-fabric");
  EXPECT_EQ(attestation["format"], "fabric");
  EXPECT_EQ(attestation["tier"], "CHAIN_PROOF");
  EXPECT_EQ(attestation["outcome"], "PASS");
  EXPECT_EQ(attestation["record"]["id"], "EV-2026-0001");
  EXPECT_EQ(attestation["position"]["block"], 6);
  EXPECT_EQ(attestation["position"]["transaction"], 0);
  EXPECT_EQ(attestation["quorum"]["required"], 3);
  EXPECT_EQ(attestation["quorum"]["valid"], 4);
  EXPECT_EQ(attestation["quorum"]["neutral"], 3);
  EXPECT_EQ(attestation["time"]["notBefore"], nullptr);
  EXPECT_EQ(e1["file"]["size"], 979);
  EXPECT_EQ(e1["file"]["digests"]["sha-256"],
            "d77af7c693adcd428f4e52fc22e69032dc3003d1c532285fb2fd9936ea60cd01");
  EXPECT_EQ(e1["file"]["digests"]["sm3"],
            "7a9d06f8d46fbe81c36d39b1145e36068891517455dbbd65c5dd910d11d7ac12");
}

TEST_F(Sample, FindsTheChangedFileInconsistent) {
  const Json e2 = item("E2");
  EXPECT_EQ(e2["verdict"], "INCONSISTENT");
  EXPECT_THAT(codes_of(e2), ElementsAre("COMMIT_NOT_PROVEN", "CONTENT_HASH_DIFFERS",
                                        "TIME_ONLY_DECLARED", "WHO_MISMATCH"));
  EXPECT_EQ(check_of(e2, "FILE-3"), "PASS");  // the box looked for a cause, and found none
  EXPECT_EQ(check_of(e2, "MATCH-1"), "FAIL");
  EXPECT_EQ(check_of(e2, "INC-1"), "PASS");
}

TEST_F(Sample, LeavesTooFewEndorsementsOpen) {
  const Json e3 = item("E3");
  EXPECT_EQ(e3["verdict"], "INCONCLUSIVE");
  EXPECT_THAT(codes_of(e3), ElementsAre("QUORUM_NOT_REACHED", "RECORD_NOT_EFFECTIVE",
                                        "TIME_ONLY_DECLARED", "WHO_MISMATCH"));
  EXPECT_EQ(e3["attestations"][0]["quorum"]["valid"], 2);
  EXPECT_EQ(check_of(e3, "QUO-1"), "FAIL");
}

TEST_F(Sample, NotesThatAQuorumDependsOnTheOtherSidesPlatform) {
  const Json e4 = item("E4");
  EXPECT_EQ(e4["verdict"], "CONSISTENT_WITH_NOTES");
  EXPECT_THAT(codes_of(e4), ElementsAre("COMMIT_NOT_PROVEN", "QUORUM_DEPENDS_ON_INTERESTED_PARTY",
                                        "WHO_MISMATCH"));
  const Json& quorum = e4["attestations"][0]["quorum"];
  EXPECT_EQ(quorum["valid"], 3);
  EXPECT_EQ(quorum["neutral"], 2);
}

// Beside the record, whose time is only declared: a token of an authority that the court lists.
TEST_F(Sample, ReadsTheTimeStampOfThePhotograph) {
  const Json e4 = item("E4");
  EXPECT_EQ(check_of(e4, "TIM-1"), "PASS");
  ASSERT_EQ(e4["attestations"].size(), 2u);
  const Json& stamp = e4["attestations"][1];
  EXPECT_EQ(stamp["format"], "rfc3161");
  EXPECT_EQ(stamp["tier"], "TIME_PROOF");
  EXPECT_EQ(stamp["outcome"], "PASS");
  EXPECT_THAT(stamp["ledgerReasons"], IsEmpty());
  EXPECT_EQ(stamp["record"]["digests"]["sha-256"], e4["file"]["digests"]["sha-256"]);
  EXPECT_EQ(stamp["time"]["source"], "tsa:sample-tsa");
  EXPECT_EQ(stamp["time"]["independent"], true);
  EXPECT_EQ(stamp["time"]["notAfter"], "2026-11-22T11:20:00.500Z");
  EXPECT_EQ(stamp["time"]["accuracyMicroseconds"], 500000);
}

TEST_F(Sample, FindsNoRecordOfAnUnknownNumber) {
  const Json e5 = item("E5");
  EXPECT_EQ(e5["verdict"], "NOT_FOUND");
  EXPECT_THAT(codes_of(e5), ElementsAre("RECORD_ID_UNKNOWN"));
}

TEST_F(Sample, FindsTheChangedBlockInconsistent) {
  const Json e6 = item("E6");
  EXPECT_EQ(e6["verdict"], "INCONSISTENT");
  EXPECT_THAT(codes_of(e6), ElementsAre("INCLUSION_PROOF_INVALID"));
  // Nothing that stands in an unproven block is repeated as a record.
  EXPECT_FALSE(e6["attestations"][0].contains("record") &&
               !e6["attestations"][0]["record"].is_null());
}

TEST_F(Sample, FindsTheContractOnChainmakerConsistent) {
  const Json e7 = item("E7");
  EXPECT_EQ(e7["verdict"], "CONSISTENT_WITH_NOTES");
  EXPECT_THAT(codes_of(e7), ElementsAre("TIME_ONLY_FROM_NODE_CLOCK", "WHO_MISMATCH"));
  ASSERT_EQ(e7["attestations"].size(), 1u);
  const Json& attestation = e7["attestations"][0];
  EXPECT_EQ(attestation["ledger"], "contract-chainmaker");
  EXPECT_EQ(attestation["format"], "chainmaker");
  EXPECT_EQ(attestation["tier"], "CHAIN_PROOF");
  EXPECT_EQ(attestation["record"]["id"], "EV00000101");
  EXPECT_EQ(attestation["record"]["digests"]["sm3"], e7["file"]["digests"]["sm3"]);
  EXPECT_EQ(attestation["position"]["block"], 1002);
  EXPECT_EQ(attestation["position"]["transaction"], 1);
  EXPECT_EQ(attestation["quorum"]["required"], 3);
  EXPECT_EQ(attestation["quorum"]["valid"], 4);
  EXPECT_EQ(attestation["quorum"]["neutral"], 4);
}

TEST_F(Sample, FindsTheExhibitOnFiscoBcosConsistent) {
  const Json e8 = item("E8");
  EXPECT_EQ(e8["verdict"], "CONSISTENT_WITH_NOTES");
  EXPECT_THAT(codes_of(e8), ElementsAre("TIME_ONLY_FROM_NODE_CLOCK"));
  ASSERT_EQ(e8["attestations"].size(), 1u);
  const Json& attestation = e8["attestations"][0];
  EXPECT_EQ(attestation["ledger"], "arbitration-fisco");
  EXPECT_EQ(attestation["format"], "fisco-bcos");
  EXPECT_EQ(attestation["tier"], "CHAIN_PROOF");
  EXPECT_EQ(attestation["record"]["digests"]["sm3"], e8["file"]["digests"]["sm3"]);
  EXPECT_EQ(attestation["position"]["block"], 43);
  EXPECT_EQ(attestation["position"]["transaction"], 17);
  EXPECT_EQ(attestation["quorum"]["required"], 3);
  EXPECT_EQ(attestation["quorum"]["valid"], 3);
}

// A log that four institutions watch: who and when are theirs to say, and there is nothing to point
// out.
TEST_F(Sample, FindsTheLyricsInTheWatchedLogConsistent) {
  const Json e9 = item("E9");
  EXPECT_EQ(e9["verdict"], "CONSISTENT");
  EXPECT_THAT(codes_of(e9), IsEmpty());
  ASSERT_EQ(e9["attestations"].size(), 1u);
  const Json& attestation = e9["attestations"][0];
  EXPECT_EQ(attestation["ledger"], "evidence-log");
  EXPECT_EQ(attestation["format"], "tlog");
  EXPECT_EQ(attestation["tier"], "CHAIN_PROOF");
  EXPECT_EQ(attestation["record"]["digests"]["sha-256"], e9["file"]["digests"]["sha-256"]);
  EXPECT_EQ(attestation["quorum"]["required"], 3);
  EXPECT_EQ(attestation["quorum"]["valid"], 4);
  EXPECT_EQ(attestation["quorum"]["neutral"], 4);
  EXPECT_EQ(attestation["time"]["notAfter"], "2026-11-22T10:05:02Z");
  EXPECT_EQ(attestation["time"]["independent"], true);
}

// Declared values are marked (security decision 8), and no institution's identity rests on the
// submission.
TEST_F(Sample, SaysThatTheSubmissionIsDeclared) {
  EXPECT_EQ(report()["submissionIsDeclared"], true);
  EXPECT_EQ(check_of(item("E1"), "QUO-2"), "DECLARED");
  for (const Json& party : report()["parties"]) EXPECT_EQ(party["identifierChecked"], false);
}

}  // namespace
}  // namespace heyan::functional
