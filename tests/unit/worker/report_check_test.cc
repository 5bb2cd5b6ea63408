// What the gateway says of a bundle that somebody hands in.
#include "gateway/worker/report_check.h"

#include <array>

#include "court_adapters/asic/assessment.h"
#include "gateway/asic/container.h"
#include "gateway/pdf/complete.h"
#include "gateway/pdf/seal.h"
#include "tests/unit/bundle/fixture.h"
#include "tests/unit/bundle/party_fixture.h"
#include "tests/unit/pdf/fonts.h"
#include "tests/unit/pdf/sample_document.h"
#include "tests/unit/pdf/tool.h"
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
                                                     log_key_.public_key()),
            .earlier_logs = {}};
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

class CheckedPartyBundle : public bundle::PartyBundleTest {
 protected:
  v1::ReportDoubt doubt(const bundle::Bundle& bundle) const {
    return check_report(core::as_bytes(written(bundle)),
                        {.reports = {es256_.key.public_key(), sm2_.key.public_key()},
                         .seal = es256_.key.public_key(),
                         .xml_seal = es256_.key.public_key(),
                         .log = *transparency::NoteVerifier::make(
                             std::string(bundle::kOrigin), transparency::NoteKeyType::kEd25519,
                             log_key_.public_key()),
                         .earlier_logs = {}})
        .doubt();
  }
};

// No digest binds an excerpt; what it gives does.
TEST_F(CheckedPartyBundle, IsJudgedAgain) {
  EXPECT_EQ(doubt(copy_), v1::REPORT_DOUBT_NONE);
  EXPECT_EQ(doubt(changed(copy_, take_receipt_out)), v1::REPORT_DOUBT_SIGNATURE);
  EXPECT_EQ(doubt(changed(copy_,
                          [](v1::RecordFile& file) {
                            file.mutable_record()->mutable_submission()->set_case_number("x");
                            derive_secrets(*file.mutable_record());
                          })),
            v1::REPORT_DOUBT_SIGNATURE);
  // Not even by saying that another version made it.
  EXPECT_EQ(doubt(changed(copy_,
                          [](v1::RecordFile& file) {
                            take_receipt_out(file);
                            file.mutable_circumstances()->set_software_version("0.0.1");
                          })),
            v1::REPORT_DOUBT_SIGNATURE);
  bundle::Bundle mixed = copy_;
  mixed.payload = bundle_.payload;
  mixed.envelope = bundle_.envelope;
  EXPECT_EQ(doubt(mixed), v1::REPORT_DOUBT_SIGNATURE);
}

// A report's PDF in an ASiC-S container.
class CheckedContainer : public CheckedBundle {
 protected:
  std::string contained(const std::string& pdf, const bundle::Bundle& of) const {
    const auto cms =
        crypto::sign_cms(es256_.key, es256_.chain.front(), crypto::sha256(core::as_bytes(pdf)),
                         crypto::sha256(core::as_bytes(of.payload)));
    return *asic::write_container(core::as_bytes(pdf), *cms);
  }
  const std::string pdf_ = sealed(bundle_);
  const std::string container_ = contained(pdf_, bundle_);
};

TEST_F(CheckedContainer, IsTheReportInIt) { EXPECT_EQ(doubt(container_), v1::REPORT_DOUBT_NONE); }

TEST_F(CheckedContainer, WithAnotherReportDoesNotFit) {
  EXPECT_EQ(doubt(contained(sealed(other_), bundle_)), v1::REPORT_DOUBT_SIGNATURE);
  EXPECT_EQ(doubt(contained("%PDF-1.7", bundle_)), v1::REPORT_DOUBT_NOT_A_REPORT);
}

TEST_F(CheckedContainer, OfAnotherIssuerIsUnknown) {
  keys::ReportIssuer other = issuer();
  other.seal = crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256)->public_key();
  EXPECT_EQ(check_report(core::as_bytes(container_), other).doubt(),
            v1::REPORT_DOUBT_ISSUER_UNKNOWN);
}

TEST_F(CheckedContainer, AllowsNoChange) {
  EXPECT_EQ(doubt(container_ + "x"), v1::REPORT_DOUBT_SIGNATURE);
  EXPECT_EQ(doubt(container_.substr(0, container_.size() - 1)), v1::REPORT_DOUBT_SIGNATURE);
  for (std::size_t at = 0; at < container_.size(); at += container_.size() / 97) {
    std::string changed = container_;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_NE(doubt(changed), v1::REPORT_DOUBT_NONE) << at;
  }
}

// Our reader of containers of others has no knowledge of ours.
TEST_F(CheckedContainer, IsIntactForTheReaderOfContainers) {
  const contents::MemorySource source(core::as_bytes(container_));
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits());
  const std::array anchors = {es256_.chain.front()};
  const auto found = court_adapters::asic::assess(
      source, {.anchors = anchors, .at = es256_.chain.front().not_before()}, checker, {});
  EXPECT_EQ(found.result, court_adapters::asic::Result::kIntact);
  EXPECT_EQ(found.form, court_adapters::asic::Form::kSimpleCades);
  ASSERT_EQ(found.signatures.size(), 1u);
  EXPECT_TRUE(found.signatures.front().trusted);
  ASSERT_EQ(found.objects.size(), 1u);
  EXPECT_TRUE(found.objects.front().covered());
}

TEST_F(CheckedContainer, VerifiesWithOpenssl) {
  const std::string said = pdf::output_of(
      "exec 2>&1; set -e; D=$(mktemp -d); F=FILE; cd $D; unzip -q -o $F; "
      "openssl cms -verify -binary -inform DER -in META-INF/signature.p7s -content report.pdf "
      "-noverify -out out.pdf; cmp out.pdf report.pdf; cd /; rm -r $D",
      container_);
  EXPECT_NE(said.find("CMS Verification successful"), std::string::npos) << said;
  EXPECT_EQ(said.find("differ"), std::string::npos) << said;
}

}  // namespace
}  // namespace heyan::worker
