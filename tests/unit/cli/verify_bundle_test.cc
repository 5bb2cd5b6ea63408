// What `heyan report verify` says of a bundle, of signed reports and of codes on paper: in this
// process, so that every byte can be tried.
#include "gateway/cli/verify_bundle.h"

#include <gmock/gmock.h>

#include "tests/unit/bundle/fixture.h"
#include "tests/unit/os/temporary_folder.h"
#include "verifier/canonical.h"
#include "verifier/report/statement.h"

namespace heyan::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class VerifyBundle : public bundle::BundleTest {
 protected:
  VerifyBundle() {
    options_.language = catalogue::Language::kEnglish;
    issuer_.keys = {es256_.key.public_key(), sm2_.key.public_key()};
    issuer_.log = *transparency::NoteVerifier::make(
        std::string(bundle::kOrigin), transparency::NoteKeyType::kEd25519, log_key_.public_key());
  }
  CheckedReport check(std::string_view file) const {
    auto checked = check_bundle(core::as_bytes(file), options_, issuer_, kSeals);
    EXPECT_TRUE(checked.has_value());
    return checked ? *std::move(checked) : CheckedReport();
  }
  // Signed by the issuer whatever it says.
  CheckedReport check(const bundle::Bundle& bundle) const { return check(written(bundle)); }
  bundle::Bundle saying(const v1::RecordFile& record, std::string_view from,
                        std::string_view to) const {
    bundle::Bundle bundle = bundle_of(record);
    bundle.payload = report::replaced(bundle.payload, from, to);
    bundle.envelope = envelope_of(bundle.payload);
    return bundle;
  }
  CheckedReport check_jws(std::string_view document) const {
    return check_signed(core::as_bytes(document), issuer_, options_.language);
  }

  static constexpr CheckSeals kSeals{.pdf = &pdf::check_seal, .xml = &xml::check_seal};
  ReportVerifyOptions options_;
  Issuer issuer_;
  os::TemporaryFolder folder_;
};

TEST_F(VerifyBundle, OneThatHoldsIsToldFromEndToEnd) {
  const CheckedReport checked = check(file_);
  EXPECT_EQ(checked.status, ExitStatus::kOk) << checked.text;
  EXPECT_THAT(checked.text, HasSubstr("Every file is as the manifest says"));
  EXPECT_THAT(checked.text, HasSubstr("the same report, byte for byte"));
  EXPECT_THAT(checked.text, HasSubstr("stands in its log"));
  EXPECT_THAT(checked.text, HasSubstr("HY-AAAA-BBBB-CCCC-DDDD"));
}

TEST_F(VerifyBundle, OnlyKeysThatAreNamedAreBelieved) {
  issuer_.keys.clear();
  const CheckedReport checked = check(file_);
  EXPECT_EQ(checked.status, ExitStatus::kOpen);
  EXPECT_THAT(checked.text, HasSubstr("issuer unknown"));
  issuer_.keys = {es256_.key.public_key()};
  EXPECT_EQ(check(file_).status, ExitStatus::kOpen);
}

TEST_F(VerifyBundle, WithoutTheLogsKeyItIsUndetermined) {
  issuer_.log.reset();
  EXPECT_EQ(check(file_).status, ExitStatus::kOpen);
}

TEST_F(VerifyBundle, AnotherLogsKeyDoesNotHold) {
  const auto other = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519);
  issuer_.log = *transparency::NoteVerifier::make(
      std::string(bundle::kOrigin), transparency::NoteKeyType::kEd25519, other.public_key());
  EXPECT_EQ(check(file_).status, ExitStatus::kInconsistent);
}

// Issued long ago, and no witness has cosigned its log.
TEST_F(VerifyBundle, WhereWitnessesAreAskedForTheyMustHaveSigned) {
  const auto witness = *transparency::NoteVerifier::make(
      "w", transparency::NoteKeyType::kCosignature,
      crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519)->public_key());
  issuer_.log_policy = *transparency::LogPolicy::parse(
      "log " + issuer_.log->encode() + "\nwitness w " + witness.encode() + "\nquorum w\n",
      transparency::PolicyForm::kC2sp);
  issuer_.now = *core::parse_rfc3339("2100-01-01T00:00:00Z");
  const CheckedReport checked = check(file_);
  EXPECT_EQ(checked.status, ExitStatus::kOpen);
  EXPECT_THAT(checked.text, HasSubstr("Witnesses of the log: 0/1"));
}

TEST_F(VerifyBundle, OneThatNobodySignedIsNeverValid) {
  bundle::Bundle bundle = bundle_;
  bundle.envelope.clear();
  const CheckedReport checked = check(bundle);
  EXPECT_EQ(checked.status, ExitStatus::kOpen);
  EXPECT_THAT(checked.text, HasSubstr("Nobody signed this"));
}

TEST_F(VerifyBundle, AnyChangedByteIsNoticed) {
  for (std::size_t i = 0; i < file_.size(); ++i) {
    std::string changed = file_;
    changed[i] = static_cast<char>(changed[i] ^ (1 << (i + 3) % 8));
    const CheckedReport checked = check(changed);
    EXPECT_EQ(checked.status, ExitStatus::kInconsistent) << i;
    EXPECT_THAT(checked.text, Not(HasSubstr("HY-AAAA"))) << i;
  }
}

TEST_F(VerifyBundle, PartsOfTwoReportsAreNotOne) {
  const bundle::Bundle other = bundle_of(bundle::small_record("E2"));
  for (auto part : {&bundle::Bundle::payload, &bundle::Bundle::envelope, &bundle::Bundle::record}) {
    bundle::Bundle mixed = bundle_;
    mixed.*part = other.*part;
    const CheckedReport checked = check(mixed);
    EXPECT_EQ(checked.status, ExitStatus::kInconsistent) << checked.text;
    EXPECT_THAT(checked.text, HasSubstr("do not belong together"));
    EXPECT_THAT(checked.text, Not(HasSubstr("HY-AAAA")));
  }
}

TEST_F(VerifyBundle, AReportThatItsRecordDoesNotGiveIsNamedByItsFinding) {
  const CheckedReport checked = check(saying(record_, "\"NOT_COMPLETED\"", "\"CONSISTENT\""));
  EXPECT_EQ(checked.status, ExitStatus::kInconsistent);
  EXPECT_THAT(checked.text, HasSubstr("judged again, its record gives another report"));
  EXPECT_THAT(checked.text, HasSubstr("“E1”"));
  EXPECT_THAT(checked.text, HasSubstr("Verdict: Consistent → Verification not completed"));
}

TEST_F(VerifyBundle, WhereNoFindingDiffersTheMemberIsNamed) {
  const CheckedReport checked =
      check(saying(record_, R"("submissionIsDeclared":false)", R"("submissionIsDeclared":true)"));
  EXPECT_EQ(checked.status, ExitStatus::kInconsistent);
  EXPECT_THAT(checked.text, HasSubstr("what differs is: submissionIsDeclared"));
}

TEST_F(VerifyBundle, AnotherVersionThatJudgesOtherwiseSettlesNothing) {
  v1::RecordFile record = record_;
  record.mutable_circumstances()->set_software_version("0.0.1");
  EXPECT_EQ(check(bundle_of(record)).status, ExitStatus::kOk);
  const CheckedReport checked = check(saying(record, "\"NOT_COMPLETED\"", "\"CONSISTENT\""));
  EXPECT_EQ(checked.status, ExitStatus::kOpen);
  EXPECT_THAT(checked.text, HasSubstr("made by version 0.0.1"));
}

TEST_F(VerifyBundle, PdfAndXmlMustBeSealed) {
  bundle::Bundle bundle = bundle_;
  bundle.pdf = "%PDF-1.7";
  EXPECT_EQ(check(bundle).status, ExitStatus::kInconsistent);
  EXPECT_THAT(check(bundle).text, HasSubstr("report.pdf: "));
  bundle.pdf.clear();
  bundle.xml = "<?xml version=\"1.0\"?>";
  EXPECT_EQ(check(bundle).status, ExitStatus::kInconsistent);
  EXPECT_THAT(check(bundle).text, HasSubstr("report.xml: "));
}

TEST_F(VerifyBundle, PdfAndXmlMustBeThoseOfTheReport) {
  static report::SealVerdict verdict;
  const CheckSeal seal = [](core::ByteView, std::span<const crypto::PublicKey>,
                            crypto::SignatureChecker&) { return verdict; };
  for (std::string bundle::Bundle::* const file : {&bundle::Bundle::pdf, &bundle::Bundle::xml}) {
    bundle::Bundle bundle = bundle_;
    bundle.*file = "sealed";
    const bool is_pdf = file == &bundle::Bundle::pdf;
    const auto with_seal_over = [&](const std::string& payload, report::SealFault fault) {
      verdict.fault = fault;
      verdict.payload_sha256 = crypto::sha256(core::as_bytes(payload));
      return *check_bundle(core::as_bytes(written(bundle)), options_, issuer_,
                           {.pdf = is_pdf ? seal : kSeals.pdf, .xml = is_pdf ? kSeals.xml : seal});
    };
    EXPECT_EQ(with_seal_over(bundle_.payload, report::SealFault::kNone).status, ExitStatus::kOk);
    EXPECT_EQ(with_seal_over(bundle_.payload, report::SealFault::kIssuerUnknown).status,
              ExitStatus::kOpen);
    const CheckedReport other = with_seal_over("{}", report::SealFault::kNone);
    EXPECT_EQ(other.status, ExitStatus::kInconsistent);
    EXPECT_THAT(other.text, HasSubstr(is_pdf ? "report.pdf is" : "report.xml is"));
    EXPECT_THAT(other.text, HasSubstr("the sealed file of another report"));
  }
}

TEST_F(VerifyBundle, TheTrustListIsComparedWithTheOneThatTheUserHolds) {
  options_.trust = folder_.write("trust.toml", record_.trust_list(0).content());
  EXPECT_EQ(check(file_).status, ExitStatus::kOk);
  EXPECT_THAT(check(file_).text, HasSubstr("the one that you named"));
  options_.trust = folder_.write("other.toml", record_.trust_list(0).content() + "# another\n");
  EXPECT_EQ(check(file_).status, ExitStatus::kOpen);
  options_.trust = folder_ / "none.toml";
  const auto missing = check_bundle(core::as_bytes(file_), options_, issuer_, kSeals);
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().status, ExitStatus::kInputOutput);
}

TEST_F(VerifyBundle, AnyChangedByteOfASignedReportIsNoticed) {
  ASSERT_EQ(check_jws(bundle_.envelope).status, ExitStatus::kOk);
  for (std::size_t i = 0; i < bundle_.envelope.size(); ++i) {
    std::string changed = bundle_.envelope;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(check_jws(changed).status, ExitStatus::kInconsistent) << i;
  }
}

TEST_F(VerifyBundle, AnyChangedCharacterOfACodeOnPaperIsNoticed) {
  v1::Report report = intake::judge_again(record_)->report;
  report.set_number(heyan::report_number(core::Bytes(10, 0x5a)));
  const auto statement = report::statement_of(report, core::Bytes(32, 0x11), 7);
  ASSERT_TRUE(statement.has_value());
  const std::string text = *report::sign_statement(*statement, es256_.key);
  const crypto::PublicKey key = es256_.key.public_key();
  const auto outcome = [&](const std::string& scanned) {
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    return report::verify_statement(scanned, std::span(&key, 1), checker).outcome;
  };
  ASSERT_EQ(outcome(text), report::StatementOutcome::kValid);
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char other : {'A', '7', 'a', ' '}) {
      std::string changed = text;
      changed[i] = changed[i] == other ? 'B' : other;
      EXPECT_NE(outcome(changed), report::StatementOutcome::kValid) << i;
    }
  }
}

}  // namespace
}  // namespace heyan::cli
