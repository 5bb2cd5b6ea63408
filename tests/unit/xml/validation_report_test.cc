#include "gateway/xml/validation_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/c14n.h>

#include <fstream>
#include <iterator>

#include "tests/unit/xml/reports.h"
#include "tests/unit/xml/semantics.h"

namespace heyan::xml {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kReport = "/vr:ValidationReport/vr:SignatureValidationReport";
const std::string kStatus = kReport + "/vr:SignatureValidationStatus";

std::string written(const v1::Report& report) {
  return write_validation_report(core::as_bytes(report::encode_payload(report))).value();
}

v1::Signature signature_with(v1::Outcome outcome, v1::ReasonCode reason, bool counted) {
  v1::Signature signature;
  signature.set_institution("notary");
  signature.set_outcome(outcome);
  signature.set_reason(reason);
  signature.set_counted(counted);
  signature.set_quorum(true);
  signature.set_key_sha256(std::string(32, '\x07'));
  return signature;
}

class ValidationReportTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(schema_.is_read()); }
  Schema schema_;
};

TEST_F(ValidationReportTest, EveryVerdictIsValidAndSaysWhatThePayloadSays) {
  for (const v1::Verdict verdict : kVerdicts) {
    const v1::Report report = report_with(verdict);
    const std::string file = written(report);
    EXPECT_EQ(schema_.faults(Document(file)), "") << v1::Verdict_Name(verdict);
    Semantics(file, report::encode_payload(report)).compare();
  }
}

// The validator is not one that lets everything pass.
TEST_F(ValidationReportTest, TheSchemaNoticesWhatIsMissing) {
  std::string file = written(report_with(v1::VERDICT_CONSISTENT));
  const std::string part = "<HashOnly>false</HashOnly>";
  file.erase(file.find(part), part.size());
  EXPECT_THAT(schema_.faults(Document(file)), HasSubstr("HashOnly"));
}

TEST_F(ValidationReportTest, AReportWithoutItemsSaysThatNothingWasChecked) {
  v1::Report report = report_with(v1::VERDICT_CONSISTENT);
  report.clear_evidence();
  const Document document(written(report));
  EXPECT_EQ(schema_.faults(document), "");
  EXPECT_EQ(document.one(kStatus + "/vr:MainIndication"),
            "urn:etsi:019102:mainindication:indeterminate");
  Semantics(written(report), report::encode_payload(report)).compare();
}

TEST_F(ValidationReportTest, ItIsTheSameEachTimeAndCanonical) {
  const std::string file = written(report_with(v1::VERDICT_INCONCLUSIVE));
  EXPECT_EQ(file, written(report_with(v1::VERDICT_INCONCLUSIVE)));
  const Document document(file);
  xmlChar* text = nullptr;
  xmlC14NDocDumpMemory(document.get(), nullptr, XML_C14N_1_0, nullptr, 1, &text);
  EXPECT_EQ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
                std::string(reinterpret_cast<const char*>(text)),
            file);
  xmlFree(text);
}

// Files that were sealed are checked by writing them anew: a form that changes leaves them behind,
// so it needs a namespace of its own, and this one must still be written.
TEST_F(ValidationReportTest, TheFormDoesNotChange) {
  std::ifstream in(HEYAN_SOURCE "/tests/fuzz/seeds/sealed_xml/one-item.json", std::ios::binary);
  const std::string payload(std::istreambuf_iterator<char>(in), {});
  const auto file = write_validation_report(core::as_bytes(payload));
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(core::to_hex(crypto::sha256(core::as_bytes(*file))),
            "dcf5bc684e581c0c9178e1ca49b08a7d68c7344dcb0d5babc37da4613c1c9c08");
}

TEST_F(ValidationReportTest, OnlyAHashThatDiffersIsTotalFailed) {
  v1::Report report = report_with(v1::VERDICT_INCONSISTENT);
  Document document(written(report));
  EXPECT_THAT(document.all(kStatus + "/vr:SubIndication"),
              ::testing::ElementsAre("urn:etsi:019102:subindication:HASH_FAILURE",
                                     "urn:heyan:subindication:CONTENT_HASH_DIFFERS"));
  // Inconsistent for another reason: no more than indeterminate.
  *report.mutable_evidence(0)->mutable_findings(0) = finding(
      v1::CHECK_REC_1, v1::REASON_RECORD_NOT_FOUND, v1::OUTCOME_FAIL, v1::EFFECT_INCONSISTENT);
  document = Document(written(report));
  EXPECT_EQ(document.one(kStatus + "/vr:MainIndication"),
            "urn:etsi:019102:mainindication:indeterminate");
}

TEST_F(ValidationReportTest, NotesDoNotStandAtTheVerdict) {
  const Document document(written(report_with(v1::VERDICT_CONSISTENT_WITH_NOTES)));
  EXPECT_THAT(document.all(kStatus + "/vr:SubIndication"), IsEmpty());
  EXPECT_EQ(document.count("//vr:ValidationConstraint//vr:SubIndication"), 1u);
}

TEST_F(ValidationReportTest, ChecksThatWereNotMadeHaveNoResult) {
  v1::Report report = report_with(v1::VERDICT_CONSISTENT);
  auto& checks = *report.mutable_evidence(0)->mutable_checks();
  checks[0].set_outcome(v1::OUTCOME_NOT_APPLICABLE);
  checks[1].set_outcome(v1::OUTCOME_NOT_PERFORMED);
  checks[2].set_outcome(v1::OUTCOME_DECLARED);
  const Document document(written(report));
  EXPECT_EQ(schema_.faults(document), "");
  EXPECT_EQ(document.count("//vr:ValidationConstraint[not(vr:ValidationStatus)]"), 3u);
  EXPECT_EQ(document.count("//vr:Status[.='urn:etsi:019102:constraintStatus:disabled']"), 3u);
}

TEST_F(ValidationReportTest, WhatSomebodyStatesIsMarkedAndIsNoFinding) {
  v1::Report report = report_with(v1::VERDICT_INCONCLUSIVE);
  v1::Attestation& attestation = *report.mutable_evidence(0)->mutable_attestations(0);
  attestation.set_tier(v1::TIER_OPERATOR_ATTESTATION);
  auto& declared = *attestation.add_declared();
  declared.set_name("block");
  declared.set_value("12345");
  const Document document(written(report));
  EXPECT_EQ(schema_.faults(document), "");
  EXPECT_EQ(document.one("//hy:Attestation/hy:Declared[@name='block']"), "12345");
  EXPECT_EQ(document.one("//hy:Record/hy:Declared[@name='who']"), "Zhang San");
  EXPECT_EQ(document.count("//hy:Quorum"), 0u);  // an operator's word is no number of institutions
  EXPECT_EQ(document.one("//hy:Submission/@declared"), "true");
}

TEST_F(ValidationReportTest, OnlyAnIndependentTimeOfAnEstablishedProofIsAProofOfExistence) {
  v1::Report report = report_with(v1::VERDICT_CONSISTENT);
  v1::Attestation& attestation = *report.mutable_evidence(0)->mutable_attestations(0);
  attestation.mutable_time()->set_not_after_ms(1'790'000'000'000);
  const auto best = [&] {
    return Document(written(report)).one(kReport + "//vr:BestSignatureTime/vr:POETime");
  };
  const std::string as_of = core::format_rfc3339(core::from_unix_ms(report.as_of_ms()));
  EXPECT_EQ(best(), as_of);  // a node's clock
  attestation.mutable_time()->set_independent(true);
  EXPECT_EQ(best(), core::format_rfc3339(core::from_unix_ms(1'790'000'000'000)));
  *report.mutable_evidence(0)->add_attestations() = attestation;
  report.mutable_evidence(0)->mutable_attestations(1)->mutable_time()->set_not_after_ms(
      1'780'000'000'000);
  EXPECT_EQ(best(), core::format_rfc3339(core::from_unix_ms(1'780'000'000'000)));
  for (auto& one : *report.mutable_evidence(0)->mutable_attestations()) {
    one.set_outcome(v1::OUTCOME_UNDETERMINED);
  }
  EXPECT_EQ(best(), as_of);
}

TEST_F(ValidationReportTest, ASignatureIsPassedFailedOrNeither) {
  struct Row {
    v1::Signature signature;
    std::string main;
    std::string sub;
  };
  const std::string invalid = "urn:etsi:019102:subindication:SIG_CRYPTO_FAILURE";
  for (const Row& row : {
           Row{signature_with(v1::OUTCOME_PASS, v1::REASON_NONE, true), "passed", ""},
           Row{signature_with(v1::OUTCOME_PASS, v1::REASON_NONE, false), "passed", ""},
           Row{signature_with(v1::OUTCOME_PASS, v1::REASON_NODE_CERT_EXPIRED_SINCE, true), "passed",
               "urn:heyan:subindication:NODE_CERT_EXPIRED_SINCE"},
           Row{signature_with(v1::OUTCOME_FAIL, v1::REASON_NODE_SIGNATURE_INVALID, false), "failed",
               invalid},
           Row{signature_with(v1::OUTCOME_FAIL, v1::REASON_NODE_CERT_REVOKED_BEFORE, false),
               "indeterminate", "urn:etsi:019102:subindication:REVOKED_NO_POE"},
           Row{signature_with(v1::OUTCOME_PASS, v1::REASON_INSTITUTION_NOT_ON_TRUST_LIST, false),
               "indeterminate", "urn:etsi:019102:subindication:NO_CERTIFICATE_CHAIN_FOUND"},
           Row{signature_with(v1::OUTCOME_NOT_PERFORMED, v1::REASON_NONE, false), "indeterminate",
               ""},
       }) {
    v1::Report report = report_with(v1::VERDICT_INCONCLUSIVE);
    v1::Attestation& attestation = *report.mutable_evidence(0)->mutable_attestations(0);
    *attestation.mutable_signatures(0) = row.signature;
    const Document document(written(report));
    EXPECT_EQ(schema_.faults(document), "");
    const std::string at = "//vr:ValidationObject[@id='S-1-0-0']//vr:SignatureValidationStatus";
    EXPECT_EQ(document.one(at + "/vr:MainIndication"),
              "urn:etsi:019102:mainindication:" + row.main);
    if (row.sub.empty()) {
      EXPECT_EQ(document.count(at + "/vr:SubIndication"), 0u);
    } else {
      EXPECT_EQ(document.one(at + "/vr:SubIndication[1]"), row.sub);
    }
  }
}

// Text that would end an element, an attribute, or a reader's patience.
TEST_F(ValidationReportTest, HostileTextStaysText) {
  const std::string hostile =
      "\"/></ValidationReport><!--&amp;&#0;]]>\r\n\t\x01\x7f\xef\xbf\xbe\xef\xbf\xbf\xe2\x80\xae"
      "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" Id=\"seal\">%00 ../ 核验一致";
  v1::Report report = report_with(v1::VERDICT_INCONCLUSIVE);
  report.set_case_number(hostile);
  report.mutable_policy()->set_id(hostile);
  v1::ItemReport& item = *report.mutable_evidence(0);
  item.set_id(hostile);
  item.mutable_findings(0)->add_params()->set_name(hostile);
  v1::Attestation& attestation = *item.mutable_attestations(0);
  attestation.mutable_record()->set_who(hostile);
  attestation.mutable_signatures(0)->set_institution(hostile);
  attestation.add_declared()->set_name(hostile);
  attestation.mutable_declared(0)->set_value(hostile);
  attestation.add_ledger_reasons(hostile);
  const std::string file = written(report);
  const Document document(file);
  EXPECT_EQ(schema_.faults(document), "");
  EXPECT_EQ(document.count("//comment()"), 0u);
  EXPECT_EQ(document.count("//ds:Signature"), 0u);
  EXPECT_THAT(document.one("//vr:DAIdentifier"), HasSubstr("核验一致"));
  EXPECT_THAT(document.one("//vr:DAIdentifier"), HasSubstr("⟨U+202E⟩"));
  EXPECT_THAT(file, Not(HasSubstr("\xe2\x80\xae")));
  EXPECT_EQ(document.count(kReport), 1u);
}

TEST_F(ValidationReportTest, WhatIsNoPayloadIsRefused) {
  for (const char* text : {"", "{}", "[]", "null", R"({"schema":"heyan.report.v2"})",
                           R"({"schema":"heyan.report.v1"}x)"}) {
    EXPECT_FALSE(write_validation_report(core::as_bytes(text)).has_value()) << text;
  }
}

// Signed, but of another make: whatever is missing is left out.
TEST_F(ValidationReportTest, MembersOfOtherKindsAreLeftOut) {
  for (
      const char* text :
      {R"({"schema":"heyan.report.v1"})", R"({"evidence":7,"schema":"heyan.report.v1"})",
       R"({"evidence":[7,null,[],"x",{}],"schema":"heyan.report.v1"})",
       R"({"evidence":[{"attestations":[{"proofs":[1,"x"],"quorum":[],"record":3,"signatures":[{}],)"
       R"("time":{"independent":true,"notAfter":"soon"},"outcome":"PASS"}],"checks":[{"check":"QUO-1",)"
       R"("outcome":"PASS"},{"check":"a b","outcome":"PASS"},3],"file":{"digests":{"sha-256":"zz","x":1}},)"
       R"("reasons":[{"code":"<","check":"QUO-1","params":[]}],"verdict":"VERY_GOOD"}],)"
       R"("schema":"heyan.report.v1"})"}) {
    const auto file = write_validation_report(core::as_bytes(text));
    ASSERT_TRUE(file.has_value()) << text;
    const Document document(*file);
    ASSERT_TRUE(document.is_well_formed());
    for (const std::string& main : document.all(kStatus + "/vr:MainIndication")) {
      EXPECT_EQ(main, "urn:etsi:019102:mainindication:indeterminate");
    }
  }
}

}  // namespace
}  // namespace heyan::xml
