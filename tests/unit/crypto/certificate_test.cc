#include "verifier/crypto/certificate.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/crypto/issuer.h"
#include "tests/unit/crypto/vectors.h"
#include "verifier/crypto/der.h"
#include "verifier/crypto/gate.h"
#include "verifier/crypto/pem.h"

namespace heyan::crypto {
namespace {

using test::at;
using test::flipped;
using test::hex;
using test::issue;
using test::issue_der;
using test::joined;

SigningKey new_key(KeyAlgorithm algorithm = KeyAlgorithm::kEcdsaP256) {
  return SigningKey::generate(algorithm).value();
}

core::Bytes good_der() {
  return test::read_file(std::string(HEYAN_VECTORS) + "/crypto/pkits/GoodCACert.crt");
}

class Issued : public testing::TestWithParam<KeyAlgorithm> {
 protected:
  const SigningKey root_key_ = new_key(GetParam());
  const SigningKey leaf_key_ = new_key(GetParam());
  const Certificate root_ = test::issue_ca("Root", root_key_, "Root", root_key_);
  SignatureChecker checker_{production_engines(), {}};
};

TEST_P(Issued, FieldsAreRead) {
  const Certificate leaf =
      issue({.subject = "公证处", .extensions = {{"subjectKeyIdentifier", "hash"}}}, leaf_key_,
            root_key_);
  EXPECT_EQ(leaf.key(), leaf_key_.public_key());
  EXPECT_EQ(leaf.subject_values("CN"), std::vector<std::string>{"公证处"});
  EXPECT_TRUE(leaf.subject_values("OU").empty());
  EXPECT_TRUE(leaf.subject_values("no such attribute").empty());
  EXPECT_TRUE(core::equal(leaf.issuer(), root_.subject()));
  EXPECT_EQ(leaf.not_before(), at("2024-01-01T00:00:00Z"));
  EXPECT_EQ(leaf.not_after(), at("2034-01-01T00:00:00Z"));
  EXPECT_FALSE(leaf.is_ca());
  EXPECT_TRUE(root_.is_ca());
  EXPECT_EQ(leaf.subject_key_id().size(), 20u);
  EXPECT_TRUE(leaf.authority_key_id().empty());
  EXPECT_TRUE(core::equal(leaf.sha256(), sha256(leaf.der())));
}

TEST_P(Issued, SignatureOfTheIssuerOnly) {
  const Certificate leaf = issue({}, leaf_key_, root_key_);
  EXPECT_EQ(leaf.verify_signed_by(root_, checker_), SignatureOutcome::kValid);
  EXPECT_EQ(root_.verify_signed_by(root_, checker_), SignatureOutcome::kValid);
  EXPECT_EQ(leaf.verify_signed_by(leaf, checker_), SignatureOutcome::kInvalid);
  EXPECT_EQ(root_.verify_signed_by(leaf, checker_), SignatureOutcome::kInvalid);
}

TEST_P(Issued, ChangedContentDoesNotVerify) {
  const core::Bytes der = issue_der({.subject = "Leaf"}, leaf_key_, root_key_);
  core::Bytes changed = der;
  const std::string_view name = "Leaf";
  const auto place = std::search(changed.begin(), changed.end(), name.begin(), name.end());
  ASSERT_NE(place, changed.end());
  *place = 'H';
  const auto leaf = Certificate::from_der(changed);
  ASSERT_TRUE(leaf);
  EXPECT_EQ(leaf->verify_signed_by(root_, checker_), SignatureOutcome::kInvalid);
  EXPECT_FALSE(*leaf == *Certificate::from_der(der));
}

TEST_P(Issued, KeyOfAnotherAlgorithmCannotHaveSigned) {
  for (const auto other : {KeyAlgorithm::kEcdsaP256, KeyAlgorithm::kEd25519, KeyAlgorithm::kSm2}) {
    if (other == GetParam()) continue;
    const SigningKey other_key = new_key(other);
    const Certificate other_root = test::issue_ca("Root", other_key, "Root", other_key);
    EXPECT_EQ(issue({}, leaf_key_, root_key_).verify_signed_by(other_root, checker_),
              SignatureOutcome::kInvalid);
  }
}

INSTANTIATE_TEST_SUITE_P(Keys, Issued,
                         testing::Values(KeyAlgorithm::kEcdsaP256, KeyAlgorithm::kEd25519,
                                         KeyAlgorithm::kSm2));

TEST(CertificateSm2, UserIdIsPartOfTheSignature) {
  const SigningKey root_key = new_key(KeyAlgorithm::kSm2);
  const Certificate root = test::issue_ca("Root", root_key, "Root", root_key);
  SignatureChecker checker(production_engines(), {});
  const Certificate standard = issue({}, root_key, root_key);
  const Certificate empty = issue({.sm2_user_id = ""}, root_key, root_key);
  EXPECT_EQ(standard.verify_signed_by(root, checker), SignatureOutcome::kValid);
  EXPECT_EQ(standard.verify_signed_by(root, checker, ""), SignatureOutcome::kInvalid);
  EXPECT_EQ(empty.verify_signed_by(root, checker), SignatureOutcome::kInvalid);
  EXPECT_EQ(empty.verify_signed_by(root, checker, ""), SignatureOutcome::kValid);
}

// Whose key it is does not matter: ChainMaker hashes with what the certificate was signed with.
TEST(CertificateSm2, SignatureHashIsThatOfTheIssuer) {
  const SigningKey sm2 = new_key(KeyAlgorithm::kSm2);
  const SigningKey p256 = new_key(KeyAlgorithm::kEcdsaP256);
  EXPECT_EQ(issue({}, p256, sm2).signature_hash(), Hash::kSm3);
  EXPECT_EQ(issue({}, sm2, p256).signature_hash(), Hash::kSha256);
}

TEST(CertificateEcdsa, HighSIsAccepted) {
  const SigningKey root_key = new_key();
  const Certificate root = test::issue_ca("Root", root_key, "Root", root_key);
  SignatureChecker checker(production_engines(), {});
  // Half of all signatures have a high S; with forty at least one has, and one has not.
  std::size_t high = 0;
  for (int i = 0; i < 40; ++i) {
    const core::Bytes der = issue_der({}, root_key, root_key);
    DerReader outer(der);
    DerReader reader(outer.next()->content);
    (void)reader.next();
    (void)reader.next();
    const core::ByteView bits = reader.next()->content;
    high += from_der_signature(bits.subspan(1), 32)->at(32) >= 0x80 ? 1 : 0;
    EXPECT_EQ(Certificate::from_der(der)->verify_signed_by(root, checker),
              SignatureOutcome::kValid);
  }
  EXPECT_GT(high, 0u);
  EXPECT_LT(high, 40u);
}

TEST(CertificateDer, EveryByteCounts) {
  // A change is refused, or makes another certificate that its issuer did not sign.
  const core::Bytes der = good_der();
  const auto root = Certificate::from_der(
      test::read_file(std::string(HEYAN_VECTORS) + "/crypto/pkits/TrustAnchorRootCertificate.crt"));
  SignatureChecker checker(production_engines(), {});
  ASSERT_EQ(Certificate::from_der(der)->verify_signed_by(*root, checker), SignatureOutcome::kValid);
  for (std::size_t place = 0; place < der.size(); ++place) {
    const auto changed = Certificate::from_der(flipped(der, place * 8 + place % 8));
    if (!changed) continue;
    EXPECT_EQ(changed->verify_signed_by(*root, checker), SignatureOutcome::kInvalid) << place;
  }
  EXPECT_FALSE(checker.disagreed());
}

TEST(CertificateDer, LengthsAndEnds) {
  const core::Bytes der = good_der();
  for (std::size_t size = 0; size < der.size(); size += 13) {
    EXPECT_FALSE(Certificate::from_der(core::ByteView(der).first(size))) << size;
  }
  EXPECT_FALSE(Certificate::from_der(joined(der, core::Bytes{0})));
  EXPECT_FALSE(Certificate::from_der(joined(der, der)));
  EXPECT_EQ(Certificate::from_der(core::Bytes(70'000, 0x30)).error().code, core::ErrorCode::kLimit);
}

TEST(CertificateDer, AlgorithmMustBeTheSameInsideAndOutside) {
  const SigningKey key = new_key();
  core::Bytes der = issue_der({}, key, key);
  const core::Bytes id = hex("06082a8648ce3d040302");  // ecdsa-with-SHA256
  const auto outer = std::find_end(der.begin(), der.end(), id.begin(), id.end());
  ASSERT_NE(outer, der.end());
  *(outer + 9) = 0x03;  // ecdsa-with-SHA384
  const auto certificate = Certificate::from_der(der);
  ASSERT_FALSE(certificate);
  EXPECT_EQ(certificate.error().code, core::ErrorCode::kMalformed);
}

TEST(CertificateDer, ExtensionThatStandsTwice) {
  const SigningKey key = new_key();
  const auto twice = Certificate::from_der(issue_der(
      {.extensions = {{"basicConstraints", "CA:FALSE"}, {"basicConstraints", "critical,CA:TRUE"}}},
      key, key));
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, core::ErrorCode::kDuplicate);
}

TEST(CertificateDer, OneEncodingOnly) {
  const core::Bytes long_value(0x90, 0x11);
  EXPECT_TRUE(check_der(joined(hex("048190"), long_value)));
  EXPECT_FALSE(check_der(joined(hex("04820090"), long_value)));  // length not shortest
  EXPECT_FALSE(
      check_der(hex("3080020101"
                    "0000")));  // indefinite length
  EXPECT_FALSE(
      check_der(hex("30810302"
                    "0101")));  // length not shortest
  EXPECT_FALSE(
      check_der(hex("020200"
                    "01")));  // integer not shortest
  EXPECT_FALSE(
      check_der(hex("0202ff"
                    "ff")));                         // negative integer not shortest
  EXPECT_FALSE(check_der(hex("0200")));              // integer without octets
  EXPECT_FALSE(check_der(hex("010101")));            // TRUE that is not FF
  EXPECT_FALSE(check_der(hex("03020101")));          // unused bit set
  EXPECT_FALSE(check_der(hex("030108")));            // eight unused bits
  EXPECT_FALSE(check_der(hex("2403040101")));        // string in pieces
  EXPECT_FALSE(check_der(hex("3106020102020101")));  // set not in order
  EXPECT_FALSE(check_der(hex("1003020101")));        // sequence in primitive form
  EXPECT_FALSE(check_der(hex("1f0100")));            // long tag
  EXPECT_FALSE(check_der(hex("0603805501")));        // padded object identifier
  EXPECT_FALSE(check_der(hex("05000500")));          // trailing value
  EXPECT_FALSE(check_der(hex("3005020101")));        // longer than what there is
  EXPECT_FALSE(check_der(hex("30858000000000")));    // length beyond 32 bits
  EXPECT_FALSE(check_der({}));
  EXPECT_TRUE(check_der(hex("3106020101020102")));
  EXPECT_TRUE(check_der(hex("0101ff")));
}

TEST(CertificateDer, DepthIsBounded) {
  const auto nested = [](int depth) {
    core::Bytes value = hex("0500");
    for (int i = 0; i < depth; ++i) value = test::der_value(0x30, value);
    return value;
  };
  EXPECT_TRUE(check_der(nested(24)));
  EXPECT_EQ(check_der(nested(25)).error().code, core::ErrorCode::kLimit);
  EXPECT_EQ(check_der(nested(5000)).error().code, core::ErrorCode::kLimit);
}

TEST(CertificateDer, ExtensionRebuiltWithAnotherBoolean) {
  // The flag of one extension written in, lengths corrected all the way up.
  const SigningKey key = new_key();
  const auto certificate = Certificate::from_der(
      issue_der({.extensions = {{"subjectKeyIdentifier", "hash"}}}, key, key));
  ASSERT_TRUE(certificate);
  const core::Bytes der = core::to_bytes(certificate->der());
  DerReader outer(der);
  DerReader parts(outer.next()->content);
  const DerValue content = *parts.next();
  const core::ByteView rest = core::ByteView(der).subspan(
      static_cast<std::size_t>(content.whole.data() + content.whole.size() - der.data()));
  DerReader fields(content.content);
  core::Bytes before;
  DerValue field = *fields.next();
  for (; field.tag != 0xa3; field = *fields.next()) before = joined(before, field.whole);
  DerReader extensions(DerReader(field.content).next()->content);
  DerReader extension(extensions.next()->content);
  const core::ByteView id = extension.next()->whole;
  const core::ByteView value = extension.next()->whole;
  const auto rebuilt = [&](core::ByteView critical) {
    const core::Bytes one = test::der_value(0x30, joined(joined(id, critical), value));
    const core::Bytes tagged = test::der_value(0xa3, test::der_value(0x30, one));
    return test::der_value(0x30, joined(test::der_value(0x30, joined(before, tagged)), rest));
  };
  EXPECT_EQ(rebuilt({}), der);
  EXPECT_TRUE(Certificate::from_der(rebuilt(hex("0101ff"))));
  EXPECT_EQ(Certificate::from_der(rebuilt(hex("010101"))).error().code,
            core::ErrorCode::kNotCanonical);
  EXPECT_FALSE(Certificate::from_der(rebuilt(hex("0101ff0101ff"))));
  EXPECT_FALSE(Certificate::from_der(rebuilt(hex("020101"))));
}

TEST(CertificatePem, OneBlockAndNothingElse) {
  const core::Bytes der = good_der();
  const std::string pem = write_pem(der, "CERTIFICATE");
  EXPECT_TRUE(Certificate::from_pem(pem));
  EXPECT_TRUE(Certificate::from_pem("\n \t" + pem + "\r\n "));
  for (const std::string& bad :
       {pem + pem, pem + "x", "x" + pem, std::string(), std::string("\n"),
        pem.substr(0, pem.size() - 3), write_pem(der, "TRUSTED CERTIFICATE"),
        write_pem(der, "PUBLIC KEY"), write_pem({}, "CERTIFICATE")}) {
    EXPECT_FALSE(Certificate::from_pem(bad)) << bad.substr(0, 60);
  }
  std::string header = pem;
  header.insert(pem.find('\n') + 1, "Proc-Type: 4,ENCRYPTED\n\n");
  EXPECT_FALSE(Certificate::from_pem(header));
  std::string one_line = pem;
  one_line.erase(pem.find('\n'), 1);
  EXPECT_FALSE(Certificate::from_pem(one_line));
  std::string gap = pem;
  gap.insert(pem.find('\n') + 5, " ");
  EXPECT_FALSE(Certificate::from_pem(gap));
}

TEST(CertificatePem, Lists) {
  const std::string pem = write_pem(good_der(), "CERTIFICATE");
  std::string many;
  for (int i = 0; i < 64; ++i) many += pem;
  EXPECT_EQ(Certificate::list_from_pem(many)->size(), 64u);
  EXPECT_EQ(Certificate::list_from_pem(many + pem).error().code, core::ErrorCode::kLimit);
  EXPECT_FALSE(Certificate::list_from_pem(""));
  EXPECT_FALSE(Certificate::list_from_pem(pem + "text between\n" + pem));
}

}  // namespace
}  // namespace heyan::crypto
