// Sealed XML, and what people might do to it.
#include <gtest/gtest.h>
#include <libxml/c14n.h>

#include "gateway/xml/seal.h"
#include "gateway/xml/validation_report.h"
#include "gateway/xml/verify.h"
#include "tests/unit/ers/authority.h"
#include "tests/unit/xml/document.h"
#include "tests/unit/xml/reports.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/xades.h"

namespace heyan::xml {
namespace {

using report::SealFault;

const core::UtcTime kAt = *core::parse_rfc3339("2026-11-20T08:30:00Z");

struct Sealer {
  crypto::SigningKey key = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256);
  crypto::Certificate certificate =
      *key.self_signed("Test court", *core::parse_rfc3339("2026-01-01T00:00:00Z"),
                       *core::parse_rfc3339("2027-01-01T00:00:00Z"));

  // Seals whatever there is, as a court's key that was tricked would.
  std::string seal(std::string file, const core::Bytes& payload_sha256) const {
    const auto digest = digest_to_sign(file);
    EXPECT_TRUE(digest.has_value());
    put_seal(file, *crypto::sign_xades(key, certificate, *digest, payload_sha256, kAt));
    return file;
  }
};

class XmlSealTest : public ::testing::Test {
 protected:
  std::string unsealed(const Sealer& sealer) const {
    const Sealing sealing{.envelope = envelope_, .certificate = sealer.certificate};
    return write_validation_report(core::as_bytes(payload_), &sealing).value();
  }
  report::SealVerdict verify(const std::string& file) {
    const std::vector<crypto::PublicKey> keys = {sealer_.key.public_key()};
    return verify_seal(core::as_bytes(file), keys, checker_);
  }
  SealFault fault(const std::string& file) { return verify(file).fault; }
  // Changed before the court's key sealed it.
  SealFault prepared(std::string_view part, std::string_view by) {
    std::string file = unsealed(sealer_);
    const std::size_t at = file.find(part);
    EXPECT_NE(at, std::string::npos) << part;
    return fault(sealer_.seal(file.replace(at, part.size(), by), digest_));
  }
  // Changed afterwards.
  SealFault changed(std::string_view part, std::string_view by) {
    std::string file = file_;
    const std::size_t at = file.find(part);
    EXPECT_NE(at, std::string::npos) << part;
    return fault(file.replace(at, part.size(), by));
  }

  const std::string payload_ = report::encode_payload(report_with(v1::VERDICT_INCONSISTENT));
  const core::Bytes digest_ = crypto::sha256(core::as_bytes(payload_));
  const std::string envelope_ = R"({"heyan-log-proof":"court <a&b>\n","payload":")" +
                                core::to_base64url(core::as_bytes(payload_)) +
                                R"(","signatures":[]})";
  const Sealer sealer_;
  const std::string file_ = sealer_.seal(unsealed(sealer_), digest_);
  crypto::SignatureChecker checker_{crypto::production_engines(), core::Limits{}};
};

TEST_F(XmlSealTest, WhatWasSealedHolds) {
  const report::SealVerdict verdict = verify(file_);
  EXPECT_EQ(verdict.fault, SealFault::kNone);
  EXPECT_EQ(verdict.envelope, envelope_);
  EXPECT_EQ(verdict.payload_sha256, digest_);
  EXPECT_TRUE(*verdict.certificate == sealer_.certificate);
}

TEST_F(XmlSealTest, ItIsValidAndHoldsTheReportAsText) {
  const Document document(file_);
  const Schema schema;
  EXPECT_EQ(schema.faults(document), "");
  EXPECT_EQ(document.one("//vr:ValidationObject[@id='report.jws']//vr:direct"), envelope_);
  EXPECT_EQ(document.one("//vr:DigitalId/tsl:X509Certificate"),
            core::to_base64(sealer_.certificate.der()));
  EXPECT_EQ(document.one("//ds:Signature//xades:Description"),
            "urn:heyan:payload:sha-256:" + core::to_hex(digest_));
}

// What other programs canonicalise is what stands there.
TEST_F(XmlSealTest, WhatIsSignedStandsAsExclusiveCanonicalisationWritesIt) {
  const Document document(file_);
  for (const char* name : {"ds:SignedInfo", "xades:SignedProperties"}) {
    xmlXPathContext* const context = xmlXPathNewContext(document.get());
    xmlXPathRegisterNs(context, chars("ds"), chars("http://www.w3.org/2000/09/xmldsig#"));
    xmlXPathRegisterNs(context, chars("xades"), chars("http://uri.etsi.org/01903/v1.3.2#"));
    const std::string path = std::string("//") + name + "/descendant-or-self::node() | //" + name +
                             "/descendant-or-self::*/@* | //" + name +
                             "/descendant-or-self::*/namespace::*";
    xmlXPathObject* const nodes = xmlXPathEvalExpression(chars(path), context);
    xmlChar* text = nullptr;
    ASSERT_GT(xmlC14NDocDumpMemory(document.get(), nodes->nodesetval, XML_C14N_EXCLUSIVE_1_0,
                                   nullptr, 0, &text),
              0);
    EXPECT_NE(file_.find(reinterpret_cast<const char*>(text)), std::string::npos) << text;
    xmlFree(text);
    xmlXPathFreeObject(nodes);
    xmlXPathFreeContext(context);
  }
}

// Over the signature of a file's seal, or over something else.
class StampedXmlSealTest : public XmlSealTest {
 protected:
  static core::Bytes token_over(core::ByteView sha256) {
    static const ers::testing::TestAuthority kAuthority("TSA", "2020-01-01T00:00:00Z",
                                                        "2040-01-01T00:00:00Z");
    return kAuthority.stamp(crypto::Hash::kSha256, sha256, "2026-11-20T08:31:00Z");
  }
  core::Bytes digest_to_stamp() const {
    return *crypto::xades_digest_to_stamp(find_seal(file_)->seal);
  }
  std::string stamped(core::ByteView token) const {
    const Sealed sealed = *find_seal(file_);
    return std::string(sealed.before) + *crypto::put_xades_time_stamp(sealed.seal, token) +
           std::string(sealed.behind);
  }
  // By a seal that holds all the same.
  report::StampOutcome outcome(const std::string& file) {
    const report::SealVerdict verdict = verify(file);
    EXPECT_EQ(verdict.fault, SealFault::kNone);
    EXPECT_EQ(verdict.envelope, envelope_);
    return verdict.stamp.outcome;
  }
};

TEST_F(StampedXmlSealTest, AStampOverTheSealIsReadAndTheSealHolds) {
  const report::SealVerdict verdict = verify(stamped(token_over(digest_to_stamp())));
  EXPECT_EQ(verdict.fault, SealFault::kNone);
  ASSERT_EQ(verdict.stamp.outcome, report::StampOutcome::kRead);
  EXPECT_EQ(core::format_rfc3339(verdict.stamp.token->info->time), "2026-11-20T08:31:00Z");
  EXPECT_EQ(outcome(file_), report::StampOutcome::kAbsent);
}

TEST_F(StampedXmlSealTest, ItIsValidByTheSchema) {
  const Document document(stamped(token_over(digest_to_stamp())));
  const Schema schema;
  EXPECT_EQ(schema.faults(document), "");
  EXPECT_EQ(document.count("//ds:Signature//xades:UnsignedSignatureProperties/"
                           "xades:SignatureTimeStamp/xades:EncapsulatedTimeStamp"),
            1u);
}

// As another program canonicalises the element.
TEST_F(StampedXmlSealTest, WhatIsStampedIsTheElementOfTheSignatureValue) {
  const Document document(file_);
  xmlXPathContext* const context = xmlXPathNewContext(document.get());
  xmlXPathRegisterNs(context, chars("ds"), chars("http://www.w3.org/2000/09/xmldsig#"));
  const std::string name = "//ds:SignatureValue/descendant-or-self::";
  xmlXPathObject* const nodes = xmlXPathEvalExpression(
      chars(name + "node() | " + name + "*/@* | " + name + "*/namespace::*"), context);
  xmlChar* text = nullptr;
  ASSERT_GT(xmlC14NDocDumpMemory(document.get(), nodes->nodesetval, XML_C14N_EXCLUSIVE_1_0, nullptr,
                                 0, &text),
            0);
  EXPECT_EQ(digest_to_stamp(), crypto::sha256(core::as_bytes(reinterpret_cast<const char*>(text))));
  xmlFree(text);
  xmlXPathFreeObject(nodes);
  xmlXPathFreeContext(context);
}

TEST_F(StampedXmlSealTest, AStampOverAnythingElseIsAFaultAndTheSealStaysWhatItIs) {
  EXPECT_EQ(outcome(stamped(token_over(core::Bytes(32, 1)))), report::StampOutcome::kFault);
  EXPECT_EQ(outcome(stamped(token_over(digest_))), report::StampOutcome::kFault);
  EXPECT_EQ(outcome(stamped(core::Bytes{0x30, 0x00})), report::StampOutcome::kFault);
  EXPECT_EQ(outcome(stamped({})), report::StampOutcome::kFault);
  core::Bytes damaged = token_over(digest_to_stamp());
  damaged.back() ^= 1;
  EXPECT_EQ(outcome(stamped(damaged)), report::StampOutcome::kFault);
}

TEST_F(StampedXmlSealTest, NoByteOfAStampMovesItsTime) {
  const std::string good = stamped(token_over(digest_to_stamp()));
  const std::size_t begin = good.find("<xades:UnsignedProperties>");
  const std::size_t end = good.find("</xades:UnsignedProperties>");
  for (std::size_t i = begin; i < end; i += 3) {
    std::string file = good;
    file[i] = file[i] == 'A' ? 'B' : 'A';
    const report::SealVerdict verdict = verify(file);
    if (verdict.fault != SealFault::kNone || verdict.stamp.outcome != report::StampOutcome::kRead) {
      continue;
    }
    EXPECT_EQ(core::format_rfc3339(verdict.stamp.token->info->time), "2026-11-20T08:31:00Z") << i;
    EXPECT_EQ(verdict.stamp.stamped_sha256, digest_to_stamp()) << i;
  }
}

TEST_F(XmlSealTest, NoByteCanBeChanged) {
  std::string file = file_;
  for (std::size_t i = 0; i < file.size(); ++i) {
    file[i] = static_cast<char>(file[i] ^ 0x01);
    if (fault(file) == SealFault::kNone) ADD_FAILURE() << "byte " << i;
    file[i] = static_cast<char>(file[i] ^ 0x01);
  }
  EXPECT_EQ(fault(file), SealFault::kNone);
}

TEST_F(XmlSealTest, NothingCanBeCutOffOrAdded) {
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, file_.size() / 2, file_.size() - 1}) {
    EXPECT_NE(fault(file_.substr(0, size)), SealFault::kNone) << size;
  }
  for (const char* more : {"\n", " ", "<!-- -->", "<?x?>", "\xef\xbb\xbf"}) {
    EXPECT_EQ(fault(file_ + more), SealFault::kCoverage);
    EXPECT_EQ(fault(more + file_), SealFault::kCoverage);
  }
  EXPECT_EQ(fault(file_ + file_), SealFault::kCoverage);
}

TEST_F(XmlSealTest, ADraftHasNoSeal) {
  EXPECT_EQ(fault(unsealed(sealer_)), SealFault::kNoSeal);
  EXPECT_EQ(fault(*write_validation_report(core::as_bytes(payload_))), SealFault::kNoSeal);
  EXPECT_EQ(fault(""), SealFault::kNoSeal);
  EXPECT_EQ(fault("<"), SealFault::kNoSeal);
}

TEST_F(XmlSealTest, AnotherKeyIsAnUnknownIssuer) {
  const Sealer other;
  const report::SealVerdict verdict = verify(other.seal(unsealed(other), digest_));
  EXPECT_EQ(verdict.fault, SealFault::kIssuerUnknown);
  EXPECT_TRUE(verdict.envelope.empty());
}

// The certificate in DigitalId is another than the seal's.
TEST_F(XmlSealTest, TheValidatorIsWhoeverSealed) {
  const Sealer other;
  EXPECT_EQ(fault(sealer_.seal(unsealed(other), digest_)), SealFault::kShape);
}

TEST_F(XmlSealTest, ASecondSignatureIsRefused) {
  const Sealer other;
  const std::string seal = file_.substr(file_.find("<ds:Signature xmlns"));
  EXPECT_EQ(fault(sealer_.seal(file_, digest_)), SealFault::kCoverage);
  EXPECT_EQ(fault(other.seal(file_, digest_)), SealFault::kCoverage);
  EXPECT_EQ(changed("</SignatureValidator>", "</SignatureValidator>" + seal.substr(0, 4000)),
            SealFault::kCoverage);
}

// The signed content goes elsewhere, other content in its place (McIntosh and Austel 2005).
TEST_F(XmlSealTest, WrappingIsRefused) {
  const std::string root = file_.substr(file_.find("<ValidationReport"));
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  const std::string forged = unsealed(sealer_);
  const std::string body = forged.substr(head.size());
  const std::string end = "</ValidationReport>";
  const std::string seal = file_.substr(file_.find("<ds:Signature xmlns"),
                                        file_.rfind(end) - file_.find("<ds:Signature xmlns"));
  const std::string start = body.substr(0, body.find('>') + 1);
  // The old root within a new one; within an Object of the signature; the signature around it.
  EXPECT_NE(fault(head + start + root + end), SealFault::kNone);
  EXPECT_NE(
      fault(head + body.substr(0, body.size() - end.size()) + seal.substr(0, seal.size() - 15) +
            "<ds:Object>" + root + "</ds:Object>" + "</ds:Signature>" + end),
      SealFault::kNone);
  EXPECT_NE(fault(head + body.substr(0, body.size() - end.size()) + root + end), SealFault::kNone);
  EXPECT_EQ(changed("URI=\"\"", "URI=\"#S-1\""), SealFault::kSignature);
  EXPECT_EQ(changed("URI=\"#seal-properties\"", "URI=\"#S-1\""), SealFault::kSignature);
}

TEST_F(XmlSealTest, ASealOfAnotherReportDoesNotHold) {
  const std::string begin = "<ds:Signature xmlns";
  const v1::Report other = report_with(v1::VERDICT_CONSISTENT);
  const std::string payload = report::encode_payload(other);
  const std::string envelope =
      R"({"payload":")" + core::to_base64url(core::as_bytes(payload)) + R"("})";
  const Sealing sealing{.envelope = envelope, .certificate = sealer_.certificate};
  std::string file = write_validation_report(core::as_bytes(payload), &sealing).value();
  put_seal(file, file_.substr(file_.find(begin), file_.rfind("</V") - file_.find(begin)));
  EXPECT_EQ(fault(file), SealFault::kChanged);
}

// Even where the court's key was tricked into sealing it.
TEST_F(XmlSealTest, DoctypesAndEntitiesAreRefused) {
  const std::string bomb =
      "<!DOCTYPE ValidationReport [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
      "\"&a;&a;&a;&a;&a;&a;\">]>\n";
  EXPECT_EQ(prepared("\n<ValidationReport", "\n" + bomb + "<ValidationReport"), SealFault::kShape);
  EXPECT_EQ(changed("\n<ValidationReport", "\n" + bomb + "<ValidationReport"), SealFault::kChanged);
  EXPECT_EQ(prepared("\n<ValidationReport",
                     "\n<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><ValidationReport"),
            SealFault::kShape);
  EXPECT_EQ(prepared("<DAIdentifier>E1", "<DAIdentifier>&b;"), SealFault::kShape);
  EXPECT_EQ(fault(bomb), SealFault::kNoSeal);
}

TEST_F(XmlSealTest, AFileThatSaysSomethingElseThanItsReportIsRefused) {
  EXPECT_EQ(prepared("mainindication:total-failed", "mainindication:total-passed"),
            SealFault::kShape);
  EXPECT_EQ(prepared("<hy:Software", "<!-- all is well --><hy:Software"), SealFault::kShape);
  EXPECT_EQ(prepared("<HashOnly>false</HashOnly>", "<HashOnly >false</HashOnly>"),
            SealFault::kShape);
  EXPECT_EQ(prepared("</SignatureValidator>", "</SignatureValidator><hy:More></hy:More>"),
            SealFault::kShape);
}

TEST_F(XmlSealTest, ASealThatNamesAnotherPayloadDoesNotHold) {
  EXPECT_EQ(fault(sealer_.seal(unsealed(sealer_), core::Bytes(32, 7))), SealFault::kAttachments);
}

TEST_F(XmlSealTest, WithoutTheSignedReportItDoesNotHold) {
  const std::string draft = *write_validation_report(core::as_bytes(payload_));
  EXPECT_EQ(fault(sealer_.seal(draft, digest_)), SealFault::kShape);
  EXPECT_EQ(prepared("{\"heyan-log-proof\"", "[\"heyan-log-proof\""), SealFault::kShape);
  EXPECT_EQ(
      prepared("<ValidationObject id=\"report.jws\">", "<ValidationObject id=\"Report.jws\">"),
      SealFault::kShape);
}

TEST_F(XmlSealTest, OnlyJsonIsEmbedded) {
  const std::string envelope = "{\n}";
  const Sealing sealing{.envelope = envelope, .certificate = sealer_.certificate};
  EXPECT_FALSE(write_validation_report(core::as_bytes(payload_), &sealing).has_value());
}

}  // namespace
}  // namespace heyan::xml
