// The sample case through a judge's child, and the searches that the front made for it.
#include <gmock/gmock.h>

#include <fstream>
#include <set>

#include "tests/unit/worker/judging_fixture.h"
#include "verifier/elsewhere.h"
#include "verifier/report/payload.h"
#include "verifier/report/record_file.h"

namespace heyan::worker {
namespace {

TEST_F(JudgingTest, TheSampleCaseEndsInASignedAndLoggedReport) {
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  const auto verdict = verify(done.envelope());
  EXPECT_EQ(verdict.jws.outcome, report::JwsOutcome::kValid);
  EXPECT_EQ(verdict.log, report::LogOutcome::kValid);
  const auto file = report::decode_record_file(core::as_bytes(record_), core::Limits{});
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(core::as_bytes(done.record_sha256()).size(), 32u);
  EXPECT_EQ(done.record_sha256(), core::to_string(crypto::sha256(core::as_bytes(record_))));
  EXPECT_EQ(file->circumstances().report_number(), done.report_number());
  EXPECT_EQ(file->record().submission().submitter().account_id(), "court-system-1");
  EXPECT_EQ(done.report().evidence_size(), file->record().submission().evidence_size());
  EXPECT_EQ(done.report().evidence(0).verdict(), v1::VERDICT_CONSISTENT_WITH_NOTES);
  for (const v1::ItemReport& item : done.report().evidence()) {
    for (const v1::CheckResult& result : item.checks()) {
      const bool custody = result.check() == v1::CHECK_COC_1;
      EXPECT_TRUE(!custody || result.outcome() == v1::OUTCOME_PASS);
    }
  }
}

TEST_F(JudgingTest, AgainItIsTheSameReport) {
  const v1::JudgeDone first = run();
  const v1::JudgeDone again = run();
  EXPECT_EQ(again.envelope(), first.envelope());
  EXPECT_EQ(again.report_number(), first.report_number());
  // And rests on the record that was kept then, which a front that died meanwhile has to name.
  EXPECT_FALSE(again.record_sha256().empty());
  EXPECT_EQ(again.record_sha256(), first.record_sha256());
}

// What was received is not what is stored: security decision 21.
TEST_F(JudgingTest, StoredBytesThatDifferAreNoEvidenceAgainstAnybody) {
  for (v1::StoredFile& file : *job_.mutable_files()) {
    if (file.path().starts_with("files/")) file.set_sha256(std::string(32, 'x'));
  }
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal());
  EXPECT_EQ(done.report().verdict(), v1::SUBMISSION_VERDICT_INCOMPLETE);
  for (const v1::ItemReport& item : done.report().evidence()) {
    EXPECT_EQ(item.verdict(), v1::VERDICT_NOT_COMPLETED);
    EXPECT_TRUE(item.measured().digests().empty());
    // Neither what lies there nor proofs that are held against nothing speak against anybody.
    EXPECT_EQ(item.attestations_size(), 0);
    std::set<v1::ReasonCode> codes;
    for (const v1::Finding& finding : item.findings()) {
      codes.insert(finding.code());
      const bool ours = finding.check() == v1::CHECK_COC_1 || finding.check() == v1::CHECK_RPT_1;
      EXPECT_TRUE(ours || finding.outcome() == v1::OUTCOME_NOT_PERFORMED);
    }
    EXPECT_THAT(codes, testing::Contains(v1::REASON_STORED_BYTES_DIFFER));
  }
}

// Restored in place, say: what it is then is for another time.
TEST_F(JudgingTest, AFileThatChangesWhileItIsReadWaits) {
  evidence_lies_at_ = "/proc/self/limits";
  const v1::JudgeDone done = run();
  EXPECT_EQ(done.refusal().code(), "stored-bytes-differ");
  EXPECT_FALSE(done.refusal().final());
}

// A proof is what is judged by: changed on the disk it would speak against whoever filed it.
TEST_F(JudgingTest, AProofOrCaseThatIsNotWhatWasReceivedIsNotJudgedBy) {
  const v1::JudgeJob sound = job_;
  int tried = 0;
  for (int i = 0; i < job_.files_size(); ++i) {
    const bool evidence = job_.files(i).path().starts_with("files/");
    if (evidence) continue;
    job_.mutable_files(i)->set_sha256(std::string(32, 'x'));
    for (const bool give_up : {false, true}) {
      job_.set_give_up(give_up);
      if (give_up && job_.files(i).path() != "case.json") continue;  // is all that is read then
      const v1::JudgeDone done = run();
      EXPECT_EQ(done.refusal().code(), "stored-bytes-differ") << sound.files(i).path();
      EXPECT_FALSE(done.refusal().final());
      EXPECT_TRUE(done.envelope().empty());
      ++tried;
    }
    job_ = sound;
  }
  EXPECT_GT(tried, 3);
}

// The front's rows are not believed without the receipt: security decision 25.
TEST_F(JudgingTest, FilesThatTheReceiptDoesNotListBreakTheCustody) {
  job_.mutable_files(1)->set_size(job_.files(1).size() + 1);
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal());
  for (const v1::ItemReport& item : done.report().evidence()) {
    EXPECT_EQ(item.verdict(), v1::VERDICT_NOT_COMPLETED);
  }
}

// A bucket from which a large file comes slowly, and a box that takes its time with it.
TEST_F(JudgingTest, HoweverLongItTakesToLookIntoFilesTheReportIsOfThisMoment) {
  looking_takes_ = std::chrono::minutes(10);
  const v1::JudgeDone done = run();
  ASSERT_GT(looked_into_, 0);
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  EXPECT_EQ(done.report().as_of_ms(), core::to_unix_ms(now_));
}

// Nothing is to be noted of the sample: a look that finds nothing leaves no trace in its report.
TEST_F(JudgingTest, NotesAreAskedForWhereAFileHasToBeOpened) {
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  EXPECT_EQ(noted_, std::vector<std::string>{"photo_scene.png"});
  const auto& items = done.report().evidence();
  const auto picture = std::ranges::find(items, "E4", &v1::ItemReport::id);
  ASSERT_NE(picture, items.end());
  for (const v1::Finding& finding : picture->findings()) {
    if (finding.check() != v1::CHECK_FILE_2) continue;
    EXPECT_EQ(finding.code(), v1::REASON_NONE);
    EXPECT_EQ(finding.outcome(), v1::OUTCOME_PASS);
  }
  EXPECT_FALSE(picture->has_contents());
}

TEST_F(JudgingTest, TheStoreMayTakeLongerThanTheOthers) {
  patience_ = std::chrono::seconds(6);
  storing_takes_ = std::chrono::seconds(7);
  const v1::JudgeDone done = run();
  EXPECT_FALSE(done.has_refusal()) << done.refusal().code();
}

TEST_F(JudgingTest, GivingUpSaysThatNothingWasCompleted) {
  job_.set_give_up(true);
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  EXPECT_EQ(done.report().verdict(), v1::SUBMISSION_VERDICT_INCOMPLETE);
  for (const v1::ItemReport& item : done.report().evidence()) {
    EXPECT_EQ(item.verdict(), v1::VERDICT_NOT_COMPLETED);
    // Nobody read its file, nor the proofs that came with it: none of them lacks anything.
    std::set<v1::ReasonCode> codes;
    for (const v1::Finding& finding : item.findings()) codes.insert(finding.code());
    EXPECT_THAT(codes,
                testing::UnorderedElementsAre(v1::REASON_NONE, v1::REASON_VERIFICATION_TERMINATED));
  }
}

class SearchTest : public JudgingTest {
 protected:
  // The front searched: one answer for each file.
  SearchTest() {
    job_.mutable_elsewhere()->set_since_ms(1000);
    for (int i = 0; i < job_.files_size(); ++i) job_.mutable_elsewhere()->add_files();
  }
  void found(int file, int times) {
    v1::ContentSearch& search = *job_.mutable_elsewhere()->mutable_files(file);
    search.set_count(static_cast<std::uint64_t>(times));
    for (int i = 0; i < times; ++i) {
      v1::FiledElsewhere& filed = *search.add_filed();
      filed.set_report_number("HY-OTHER");
      filed.set_case_number("(2026) other case");
      filed.set_item("E7");
    }
  }
  void found_everywhere(int times) {
    for (int i = 0; i < job_.files_size(); ++i) found(i, times);
  }
  v1::RecordFile kept() const {
    return report::decode_record_file(core::as_bytes(record_), core::Limits{}).value();
  }
};

TEST_F(SearchTest, WhatTheFrontFoundIsKeptAndCommittedTo) {
  found_everywhere(2);
  const v1::JudgeDone done = run();
  ASSERT_FALSE(done.has_refusal()) << done.refusal().code();
  const auto again = intake::judge_again(kept());
  ASSERT_TRUE(again.has_value());
  const std::string payload = report::encode_payload(done.report());
  EXPECT_EQ(report::encode_payload(again->report), payload);
  EXPECT_EQ(payload.find("HY-OTHER"), std::string::npos);
  EXPECT_EQ(payload.find("other case"), std::string::npos);
  int searches = 0;
  for (const Disclosure& one : again->disclosures) {
    if (!is_search(one.pointer)) continue;
    const auto read = read_found(one.value);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->since_ms, 1000);
    EXPECT_EQ(read->found.count(), 2);
    EXPECT_EQ(read->found.filed(1).case_number(), "(2026) other case");
    ++searches;
  }
  EXPECT_EQ(searches, done.report().evidence_size());
}

TEST_F(SearchTest, NoVerdictDependsOnIt) {
  found_everywhere(20);
  const v1::JudgeDone searched = run();
  v1::RecordFile file = kept();
  file.mutable_circumstances()->clear_elsewhere();
  const auto without = intake::judge_again(file);
  ASSERT_TRUE(without.has_value());
  for (int i = 0; i < searched.report().evidence_size(); ++i) {
    EXPECT_EQ(searched.report().evidence(i).SerializeAsString(),
              without->report.evidence(i).SerializeAsString());
  }
  EXPECT_EQ(searched.report().verdict(), without->report.verdict());
}

// The payload binds the digest of the circumstances. Without something by chance in them, a party
// that knows the rest could try "nothing was found".
TEST_F(SearchTest, TheBoundCircumstancesCannotBeGuessed) {
  run();
  v1::RecordFile file = kept();
  EXPECT_EQ(file.circumstances().elsewhere().blinding().size(), 32);
  const auto first = intake::judge_again(file);
  file.mutable_circumstances()->mutable_elsewhere()->set_blinding(std::string(32, 'x'));
  const auto second = intake::judge_again(file);
  EXPECT_NE(first->report.bindings().circumstances(), second->report.bindings().circumstances());
}

TEST_F(SearchTest, WithoutASearchNothingIsCommittedTo) {
  job_.clear_elsewhere();
  const v1::JudgeDone done = run();
  for (const auto& commitment : done.report().commitments()) {
    EXPECT_FALSE(is_search(commitment.pointer()));
  }
  EXPECT_FALSE(kept().circumstances().has_elsewhere());
}

TEST_F(SearchTest, WhatIsNoSearchOfTheseFilesIsRefusedForNow) {
  const v1::JudgeJob sound = job_;
  const auto refused = [&] {
    const v1::JudgeDone done = run();
    EXPECT_EQ(done.refusal().code(), "job-malformed");
    EXPECT_FALSE(done.refusal().final());
    EXPECT_TRUE(done.envelope().empty());
    job_ = sound;
  };
  job_.mutable_elsewhere()->mutable_files()->RemoveLast();
  refused();
  job_.mutable_elsewhere()->add_files();
  refused();
  found(1, 21);
  refused();
  found(1, 2);
  job_.mutable_elsewhere()->mutable_files(1)->set_count(1);
  refused();
  found(1, 1);
  job_.mutable_elsewhere()->mutable_files(1)->mutable_filed(0)->set_case_number(
      std::string(3000, 'x'));
  refused();
}

TEST_F(JudgingTest, AnIntakeThatWasNotLoggedGetsNoReport) {
  job_.set_intake_index(job_.intake_index() + 1);
  const v1::JudgeDone done = run();
  EXPECT_TRUE(done.has_refusal());
  EXPECT_TRUE(done.envelope().empty());
}

TEST_F(JudgingTest, AListThatTheCourtDidNotSignGetsNoSignature) {
  signer_.reset();
  bundle_.trust_list = core::Bytes(32, 9);
  start();
  const v1::JudgeDone done = run();
  EXPECT_TRUE(done.has_refusal());
  EXPECT_TRUE(done.envelope().empty());
}

TEST_F(JudgingTest, AFileThatIsNotThereIsOurFault) {
  job_.mutable_files(1)->set_path("files/another");
  const v1::JudgeDone done = run();
  EXPECT_TRUE(done.has_refusal());
}

// A file of /proc has other bytes than its size says, as one that grows under the reader's hands.
TEST_F(JudgingTest, ACaseThatChangesInTheVaultIsOurFault) {
  case_lies_at_ = "/proc/self/limits";
  const v1::JudgeDone done = run();
  EXPECT_EQ(done.refusal().code(), "stored-bytes-differ");
  EXPECT_FALSE(done.refusal().final());
}

// What it holds is another matter.
TEST_F(JudgingTest, ACaseThatIsNoneIsRefusedForGood) {
  case_lies_at_ = kSample / "trust/trust.toml";
  std::ifstream file(case_lies_at_, std::ios::binary);
  const std::string content(std::istreambuf_iterator<char>(file), {});
  for (v1::StoredFile& received : *job_.mutable_files()) {
    if (received.path() != "case.json") continue;
    received.set_size(content.size());
    received.set_sha256(core::to_string(crypto::sha256(core::as_bytes(content))));
  }
  const v1::JudgeDone done = run();
  EXPECT_EQ(done.refusal().code(), "case-malformed");
  EXPECT_TRUE(done.refusal().final());
}

// By a program of another version, say. The public log says that there is that report.
TEST_F(JudgingTest, ACaseThatDoesNotReadAnyMoreHasTheReportThatWasSigned) {
  const v1::JudgeDone first = run();
  ASSERT_FALSE(first.has_refusal());
  case_lies_at_ = kSample / "trust/trust.toml";
  const std::string content = os::content_of(case_lies_at_);
  job_.mutable_files(0)->set_size(content.size());
  job_.mutable_files(0)->set_sha256(core::to_string(crypto::sha256(core::as_bytes(content))));
  for (const bool give_up : {false, true}) {
    job_.set_give_up(give_up);
    const v1::JudgeDone again = run();
    EXPECT_FALSE(again.has_refusal()) << again.refusal().code();
    EXPECT_EQ(again.envelope(), first.envelope());
  }
}

TEST_F(JudgingTest, ACaseWhoseFilesWereLostSinceHasTheReportThatWasSigned) {
  const v1::JudgeDone first = run();
  ASSERT_FALSE(first.has_refusal());
  for (const char* lies_at : {"/proc/self/limits", "/nowhere"}) {
    case_lies_at_ = lies_at;
    const v1::JudgeDone again = run();
    EXPECT_FALSE(again.has_refusal()) << again.refusal().code();
    EXPECT_EQ(again.envelope(), first.envelope());
  }
}

// Security decision 6: not only the signer sees that the court's approval ended.
TEST_F(JudgingTest, NothingIsJudgedAfterTheApprovalEnded) {
  approved_until_ = now_ - std::chrono::milliseconds(1);
  const v1::JudgeDone done = run();
  EXPECT_EQ(done.refusal().code(), "trust-bundle-outdated");
  EXPECT_FALSE(done.refusal().final()) << "the court can approve it anew";
  EXPECT_TRUE(done.envelope().empty());
  approved_until_ = now_;
  EXPECT_FALSE(run().has_refusal());
}

}  // namespace
}  // namespace heyan::worker
