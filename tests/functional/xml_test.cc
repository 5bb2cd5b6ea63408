// A report as XML: written and sealed by the gateway's programs, checked by ours and by xmlsec1.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/functional/judging_fixture.h"
#include "tests/functional/sample_case.h"
#include "tests/unit/pdf/tool.h"
#include "tests/unit/xml/semantics.h"

namespace heyan::functional {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SealedXmlTest : public RenderingProgramsTest {
 protected:
  using RenderingProgramsTest::render;
  v1::Rendered render(const std::string& envelope) {
    v1::RenderJob job = render_job("xml");
    job.set_envelope(envelope);
    return render(job);
  }
  std::string sealed() {
    const v1::Rendered rendered = render(done_.envelope());
    EXPECT_FALSE(rendered.has_refusal()) << rendered.refusal().code();
    return rendered.content();
  }

  std::string certificate(const std::string& name) const {
    return state_file("keys/" + name + ".cert.pem");
  }
  Outcome verify(const std::string& file, const std::string& seal = "xml-es256") {
    const std::string path = folder_ / "report.xml";
    std::ofstream(path, std::ios::binary) << file;
    return heyan({"report", "verify", path, "--lang", "en", "--key", certificate("report-es256"),
                  "--key", certificate("report-sm2"), "--log", state_file("keys/log.vkey"), "--key",
                  certificate(seal)});
  }
  // A program that knows nothing of us but the certificate.
  std::string xmlsec(const std::string& file, const std::string& seal = "xml-es256") const {
    return pdf::output_of(
        "xmlsec1 --verify --print-debug --enabled-key-data x509 --trusted-pem '" +
            certificate(seal) +
            "' --id-attr:Id http://uri.etsi.org/01903/v1.3.2#:SignedProperties FILE",
        file);
  }
};

TEST_F(SealedXmlTest, WhatTheGatewaySealsHolds) {
  const std::string file = sealed();
  const Outcome outcome = verify(file);
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("The seal of the XML is valid"));
  EXPECT_THAT(outcome.out, HasSubstr(done_.report_number()));
}

TEST_F(SealedXmlTest, XmlsecCallsItValidAndSeesBothReferences) {
  const std::string said = xmlsec(sealed());
  EXPECT_THAT(said, HasSubstr("OK\nSignedInfo References (ok/all): 2/2"));
}

TEST_F(SealedXmlTest, ItIsValidByTheSchemaAndSaysWhatTheReportSays) {
  const std::string file = sealed();
  const xml::Document document(file);
  const xml::Schema schema;
  EXPECT_EQ(schema.faults(document), "");
  EXPECT_EQ(document.one("//vr:ValidationObject[@id='report.jws']//vr:direct"), done_.envelope());
  core::Limits limits;
  const auto envelope = core::json::parse(core::as_bytes(done_.envelope()), limits);
  ASSERT_TRUE(envelope.has_value());
  const auto payload = core::from_base64url(*envelope->find("payload")->as_string());
  xml::Semantics(file, core::to_string(*payload)).compare();
}

TEST_F(SealedXmlTest, WhatWasChangedOrAppendedDoesNotStand) {
  const std::string file = sealed();
  for (const std::size_t at : {std::size_t{60}, file.size() / 3, file.size() - 20}) {
    std::string changed = file;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    const Outcome outcome = verify(changed);
    EXPECT_EQ(outcome.status, 10) << at << outcome.out;
    EXPECT_THAT(outcome.out, Not(HasSubstr(done_.report_number())));
  }
  std::string changed = file;
  const std::string main = "total-failed";
  changed.replace(changed.find(main), main.size(), "total-passed");
  EXPECT_EQ(verify(changed).status, 10);
  EXPECT_THAT(xmlsec(changed), Not(HasSubstr("OK\n")));
  EXPECT_EQ(verify(file + "\n").status, 10);
  EXPECT_EQ(verify(file + file).status, 10);
}

TEST_F(SealedXmlTest, TheSealsOfPdfsAreNoSealsOfXml) {
  const Outcome outcome = verify(sealed(), "seal-es256");
  EXPECT_EQ(outcome.status, 11);
  EXPECT_THAT(outcome.out, HasSubstr("issuer unknown"));
  EXPECT_THAT(outcome.out, HasSubstr("xml-es256.cert.pem"));
  EXPECT_THAT(outcome.out, Not(HasSubstr(done_.report_number())));
  EXPECT_THAT(xmlsec(sealed(), "seal-es256"), Not(HasSubstr("OK\n")));
}

// A front that was taken over hands in another report under the number of an issued one.
TEST_F(SealedXmlTest, AReportThatWasNotIssuedIsNotSealed) {
  EXPECT_TRUE(render(R"({"payload":"e30"})").has_refusal());
}

class UnsealedXmlTest : public ::testing::Test {
 protected:
  std::string printed(const std::string& format) const {
    return heyan({"verify", kCase, "--trust",
                  std::string(HEYAN_SOURCE) + "/gateway/sample/trust/trust.toml", "--at",
                  "2026-12-01T00:00:00Z", "--format", format})
        .out;
  }
  TemporaryFolder folder_;
};

TEST_F(UnsealedXmlTest, TheSampleCaseIsValidAndSaysWhatItsPayloadSays) {
  const std::string file = printed("xml");
  EXPECT_EQ(file, printed("xml"));
  const xml::Document document(file);
  const xml::Schema schema;
  EXPECT_EQ(schema.faults(document), "");
  EXPECT_GT(document.count("//hy:Attestation"), 5u);
  EXPECT_GT(document.count("//hy:Signature"), 20u);
  xml::Semantics(file, printed("json")).compare();
}

TEST_F(UnsealedXmlTest, WithoutASealItIsNoReport) {
  const std::string path = folder_ / "report.xml";
  std::ofstream(path, std::ios::binary) << printed("xml");
  const Outcome outcome = heyan({"report", "verify", path, "--lang", "en"});
  EXPECT_EQ(outcome.status, 10);
  EXPECT_THAT(outcome.out, HasSubstr("This XML does not stand: it bears no seal"));
}

}  // namespace
}  // namespace heyan::functional
