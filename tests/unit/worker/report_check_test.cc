// What the gateway says of a bundle that somebody hands in.
#include "gateway/worker/report_check.h"

#include "gateway/pdf/complete.h"
#include "gateway/pdf/seal.h"
#include "tests/unit/bundle/fixture.h"
#include "tests/unit/pdf/fonts.h"
#include "tests/unit/pdf/sample_document.h"
#include "verifier/crypto/cms.h"

namespace heyan::worker {
namespace {

class CheckedBundle : public bundle::BundleTest {
 protected:
  v1::ReportDoubt doubt(std::string_view file) const {
    return check_report(core::as_bytes(file), issuer()).doubt();
  }
  v1::ReportDoubt doubt(const bundle::Bundle& bundle) const { return doubt(written(bundle)); }
  keys::ReportIssuer issuer() const {
    return {.reports = {es256_.key.public_key(), sm2_.key.public_key()},
            .seal = es256_.key.public_key(),
            .xml_seal = es256_.key.public_key(),
            .log = *transparency::NoteVerifier::make(std::string(bundle::kOrigin),
                                                     transparency::NoteKeyType::kEd25519,
                                                     log_key_.public_key())};
  }
  // The report of a bundle as a PDF under the issuer's seal.
  std::string sealed(const bundle::Bundle& bundle) const {
    const core::Bytes digest = crypto::sha256(core::as_bytes(bundle.payload));
    const auto pages = pdf::print(pdf::sample_document(0),
                                  {.as_of = time_, .statement = "HY1.AAAA"}, pdf::test_fonts());
    std::string file = *pdf::complete_for_seal(
        *pages, catalogue::Language::kChinese,
        {{std::string(pdf::kPayloadName), std::string(pdf::kPayloadType), bundle.payload},
         {std::string(pdf::kSignedName), std::string(pdf::kSignedType), bundle.envelope, true}},
        digest, time_);
    const auto place = pdf::find_seal(file);
    const auto cms = crypto::sign_cms(es256_.key, es256_.chain.front(),
                                      pdf::signed_digest(file, *place), digest);
    EXPECT_TRUE(pdf::put_seal(file, *place, *cms).has_value());
    return file;
  }
  const bundle::Bundle other_ = bundle_of(bundle::small_record("E2"));
};

TEST_F(CheckedBundle, IsTheReportInIt) {
  const v1::CheckedReport checked = check_report(core::as_bytes(file_), issuer());
  EXPECT_EQ(checked.doubt(), v1::REPORT_DOUBT_NONE);
  EXPECT_EQ(checked.payload_sha256(),
            core::to_string(crypto::sha256(core::as_bytes(bundle_.payload))));
}

TEST_F(CheckedBundle, WithPartsOfAnotherReportDoesNotFit) {
  bundle::Bundle mixed = bundle_;
  mixed.record = other_.record;
  EXPECT_EQ(doubt(mixed), v1::REPORT_DOUBT_SIGNATURE);
  mixed = bundle_;
  mixed.payload = other_.payload;
  EXPECT_EQ(doubt(mixed), v1::REPORT_DOUBT_SIGNATURE);
  mixed = bundle_;
  mixed.envelope = other_.envelope;
  EXPECT_EQ(doubt(mixed), v1::REPORT_DOUBT_SIGNATURE);
  mixed = bundle_;
  mixed.xml = "<?xml version=\"1.0\"?>";
  EXPECT_EQ(doubt(mixed), v1::REPORT_DOUBT_SIGNATURE);
  mixed.xml.clear();
  mixed.pdf = "%PDF-1.7";
  EXPECT_EQ(doubt(mixed), v1::REPORT_DOUBT_SIGNATURE);
}

TEST_F(CheckedBundle, HoldsTheSealedFileOfItsReportAndOfNoOther) {
  bundle::Bundle bundle = bundle_;
  bundle.pdf = sealed(bundle_);
  EXPECT_EQ(doubt(bundle), v1::REPORT_DOUBT_NONE);
  bundle.pdf = sealed(other_);
  EXPECT_EQ(doubt(bundle), v1::REPORT_DOUBT_SIGNATURE);
}

TEST_F(CheckedBundle, ThatNobodySignedOrThatWasChangedIsNoReport) {
  bundle::Bundle bundle = bundle_;
  bundle.envelope.clear();
  EXPECT_EQ(doubt(bundle), v1::REPORT_DOUBT_NOT_A_REPORT);
  EXPECT_EQ(doubt(file_ + "x"), v1::REPORT_DOUBT_NOT_A_REPORT);
  EXPECT_EQ(doubt("PK\x03\x04"), v1::REPORT_DOUBT_NOT_A_REPORT);
}

TEST_F(CheckedBundle, NeedsTheLogProofLikeAnyReport) {
  bundle::Bundle bundle = bundle_;
  const auto place = report::LogPosition{.origin = std::string(bundle::kOrigin), .index = 0};
  bundle.envelope = *report::sign_report(core::as_bytes(bundle.payload), signers_, time_, place);
  EXPECT_EQ(doubt(bundle), v1::REPORT_DOUBT_NO_LOG_PROOF);
}

}  // namespace
}  // namespace heyan::worker
