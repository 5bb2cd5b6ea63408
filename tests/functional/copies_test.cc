// Copies of a report as the gateway's programs make them: each reader meets his own personal fields
// and nobody else's, in every form.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/functional/judging_fixture.h"
#include "tests/functional/sample_case.h"
#include "tests/unit/pdf/poppler.h"

namespace heyan::functional {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<std::string> kOfPlaintiff = {"Zhang San", "330100199001010000"};
const std::vector<std::string> kOfDefendant = {"样例科技", "91330100MA00000002"};

class CopiesTest : public RenderingProgramsTest {
 protected:
  using RenderingProgramsTest::render;
  v1::Rendered render(const std::string& format, const std::string& reader) {
    v1::RenderJob job = render_job(format);
    job.set_level("expert");
    job.set_reader(reader);
    return render(job);
  }
  std::string content(const std::string& format, const std::string& reader) {
    v1::Rendered rendered = render(format, reader);
    EXPECT_FALSE(rendered.has_refusal()) << format << reader << rendered.refusal().code();
    return std::move(*rendered.mutable_content());
  }
  // Everything in a signed copy that somebody could read, decoded.
  static std::string decoded(const std::string& envelope) {
    const Json document = Json::parse(envelope);
    std::string all = envelope;
    const auto add = [&](const Json& text) {
      all += core::to_string(core::from_base64url(text.get<std::string>()).value_or(core::Bytes()));
    };
    add(document["payload"]);
    for (const Json& one : document.value("heyan-disclosures", Json::array())) add(one);
    return all;
  }
  Outcome verify(const std::string& file, const std::string& name) {
    const std::string path = folder_ / name;
    std::ofstream(path, std::ios::binary) << file;
    return heyan({"report", "verify", path, "--lang", "en", "--key",
                  state_file("keys/report-es256.cert.pem"), "--key",
                  state_file("keys/report-sm2.cert.pem"), "--key",
                  state_file("keys/seal-es256.cert.pem"), "--log", state_file("keys/log.vkey")});
  }
};

TEST_F(CopiesTest, EachReaderMeetsHisOwnInEveryForm) {
  const std::string payload = Json::parse(done_.envelope())["payload"];
  for (const std::string reader : {"court", "party", "opponent", "P1", "P2"}) {
    const std::string envelope = content("jws", reader);
    EXPECT_EQ(Json::parse(envelope)["payload"], payload);
    EXPECT_EQ(verify(envelope, "copy.jws").status, 0);
    const std::string pdf = content("pdf", reader);
    EXPECT_EQ(pdf::output_of("qpdf --show-attachment=report.jws FILE", pdf), envelope) << reader;
    const std::vector<std::string> forms = {
        decoded(envelope), content("html", reader), content("text", reader),
        pdf::output_of("pdftotext -nopgbrk -raw FILE -", pdf) + verify(pdf, "copy.pdf").out};
    const bool plaintiff = reader != "opponent" && reader != "P2";
    const bool defendant = reader != "party" && reader != "P1";
    for (const std::string& form : forms) {
      for (const std::string& value : kOfPlaintiff) {
        EXPECT_EQ(form.contains(value), plaintiff) << reader << " " << value;
      }
      for (const std::string& value : kOfDefendant) {
        EXPECT_EQ(form.contains(value), defendant) << reader << " " << value;
      }
      if (&form != &forms.front() && reader != "court") {
        EXPECT_THAT(form, HasSubstr("本副本未载明")) << reader;
      }
    }
  }
}

// What is stored and signed names nobody, whatever the record of a ledger says.
TEST_F(CopiesTest, WhatWasSignedNamesNobody) {
  const std::string all = decoded(done_.envelope());
  for (const auto* values : {&kOfPlaintiff, &kOfDefendant}) {
    for (const std::string& value : *values) EXPECT_FALSE(all.contains(value)) << value;
  }
  EXPECT_FALSE(Json::parse(done_.envelope()).contains("heyan-disclosures"));
  const auto report = done_.report().SerializeAsString();
  EXPECT_FALSE(report.contains("Zhang San"));
  EXPECT_FALSE(report.contains("330100199001010000"));
}

TEST_F(CopiesTest, TheSameCopyEachTime) {
  EXPECT_EQ(content("jws", "party"), content("jws", "party"));
  EXPECT_EQ(content("html", "opponent"), content("html", "opponent"));
}

TEST_F(CopiesTest, NobodyElseHasACopy) {
  for (const std::string reader : {"", "P3", "Court", "E1", "/parties/0"}) {
    for (const char* format : {"jws", "html", "text", "pdf"}) {
      EXPECT_EQ(render(format, reader).refusal().code(), "reader-unknown") << reader << format;
    }
  }
}

// Another record, with other salts, does not open what was signed.
TEST_F(CopiesTest, ARecordOfAnotherReportDisclosesNothing) {
  std::string first = record_;
  record_.clear();
  job_.set_version(2);
  job_.set_supersedes(done_.report_number());
  const auto again = judge();
  ASSERT_TRUE(again && !again->envelope().empty());
  ASSERT_NE(record_, first);
  EXPECT_EQ(render("jws", "court").refusal().code(), "report-differs");
  record_ = first;
  EXPECT_FALSE(render("jws", "court").has_refusal());
}

}  // namespace
}  // namespace heyan::functional
