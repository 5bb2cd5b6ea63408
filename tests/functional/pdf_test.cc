// A report as PDF: rendered and sealed by the gateway's programs, checked by ours and by others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/functional/judging_fixture.h"
#include "tests/functional/sample_case.h"
#include "tests/unit/pdf/poppler.h"

namespace heyan::functional {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SealedPdfTest : public RenderingProgramsTest {
 protected:
  using RenderingProgramsTest::render;
  v1::Rendered render(const std::string& language) {
    v1::RenderJob job = render_job("pdf");
    job.set_language(language);
    return render(job);
  }

  std::string certificate(const std::string& name) const {
    return state_file("keys/" + name + "-es256.cert.pem");
  }
  Outcome verify(const std::string& file, bool with_seal_key = true) {
    const std::string path = folder_ / "report.pdf";
    std::ofstream(path, std::ios::binary) << file;
    std::vector<std::string> words = {"report",
                                      "verify",
                                      path,
                                      "--lang",
                                      "en",
                                      "--key",
                                      certificate("report"),
                                      "--key",
                                      state_file("keys/report-sm2.cert.pem"),
                                      "--log",
                                      state_file("keys/log.vkey")};
    if (with_seal_key) words.insert(words.end(), {"--key", certificate("seal")});
    return heyan(words);
  }
  Outcome verify_code(const std::string& text) const {
    return heyan(
        {"report", "verify", "--qr", text, "--lang", "en", "--key", certificate("statement")});
  }
  // What a camera sees of page 1 on paper, at 200 dots an inch.
  static std::string scanned(const std::string& file) {
    std::string text = pdf::output_of(
        "pdftoppm -r 200 -f 1 -l 1 -gray FILE | zbarimg -q --nodbus --raw -Sdisable "
        "-Sqrcode.enable - "
        "2>/dev/null",
        file);
    while (text.ends_with('\n')) text.pop_back();
    return text;
  }
};

TEST_F(SealedPdfTest, WhatTheGatewaySealsHoldsInBothLanguages) {
  for (const char* language : {"zh", "en"}) {
    const v1::Rendered rendered = render(language);
    ASSERT_FALSE(rendered.has_refusal()) << rendered.refusal().code();
    const Outcome outcome = verify(rendered.content());
    EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("The seal of the PDF is valid"));
    EXPECT_THAT(outcome.out, HasSubstr(done_.report_number()));
    EXPECT_THAT(pdf::text_of(rendered.content(), 1), HasSubstr(done_.report_number()));
    const std::string said = pdf::output_of("pdfsig FILE", rendered.content());
    EXPECT_THAT(said, HasSubstr("Signature is Valid."));
    EXPECT_THAT(said, HasSubstr("Total document signed"));
  }
}

TEST_F(SealedPdfTest, TheReportIsAttachedAsItWasSigned) {
  const std::string file = render("zh").content();
  // The court's copy: what was signed, and beside it the personal fields.
  Json attached = Json::parse(pdf::output_of("qpdf --show-attachment=report.jws FILE", file));
  EXPECT_GT(attached["heyan-disclosures"].size(), 4u);
  attached.erase("heyan-disclosures");
  EXPECT_EQ(attached.dump(), done_.envelope());
  EXPECT_THAT(done_.envelope(), HasSubstr(core::to_base64url(core::as_bytes(pdf::output_of(
                                    "qpdf --show-attachment=report.json FILE", file)))));
}

TEST_F(SealedPdfTest, TheCodeOnPaperIsScannedAndVerifiedWithoutANetwork) {
  const std::string text = scanned(render("zh").content());
  ASSERT_THAT(text, HasSubstr("HY1."));
  const Outcome outcome = verify_code(text);
  EXPECT_EQ(outcome.status, 0) << text << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr(done_.report_number()));
  EXPECT_THAT(outcome.out, HasSubstr("As of: "));
  EXPECT_THAT(outcome.out, HasSubstr("Sample trust list"));
  EXPECT_THAT(outcome.out, HasSubstr("INCONSISTENT"));
  EXPECT_EQ(heyan({"report", "verify", "--qr", text, "--lang", "en"}).status, 11);
}

TEST_F(SealedPdfTest, ACodeMayHaveTheScannersLineEnd) {
  const std::string text = scanned(render("zh").content());
  const Outcome plain = verify_code(text);
  ASSERT_EQ(plain.status, 0) << plain.out;
  for (const std::string& handed :
       {text + "\n", text + "\r\n", "  " + text + "\t", "\n" + text + " \n"}) {
    EXPECT_EQ(verify_code(handed).out, plain.out) << handed;
  }
  const std::string half = text.substr(0, text.size() / 2);
  for (const std::string& other : {half + " " + text.substr(half.size()), text + "\n.", "\v" + text,
                                   text + "\u00a0", std::string(" ")}) {
    EXPECT_EQ(verify_code(other).status, 10) << other;
  }
}

TEST_F(SealedPdfTest, ADoctoredCodeFailsAndSaysNothing) {
  std::string text = scanned(render("zh").content());
  ASSERT_GT(text.size(), 200u);
  for (const std::size_t at : {std::size_t{30}, text.size() / 2, text.size() - 2}) {
    std::string doctored = text;
    doctored[at] = doctored[at] == 'A' ? 'B' : 'A';
    const Outcome outcome = verify_code(doctored);
    EXPECT_NE(outcome.status, 0);
    EXPECT_THAT(outcome.out, Not(HasSubstr(done_.report_number())));
  }
  EXPECT_EQ(verify_code("https://court.example/report").status, 10);
}

TEST_F(SealedPdfTest, WhatWasChangedOrAppendedDoesNotStand) {
  const std::string file = render("zh").content();
  for (const std::size_t at : {std::size_t{20}, file.size() / 3, file.size() - 20}) {
    std::string changed = file;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    const Outcome outcome = verify(changed);
    EXPECT_EQ(outcome.status, 10) << at << outcome.out;
    EXPECT_THAT(outcome.out, Not(HasSubstr(done_.report_number())));
  }
  EXPECT_EQ(verify(file + "\n").status, 10);
  EXPECT_EQ(verify(file + file).status, 10);
}

TEST_F(SealedPdfTest, WithoutTheSealsCertificateNothingIsRead) {
  const Outcome outcome = verify(render("zh").content(), false);
  EXPECT_EQ(outcome.status, 11);
  EXPECT_THAT(outcome.out, HasSubstr("issuer unknown"));
  EXPECT_THAT(outcome.out, Not(HasSubstr(done_.report_number())));
}

// A front that was taken over hands in another report under the number of an issued one.
TEST_F(SealedPdfTest, AReportThatWasNotIssuedIsNotSealed) {
  v1::RenderJob job = render_job("pdf");
  job.set_envelope(R"({"payload":"e30"})");
  EXPECT_EQ(render(job).refusal().code(), "report-differs");
}

class DraftPdfTest : public ::testing::Test {
 protected:
  Outcome draft(const std::string& file, std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {
        "verify",   kCase,
        "--trust",  std::string(HEYAN_SOURCE) + "/gateway/sample/trust/trust.toml",
        "--at",     "2026-11-25T00:00:00Z",
        "--format", "pdf",
        "--out",    folder_ / file};
    words.insert(words.end(), more.begin(), more.end());
    return heyan(words);
  }
  TemporaryFolder folder_;
};

TEST_F(DraftPdfTest, ItSaysThatItIsOneOnEveryPageAndIsTheSameEachTime) {
  ASSERT_EQ(draft("a.pdf").status, 10);
  ASSERT_EQ(draft("b.pdf").status, 10);
  const std::string file = read_file(folder_ / "a.pdf");
  EXPECT_EQ(file, read_file(folder_ / "b.pdf"));
  const int pages = pdf::page_count(file);
  ASSERT_GT(pages, 3);
  for (int page = 1; page <= pages; ++page) {
    EXPECT_THAT(pdf::text_of(file, page), HasSubstr("草稿，未签名"));
  }
}

TEST_F(DraftPdfTest, ADraftIsNoReport) {
  draft("a.pdf");
  const Outcome outcome = heyan({"report", "verify", folder_ / "a.pdf", "--lang", "en"});
  EXPECT_EQ(outcome.status, 10);
  EXPECT_THAT(outcome.out, HasSubstr("no seal"));
}

TEST_F(DraftPdfTest, SeveralCasesAreNotOneFile) { EXPECT_EQ(draft("a.pdf", {kCase}).status, 2); }

}  // namespace
}  // namespace heyan::functional
