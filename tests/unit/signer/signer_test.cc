#include <gmock/gmock.h>

#include <chrono>

#include "gateway/os/folder.h"
#include "tests/unit/signer/fixture.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/envelope.h"
#include "verifier/report/payload.h"

namespace heyan::signer {
namespace {

using ::testing::StartsWith;

class IssuedReport : public SignerTest {
 protected:
  IssuedReport() {
    start();
    intake_ = take_in("s1").intake_index();
    begin_ = begin_of("s1", 1, intake_);
    begun_ = begin(begin_);
  }

  report::EnvelopeVerdict verify(std::string_view envelope) const {
    const std::vector<crypto::PublicKey> pinned = {keys_.report[0].key.public_key(),
                                                   keys_.report[1].key.public_key()};
    const auto log_key = transparency::NoteVerifier::make(
        keys_.log_name, transparency::NoteKeyType::kEd25519, keys_.log.public_key());
    crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
    return report::verify_envelope(core::as_bytes(envelope), pinned, &*log_key, checker);
  }

  std::uint64_t intake_ = 0;
  v1::SignerBegin begin_;
  v1::SignerBegun begun_;
};

TEST_F(IssuedReport, IsSignedLoggedAndVerifies) {
  ASSERT_THAT(begun_.report_number(), StartsWith("HY-"));
  const v1::SignerSigned answer = sign(begin_, report_of(begun_));
  ASSERT_FALSE(answer.has_refusal()) << answer.refusal().code();
  const auto verdict = verify(answer.envelope());
  const auto logged = report::logged_as(core::as_bytes(answer.envelope()));
  ASSERT_TRUE(logged.has_value());
  EXPECT_EQ(logged->intake, (report::LogPlace{intake_, keys_.log_name}));
  EXPECT_EQ(logged->report, (report::LogPlace{static_cast<std::uint64_t>(verdict.jws.log->index),
                                              verdict.jws.log->origin}));
  EXPECT_EQ(verdict.jws.outcome, report::JwsOutcome::kValid);
  EXPECT_EQ(verdict.log, report::LogOutcome::kValid);
}

TEST_F(IssuedReport, IsTheSameAgainAndAfterARestart) {
  const std::string first = sign(begin_, report_of(begun_)).envelope();
  v1::Report other = report_of(begun_);
  other.set_case_number("another");
  EXPECT_TRUE(sign(begin_, other).has_refusal());  // one report for one version
  EXPECT_EQ(sign(begin_, report_of(begun_)).envelope(), first);
  EXPECT_EQ(begin(begin_).envelope(), first);
  start();
  const v1::SignerBegun again = begin(begin_);
  EXPECT_EQ(again.envelope(), first);
  EXPECT_EQ(again.report_number(), begun_.report_number());
}

TEST_F(IssuedReport, IsToldWhetherTheFilesAreThoseOfTheReceipt) {
  EXPECT_FALSE(begin(begin_).files_as_receipted());  // none were named
  *begin_.mutable_files() = case_json_alone();
  EXPECT_TRUE(begin(begin_).files_as_receipted());
  begin_.mutable_files(0)->set_sha256(std::string(32, 'x'));
  EXPECT_FALSE(begin(begin_).files_as_receipted());
}

TEST_F(IssuedReport, NeedsTheNumberThatWasGiven) {
  v1::Report report = report_of(begun_);
  report.set_number("HY-AAAA-AAAA-AAAA-AAAA");
  EXPECT_TRUE(sign(begin_, report).has_refusal());
  take_in("s2");
  EXPECT_TRUE(sign(begin_of("s2", 1, intake_ + 1), report_of(begun_)).has_refusal());
}

TEST_F(IssuedReport, NeedsALoggedIntake) {
  EXPECT_TRUE(begin(begin_of("unknown", 1, intake_)).has_refusal());
  EXPECT_TRUE(begin(begin_of("s1", 1, intake_ + 1)).has_refusal());
  EXPECT_TRUE(begin(begin_of("s1", 0, intake_)).has_refusal());
}

// What comes at the same time: each has its own answer, and a refused one undoes nobody else's.
TEST_F(SignerTest, AnswersManyInOneRound) {
  start();
  std::vector<v1::FrontAsks> asks(4);
  for (int i = 0; i < 4; ++i) {
    v1::Intake& intake = *asks[i].mutable_intake();
    intake.set_submission_id(i == 3 ? "s0" : "s" + std::to_string(i));
    *intake.mutable_files() = case_json_alone();
  }
  asks[1].mutable_intake()->clear_files();                    // refused before it writes
  asks[3].mutable_intake()->mutable_files(0)->set_path("x");  // s0 again, with another file
  std::vector<v1::FrontGets> gets(4);
  std::vector<Question> questions;
  for (int i = 0; i < 4; ++i) questions.push_back(signer_->for_front(asks[i], gets[i]));
  signer_->answer(questions);
  EXPECT_TRUE(gets[1].has_refusal());
  EXPECT_TRUE(gets[3].has_refusal());
  ASSERT_TRUE(gets[0].has_receipt() && gets[2].has_receipt());
  EXPECT_EQ(gets[0].receipt().intake_index(), 1);
  EXPECT_EQ(gets[2].receipt().intake_index(), 2);
  const auto note = os::read_named_file(folder_ / "log/checkpoint", 1u << 16);
  ASSERT_TRUE(note.has_value());
  EXPECT_EQ(report_log::checkpoint_in(core::as_text(*note))->size, 3) << "one head for all";
  EXPECT_FALSE(begin(begin_of("s2", 1, 2)).has_refusal());
  EXPECT_TRUE(begin(begin_of("s1", 1, 2)).has_refusal());
}

// Two judges of one version at the same time: one report.
TEST_F(SignerTest, OneVersionHasOneReportWithinARoundToo) {
  start();
  const v1::SignerBegin asked = begin_of("s1", 1, take_in("s1").intake_index());
  std::vector<v1::SignerReport> reports(2);
  *reports[0].mutable_report() = report_of(begin(asked));
  reports[0].set_record_sha256(std::string(32, 'r'));
  reports[1] = reports[0];
  reports[1].mutable_report()->set_as_of_ms(reports[0].report().as_of_ms() + 1);
  std::vector<v1::SignerSigned> answers(2);
  const std::vector<Question> questions = {signer_->for_report(asked, reports[0], answers[0]),
                                           signer_->for_report(asked, reports[1], answers[1])};
  signer_->answer(questions);
  EXPECT_FALSE(answers[0].envelope().empty());
  ASSERT_TRUE(answers[1].has_refusal());
  EXPECT_FALSE(answers[1].refusal().final());
  EXPECT_EQ(begin(asked).envelope(), answers[0].envelope());
}

// An altered row, or a front that lies, takes a submission to no other court: security decision 25.
TEST_F(IssuedReport, IsForTheCourtOfItsReceipt) {
  v1::Report report = report_of(begun_);
  report.mutable_court()->set_code("0192");
  EXPECT_TRUE(sign(begin_, report).has_refusal());
  report.clear_court();
  EXPECT_TRUE(sign(begin_, report).has_refusal());
  EXPECT_FALSE(sign(begin_, report_of(begun_)).has_refusal());
}

// A report of one's own must not do away with another's: security B.
TEST_F(IssuedReport, SupersedesNobodyElsesReport) {
  sign(begin_, report_of(begun_));
  const std::uint64_t other = take_in("s2").intake_index();
  EXPECT_TRUE(begin(begin_of("s2", 2, other, begun_.report_number())).has_refusal());
  EXPECT_TRUE(begin(begin_of("s1", 2, intake_, "HY-AAAA-AAAA-AAAA-AAAA")).has_refusal());
  EXPECT_TRUE(begin(begin_of("s1", 1, intake_, begun_.report_number())).has_refusal());
  EXPECT_FALSE(begin(begin_of("s1", 2, intake_, begun_.report_number())).has_refusal());
}

// A judge that goes by another list than the signer, or is of another build: that is mended, and no
// fault of the case.
TEST_F(IssuedReport, NeedsTheCourtsTrustListAndPolicyForWhichItsCaseWaits) {
  std::vector<v1::Report> others(4, report_of(begun_));
  others[0].mutable_bindings()->set_trust_list(std::string(32, 'x'));
  others[1].mutable_bindings()->set_policy("");
  others[2].mutable_trust()->set_sample(true);
  others[3].set_verdict(v1::SUBMISSION_VERDICT_ALL_CONSISTENT);
  for (const v1::Report& report : others) {
    const v1::SignerSigned answer = sign(begin_, report);
    EXPECT_EQ(answer.refusal().code(), "changed");
    EXPECT_FALSE(answer.refusal().final());
  }
  EXPECT_FALSE(sign(begin_, report_of(begun_)).has_refusal());
}

// What only a judge says that was taken over by its case.
TEST_F(IssuedReport, IsRefusedForGoodWhereItIsNotThatOfTheIntake) {
  std::vector<v1::Report> others(3, report_of(begun_));
  others[0].set_submission_is_declared(true);
  others[1].set_number("HY-AAAA-AAAA-AAAA-AAAA");
  others[2].mutable_court()->set_code("another");
  for (const v1::Report& report : others) {
    const v1::SignerSigned answer = sign(begin_, report);
    EXPECT_EQ(answer.refusal().code(), "malformed");
    EXPECT_TRUE(answer.refusal().final());
  }
}

TEST_F(IssuedReport, NeedsThisClocksTime) {
  for (const auto distance : {std::chrono::seconds(-61), std::chrono::seconds(61)}) {
    v1::Report report = report_of(begun_);
    report.set_as_of_ms(core::to_unix_ms(now_ + distance));
    EXPECT_TRUE(sign(begin_, report).has_refusal());
  }
  pass(std::chrono::seconds(59));
  EXPECT_FALSE(sign(begin_, report_of(begun_)).has_refusal());
}

TEST_F(IssuedReport, NeedsVerdictsThatFollow) {
  v1::Report report = report_of(begun_);
  report.set_verdict(v1::SUBMISSION_VERDICT_ALL_CONSISTENT);
  EXPECT_TRUE(sign(begin_, report).has_refusal());
  report = report_of(begun_);
  report.add_evidence()->set_verdict(v1::VERDICT_CONSISTENT);  // without a finding
  report.set_verdict(v1::SUBMISSION_VERDICT_ALL_CONSISTENT);
  EXPECT_TRUE(sign(begin_, report).has_refusal());
}

TEST_F(IssuedReport, NeedsARecordOfKnownOrigin) {
  v1::Report report = report_of(begun_);
  report.set_submission_is_declared(true);
  EXPECT_TRUE(sign(begin_, report).has_refusal());
}

TEST_F(IssuedReport, DoesNotVerifyWithoutItsProofOrWithAnothers) {
  const std::string envelope = sign(begin_, report_of(begun_)).envelope();
  const auto begin2 = begin_of("s1", 2, intake_, begun_.report_number());
  const v1::SignerBegun begun2 = begin(begin2);
  const std::string second = sign(begin2, report_of(begun2)).envelope();
  const auto member = [](const std::string& text) {
    const auto start = text.find("\"heyan-log-proof\"");
    return text.substr(start, text.find("\",\"payload\"") + 2 - start);
  };
  std::string bare = envelope;
  bare.erase(bare.find(member(envelope)), member(envelope).size());
  EXPECT_EQ(verify(bare).log, report::LogOutcome::kMissing);
  EXPECT_FALSE(report::logged_as(core::as_bytes(bare)));
  EXPECT_FALSE(report::logged_as(core::as_bytes("{}")));
  EXPECT_FALSE(report::logged_as(core::as_bytes("")));
  std::string swapped = envelope;
  swapped.replace(swapped.find(member(envelope)), member(envelope).size(), member(second));
  EXPECT_EQ(verify(swapped).log, report::LogOutcome::kInvalid);
}

// Security decisions 15 and 19: a key of one use is nothing in another.
TEST_F(IssuedReport, VerifiesWithItsOwnKeysAlone) {
  const std::string envelope = sign(begin_, report_of(begun_)).envelope();
  const auto outcome_with = [&](const std::vector<crypto::PublicKey>& pinned) {
    crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
    return report::verify_envelope(core::as_bytes(envelope), pinned, nullptr, checker).jws.outcome;
  };
  const auto es256 = keys_.report[0].key.public_key();
  const auto sm2 = keys_.report[1].key.public_key();
  EXPECT_EQ(outcome_with({es256, sm2}), report::JwsOutcome::kValid);
  EXPECT_EQ(outcome_with({keys_.receipt.key.public_key(), sm2}),
            report::JwsOutcome::kIssuerUnknown);
  EXPECT_EQ(outcome_with({es256, keys_.log.public_key()}), report::JwsOutcome::kIssuerUnknown);
  EXPECT_EQ(outcome_with({es256}), report::JwsOutcome::kIssuerUnknown);
}

TEST_F(IssuedReport, SignedWithTheReceiptKeyIsOfNoKnownIssuer) {
  const std::string payload = report::encode_payload(report_of(begun_));
  const std::vector<report::ReportSigner> forgers = {keys_.receipt, keys_.report[1]};
  const auto jws = report::sign_report(core::as_bytes(payload), forgers, now_,
                                       report::LogPosition{keys_.log_name, 2});
  ASSERT_TRUE(jws.has_value());
  EXPECT_NE(verify(*jws).jws.outcome, report::JwsOutcome::kValid);
  EXPECT_NE(verify(*jws).log, report::LogOutcome::kValid);
}

// A receipt is no report: neither as it is nor in the form of one.
TEST_F(IssuedReport, IsNotMadeOfAReceipt) {
  const std::string receipt = take_in("s1").jws();
  EXPECT_EQ(verify(receipt).jws.outcome, report::JwsOutcome::kInvalid);
  const std::size_t first = receipt.find('.');
  const std::size_t second = receipt.find('.', first + 1);
  const std::string entry = R"({"protected":")" + receipt.substr(0, first) + R"(","signature":")" +
                            receipt.substr(second + 1) + R"("})";
  const std::string general = R"({"payload":")" + receipt.substr(first + 1, second - first - 1) +
                              R"(","signatures":[)" + entry + "," + entry + "]}";
  EXPECT_EQ(verify(general).jws.outcome, report::JwsOutcome::kInvalid);
}

TEST_F(IssuedReport, TellsHowItStands) {
  const auto standing = [&](const v1::SignerBegun& begun) {
    v1::FrontAsks asks;
    const std::string payload = report::encode_payload(report_of(begun));
    asks.mutable_status()->set_payload_sha256(
        core::to_string(crypto::sha256(core::as_bytes(payload))));
    return ask(asks).standing();
  };
  EXPECT_EQ(standing(begun_).report_number(), "");
  sign(begin_, report_of(begun_));
  EXPECT_EQ(standing(begun_).report_number(), begun_.report_number());
  EXPECT_EQ(standing(begun_).superseded_by(), "");

  const auto begin2 = begin_of("s1", 2, intake_, begun_.report_number());
  const v1::SignerBegun begun2 = begin(begin2);
  sign(begin2, report_of(begun2));
  EXPECT_EQ(standing(begun_).superseded_by(), begun2.report_number());

  v1::FrontAsks withdraw;
  withdraw.mutable_withdraw()->set_report_number(begun2.report_number());
  withdraw.mutable_withdraw()->set_reason("because");
  EXPECT_TRUE(ask(withdraw).has_refusal());
  withdraw.mutable_withdraw()->set_reason("court-order");
  EXPECT_FALSE(ask(withdraw).has_refusal());
  EXPECT_TRUE(standing(begun2).withdrawn());
  v1::FrontAsks backlog;
  backlog.mutable_backlog();
  const std::uint64_t size = ask(backlog).backlog().log_size();
  EXPECT_FALSE(ask(withdraw).has_refusal());
  withdraw.mutable_withdraw()->set_reason("error");
  EXPECT_EQ(ask(withdraw).refusal().code(), core::name(core::ErrorCode::kDuplicate));
  EXPECT_EQ(ask(backlog).backlog().log_size(), size);
}

TEST_F(SignerTest, ReceiptsAreTheSameAgainButForTheirSignature) {
  start();
  const v1::Receipt first = take_in("s1");
  pass(std::chrono::hours(1));
  const v1::Receipt again = take_in("s1");
  EXPECT_EQ(again.intake_index(), first.intake_index());
  EXPECT_EQ(again.jws().substr(0, again.jws().rfind('.')),
            first.jws().substr(0, first.jws().rfind('.')));
  EXPECT_NE(take_in("s2").intake_index(), first.intake_index());
}

// What was receipted before another key came into its place can still be checked.
TEST_F(SignerTest, TellsTheReceiptKeyThatItsLogAnnounced) {
  start();
  const auto points = [&] {
    v1::FrontAsks asks;
    asks.mutable_keys();
    std::vector<std::pair<std::string, int>> all;
    const v1::FrontGets gets = ask(asks);
    for (const v1::PublishedKey& one : gets.keys().keys()) {
      if (one.use() == "receipt") all.emplace_back(one.point(), one.chain_size());
    }
    return all;
  };
  const std::string first = core::to_string(keys_.receipt.key.public_key().point());
  EXPECT_EQ(points(), (std::vector<std::pair<std::string, int>>{{first, 1}}));
  keys_.receipt = new_test_keys().receipt;
  start();
  const std::string second = core::to_string(keys_.receipt.key.public_key().point());
  EXPECT_EQ(points(), (std::vector<std::pair<std::string, int>>{{second, 1}, {first, 0}}));
}

TEST_F(SignerTest, TakesInNothingUnderAnothersName) {
  start();
  take_in("s1");
  v1::FrontAsks asks;
  asks.mutable_intake()->set_submission_id("s1");
  asks.mutable_intake()->add_files()->set_path("other.json");
  EXPECT_TRUE(ask(asks).has_refusal());
  EXPECT_TRUE(ask(v1::FrontAsks()).has_refusal());
}

TEST_F(SignerTest, RefusesAnOlderTrustBundleAndSamplesInProduction) {
  start();
  signer_.reset();
  bundle_.version = 1;
  EXPECT_EQ(open().error().code, core::ErrorCode::kUnsupported);
  bundle_.version = 3;
  EXPECT_TRUE(open().has_value());
  bundle_.sample = true;
  EXPECT_TRUE(open().has_value());
  EXPECT_FALSE(open(true).has_value());
}

TEST_F(SignerTest, AfterItsDateATrustListGivesNothingPositive) {
  bundle_.next_update = now_ - std::chrono::seconds(1);
  start();
  const auto begin = begin_of("s1", 1, take_in("s1").intake_index());
  EXPECT_FALSE(sign(begin, report_of(this->begin(begin))).has_refusal());  // nothing positive
}

}  // namespace
}  // namespace heyan::signer
