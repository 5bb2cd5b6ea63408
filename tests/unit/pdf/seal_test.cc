// A file whose seal holds, and everything that must not.
#include "gateway/pdf/seal.h"

#include <gtest/gtest.h>

#include "gateway/pdf/complete.h"
#include "gateway/pdf/qpdf.h"
#include "gateway/pdf/verify.h"
#include "tests/unit/crypto/issuer.h"
#include "tests/unit/ers/authority.h"
#include "tests/unit/pdf/fonts.h"
#include "tests/unit/pdf/poppler.h"
#include "tests/unit/pdf/sample_document.h"
#include "verifier/crypto/cms.h"
#include "verifier/crypto/cms_time_stamp.h"
#include "verifier/crypto/der_writer.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/pem.h"

namespace heyan::pdf {
namespace {

using report::SealFault;
using report::SealVerdict;
using Object = QPDFObjectHandle;

const std::string kPayload = R"({"schema":"heyan.report.v1"})";
const core::UtcTime kAt = *core::parse_rfc3339("2026-11-20T08:30:00Z");

struct Sealer {
  crypto::SigningKey key = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256);
  crypto::Certificate certificate =
      *key.self_signed("Test court", *core::parse_rfc3339("2026-01-01T00:00:00Z"),
                       *core::parse_rfc3339("2027-01-01T00:00:00Z"));

  // Signs whatever there is, as a court's key that was tricked would.
  std::string seal(std::string file, const core::Bytes& payload_sha256) const {
    const auto place = find_seal(file);
    if (!place) return file;
    const auto cms =
        crypto::sign_cms(key, certificate, signed_digest(file, *place), payload_sha256);
    EXPECT_TRUE(put_seal(file, *place, *cms).has_value());
    return file;
  }
};

std::string to_seal(const std::vector<Attachment>& attachments, const core::Bytes& payload_sha256) {
  const auto pages =
      print(sample_document(0), {.as_of = kAt, .statement = "HY1.AAAA"}, test_fonts());
  return *complete_for_seal(*pages, catalogue::Language::kChinese, attachments, payload_sha256,
                            kAt);
}

Object first_page(QPDF& pdf) { return pdf.getAllPages().front(); }

class SealTest : public ::testing::Test {
 protected:
  SealTest() : file_(sealer_.seal(to_seal(attachments_, digest_), digest_)) {}

  SealVerdict verify(const std::string& file) {
    const std::vector<crypto::PublicKey> keys = {sealer_.key.public_key()};
    return verify_seal(core::as_bytes(file), keys, checker_);
  }
  SealFault fault(const std::string& file) { return verify(file).fault; }

  // A file that was changed before the court's key sealed it, written anew as qpdf would.
  template <typename Change>
  std::string prepared(const Change& change) {
    QPDF pdf;
    const std::string unsealed = to_seal(attachments_, digest_);
    pdf.processMemoryFile("file", unsealed.data(), unsealed.size());
    change(pdf);
    Object seal = pdf.getRoot().getKey("/AcroForm").getKey("/Fields").getArrayItem(0).getKey("/V");
    seal.replaceKey("/ByteRange", Object::parse(std::string(range_to_come())));
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setObjectStreamMode(qpdf_o_disable);
    writer.setStaticID(true);
    writer.write();
    const auto bytes = writer.getBufferSharedPointer();
    std::string file(reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize());
    EXPECT_TRUE(settle_range(file).has_value());
    return sealer_.seal(std::move(file), digest_);
  }

  const core::Bytes digest_ = crypto::sha256(core::as_bytes(kPayload));
  const std::vector<Attachment> attachments_ = {{"report.json", "application/json", kPayload},
                                                {"report.jws", "application/jose+json", "{jws}"}};
  Sealer sealer_;
  std::string file_;
  crypto::SignatureChecker checker_{crypto::production_engines(), core::Limits{}};
};

TEST_F(SealTest, WhatWasSealedHolds) {
  const SealVerdict verdict = verify(file_);
  EXPECT_EQ(verdict.fault, SealFault::kNone);
  EXPECT_EQ(verdict.envelope, "{jws}");
  EXPECT_EQ(verdict.payload_sha256, digest_);
}

// Another program, which knows nothing of us but the authority that certified the key.
TEST_F(SealTest, PdfsigCallsItValidAndTheIssuerTrusted) {
  const crypto::SigningKey authority =
      *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256);
  Sealer certified;
  certified.certificate =
      crypto::test::issue({.subject = "Test court",
                           .issuer = "Root",
                           .extensions = {{"basicConstraints", "critical,CA:FALSE"},
                                          {"keyUsage", "critical,digitalSignature"}}},
                          certified.key, authority);
  const crypto::Certificate root = crypto::test::issue_ca("Root", authority, "Root", authority);
  const os::TemporaryFolder store;
  const std::string folder = store.path().string();
  output_of("certutil -N -d sql:" + folder + " --empty-password && certutil -A -d sql:" + folder +
                " -n court -t CT,CT,CT -i FILE",
            crypto::write_pem(root.der(), "CERTIFICATE"));
  const std::string said = output_of("pdfsig -nssdir sql:" + folder + " FILE",
                                     certified.seal(to_seal(attachments_, digest_), digest_));
  EXPECT_NE(said.find("Signature is Valid."), std::string::npos) << said;
  EXPECT_NE(said.find("Certificate is Trusted."), std::string::npos) << said;
  EXPECT_NE(said.find("ETSI.CAdES.detached"), std::string::npos) << said;
  EXPECT_NE(said.find("Total document signed"), std::string::npos) << said;
}

// Over the signature of a file's seal, or over another's.
class StampedSealTest : public SealTest {
 protected:
  static const ers::testing::TestAuthority& authority() {
    static const ers::testing::TestAuthority kAuthority("TSA", "2020-01-01T00:00:00Z",
                                                        "2040-01-01T00:00:00Z");
    return kAuthority;
  }
  static core::Bytes seal_of(const std::string& file) { return *take_seal(file, *find_seal(file)); }
  static core::Bytes token_over(const std::string& file) {
    return authority().stamp(crypto::Hash::kSha256, *crypto::cms_digest_to_stamp(seal_of(file)),
                             "2026-11-20T08:31:00Z");
  }
  std::string stamped(const core::Bytes& token) const {
    std::string file = file_;
    EXPECT_TRUE(put_seal(file, *find_seal(file), *crypto::put_cms_time_stamp(seal_of(file_), token))
                    .has_value());
    return file;
  }
  // By a seal that holds all the same.
  report::StampOutcome outcome(const std::string& file) {
    const SealVerdict verdict = verify(file);
    EXPECT_EQ(verdict.fault, SealFault::kNone);
    EXPECT_EQ(verdict.envelope, "{jws}");
    return verdict.stamp.outcome;
  }
};

TEST_F(StampedSealTest, AStampOverTheSealIsReadAndTheSealHolds) {
  const SealVerdict verdict = verify(stamped(token_over(file_)));
  EXPECT_EQ(verdict.fault, SealFault::kNone);
  EXPECT_EQ(verdict.envelope, "{jws}");
  ASSERT_EQ(verdict.stamp.outcome, report::StampOutcome::kRead);
  EXPECT_EQ(core::format_rfc3339(verdict.stamp.token->info->time), "2026-11-20T08:31:00Z");
  EXPECT_EQ(verdict.stamp.stamped_sha256, *crypto::cms_digest_to_stamp(seal_of(file_)));
  EXPECT_EQ(outcome(file_), report::StampOutcome::kAbsent);
}

TEST_F(StampedSealTest, PdfsigCallsItValid) {
  const std::string said = output_of("pdfsig FILE", stamped(token_over(file_)));
  EXPECT_NE(said.find("Signature is Valid."), std::string::npos) << said;
  EXPECT_NE(said.find("Total document signed"), std::string::npos) << said;
}

TEST_F(StampedSealTest, AStampOverAnythingElseIsAFaultAndTheSealStaysWhatItIs) {
  const std::string other = sealer_.seal(to_seal(attachments_, digest_), digest_);
  EXPECT_EQ(outcome(stamped(token_over(other))), report::StampOutcome::kFault);
  const auto over_file = authority().stamp(
      crypto::Hash::kSha256, signed_digest(file_, *find_seal(file_)), "2026-11-20T08:31:00Z");
  EXPECT_EQ(outcome(stamped(over_file)), report::StampOutcome::kFault);
  EXPECT_EQ(outcome(stamped({0x30, 0x00})), report::StampOutcome::kFault);
}

TEST_F(StampedSealTest, ADamagedStampIsAFault) {
  core::Bytes token = token_over(file_);
  token.back() ^= 1;  // its signature
  EXPECT_EQ(outcome(stamped(token)), report::StampOutcome::kFault);
}

// What nobody signed of it may differ: certificates that came along.
TEST_F(StampedSealTest, NoByteOfAStampMovesItsTime) {
  const std::string good = stamped(token_over(file_));
  const SealPlace place = *find_seal(good);
  const std::size_t begin = place.begin + 1 + 2 * seal_of(file_).size();
  const std::size_t end = place.begin + 1 + 2 * seal_of(good).size();
  const core::Bytes imprint = verify(good).stamp.stamped_sha256;
  for (std::size_t i = begin; i < end; i += 3) {
    std::string file = good;
    file[i] = file[i] == '0' ? '1' : '0';
    if (file == good) continue;
    const SealVerdict verdict = verify(file);
    if (verdict.fault != SealFault::kNone || verdict.stamp.outcome != report::StampOutcome::kRead) {
      continue;
    }
    EXPECT_EQ(core::format_rfc3339(verdict.stamp.token->info->time), "2026-11-20T08:31:00Z") << i;
    EXPECT_EQ(verdict.stamp.stamped_sha256, imprint) << i;
  }
}

TEST_F(StampedSealTest, AStampMakesNobodyAnIssuer) {
  const Sealer other;
  std::string file = other.seal(to_seal(attachments_, digest_), digest_);
  const auto cms = crypto::put_cms_time_stamp(seal_of(file), token_over(file));
  ASSERT_TRUE(put_seal(file, *find_seal(file), *cms).has_value());
  EXPECT_EQ(fault(file), SealFault::kIssuerUnknown);
}

TEST_F(StampedSealTest, AStampBeyondItsPlaceIsNotPutIn) {
  core::Bytes large;
  crypto::append_der(large, 0x30, core::Bytes(kSealBytes, 0));
  std::string file = file_;
  EXPECT_EQ(put_seal(file, *find_seal(file), *crypto::put_cms_time_stamp(seal_of(file_), large))
                .error()
                .code,
            core::ErrorCode::kLimit);
  EXPECT_EQ(file, file_);
}

TEST_F(SealTest, TheReasonNamesThePayload) {
  EXPECT_NE(file_.find("Payload SHA-256 " + core::to_hex(digest_)), std::string::npos);
}

TEST_F(SealTest, NoByteCanBeChanged) {
  for (std::size_t i = 0; i < file_.size(); ++i) {
    file_[i] = static_cast<char>(file_[i] ^ 0x01);
    if (verify(file_).fault == SealFault::kNone) {
      ADD_FAILURE() << "byte " << i;
    }
    file_[i] = static_cast<char>(file_[i] ^ 0x01);
  }
  EXPECT_EQ(fault(file_), SealFault::kNone);
}

TEST_F(SealTest, NothingCanBeCutOffOrAppended) {
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{8}, file_.size() / 2, file_.size() - 1}) {
    EXPECT_NE(fault(file_.substr(0, size)), SealFault::kNone) << size;
  }
  EXPECT_EQ(fault(file_ + "\n"), SealFault::kCoverage);
  EXPECT_EQ(fault("\n" + file_), SealFault::kCoverage);
}

// An incremental save (ISO 32000-2 7.5.6): a new page tree at the end, the signed bytes untouched.
TEST_F(SealTest, AnIncrementalSaveIsNoticed) {
  const std::string added = "\n1 0 obj\n<< /Type /Catalog /Pages 3 0 R >>\nendobj\nxref\n1 1\n" +
                            std::string(10, '0') +
                            " 00000 n \ntrailer\n<< /Size 200 /Root 1 0 R /Prev 1 >>\nstartxref\n" +
                            std::to_string(file_.size()) + "\n%%EOF\n";
  EXPECT_EQ(fault(file_ + added), SealFault::kCoverage);
  // And one that brings a signature of its own.
  const Sealer other;
  const std::string again = other.seal(to_seal(attachments_, digest_), digest_);
  EXPECT_EQ(fault(file_ + again), SealFault::kCoverage);
}

TEST_F(SealTest, ASealMovedToAnotherFileDoesNotHold) {
  const core::Bytes other_digest = crypto::sha256(core::as_bytes("{}"));
  std::string other = to_seal(
      {{"report.json", "application/json", "{}"}, {"report.jws", "application/jose+json", "{jws}"}},
      other_digest);
  ASSERT_TRUE(put_seal(other, *find_seal(other), *take_seal(file_, *find_seal(file_))));
  EXPECT_EQ(fault(other), SealFault::kChanged);
}

TEST_F(SealTest, AnotherKeyIsAnUnknownIssuer) {
  const Sealer other;
  const SealVerdict verdict = verify(other.seal(to_seal(attachments_, digest_), digest_));
  EXPECT_EQ(verdict.fault, SealFault::kIssuerUnknown);
  EXPECT_TRUE(verdict.envelope.empty());
}

TEST_F(SealTest, ADraftHasNoSeal) {
  const auto pages = print(sample_document(0), {}, test_fonts());
  EXPECT_EQ(fault(*complete(*pages, catalogue::Language::kChinese, attachments_)),
            SealFault::kNoSeal);
  EXPECT_EQ(fault("%PDF-1.7"), SealFault::kNoSeal);
  EXPECT_EQ(fault(""), SealFault::kNoSeal);
}

TEST_F(SealTest, ASealThatNamesAnotherPayloadThanIsAttachedDoesNotHold) {
  const core::Bytes other(32, 7);
  EXPECT_EQ(fault(sealer_.seal(to_seal(attachments_, digest_), other)), SealFault::kAttachments);
  EXPECT_EQ(fault(sealer_.seal(to_seal(attachments_, other), digest_)), SealFault::kAttachments);
}

TEST_F(SealTest, OtherAttachmentsDoNotHold) {
  EXPECT_EQ(fault(sealer_.seal(to_seal({attachments_[0]}, digest_), digest_)), SealFault::kShape);
  EXPECT_EQ(fault(sealer_.seal(to_seal({attachments_[1], attachments_[0]}, digest_), digest_)),
            SealFault::kShape);
}

TEST_F(SealTest, WritingItAnewIsNoAttackByItself) {
  EXPECT_EQ(fault(prepared([](QPDF&) {})), SealFault::kNone);
}

// Shadow attacks: what is prepared before the seal, to be shown or hidden after it.
TEST_F(SealTest, LayersAreRefused) {
  EXPECT_EQ(fault(prepared([](QPDF& pdf) {
              pdf.getRoot().replaceKey("/OCProperties",
                                       Object::parse("<< /OCGs [] /D << /Order [] >> >>"));
            })),
            SealFault::kShape);
  EXPECT_EQ(fault(prepared([](QPDF& pdf) {
              Object resources = first_page(pdf).getKey("/Resources");
              resources.replaceKey("/Properties",
                                   Object::parse("<< /A << /Type /OCMD /OCGs [] >> >>"));
            })),
            SealFault::kShape);
}

TEST_F(SealTest, ScriptsAndActionsAreRefused) {
  for (const char* action :
       {"<< /S /JavaScript /JS (app.alert\\(1\\)) >>", "<< /S /Launch >>",
        "<< /S /URI /URI (https://court.example) >>", "<< /S /SubmitForm >>"}) {
    EXPECT_EQ(fault(prepared([&](QPDF& pdf) {
                pdf.getRoot().replaceKey("/OpenAction", Object::parse(action));
              })),
              SealFault::kShape);
    EXPECT_EQ(fault(prepared([&](QPDF& pdf) {
                Object field = pdf.getRoot().getKey("/AcroForm").getKey("/Fields").getArrayItem(0);
                field.replaceKey("/A", Object::parse(action));
              })),
              SealFault::kShape);
  }
}

TEST_F(SealTest, FormsAndNotesAreRefused) {
  EXPECT_EQ(fault(prepared([](QPDF& pdf) {
              Object field = pdf.makeIndirectObject(Object::parse("<< /FT /Tx /T (verdict) >>"));
              pdf.getRoot().getKey("/AcroForm").getKey("/Fields").appendItem(field);
            })),
            SealFault::kShape);
  EXPECT_EQ(fault(prepared([](QPDF& pdf) {
              Object note = Object::parse(
                  "<< /Type /Annot /Subtype /FreeText /Rect [0 0 100 100] /Contents (x) >>");
              first_page(pdf).getKey("/Annots").appendItem(pdf.makeIndirectObject(note));
            })),
            SealFault::kShape);
  EXPECT_EQ(fault(prepared([](QPDF& pdf) {
              pdf.getRoot().getKey("/AcroForm").replaceKey("/XFA", Object::newString("<xdp/>"));
            })),
            SealFault::kShape);
}

TEST_F(SealTest, AnAppearanceOfTheSignatureIsRefused) {
  EXPECT_EQ(fault(prepared([](QPDF& pdf) {
              Object field = pdf.getRoot().getKey("/AcroForm").getKey("/Fields").getArrayItem(0);
              field.replaceKey("/AP", Object::parse("<< /N << >> >>"));
            })),
            SealFault::kShape);
}

TEST_F(SealTest, WithoutCertificationItDoesNotHold) {
  EXPECT_EQ(fault(prepared([](QPDF& pdf) { pdf.getRoot().removeKey("/Perms"); })),
            SealFault::kShape);
  EXPECT_EQ(fault(prepared([](QPDF& pdf) {
              Object seal = pdf.getRoot().getKey("/Perms").getKey("/DocMDP");
              seal.getKey("/Reference")
                  .getArrayItem(0)
                  .getKey("/TransformParams")
                  .replaceKey("/P", Object::newInteger(2));
            })),
            SealFault::kShape);
}

}  // namespace
}  // namespace heyan::pdf
