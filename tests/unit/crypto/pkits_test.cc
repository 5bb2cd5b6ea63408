// NIST PKITS: third-party certification paths (sections 4.1 to 4.3, 4.5 to 4.7 and 4.16) and
// revocation lists (4.4).
#include <gtest/gtest.h>

#include "tests/unit/crypto/issuer.h"
#include "tests/unit/crypto/vectors.h"
#include "verifier/crypto/certificate.h"

namespace heyan::crypto {
namespace {

constexpr std::string_view kTime = "2024-06-01T00:00:00Z";

std::string folder() { return std::string(HEYAN_VECTORS) + "/crypto/pkits/"; }

core::Result<Certificate> read(const std::string& name) {
  return Certificate::from_der(test::read_file(folder() + name + ".crt"));
}

core::Result<RevocationList> read_list(const std::string& name) {
  return RevocationList::from_der(test::read_file(folder() + name + ".crl"));
}

struct PathCase {
  const char* section;
  const char* leaf;
  std::vector<const char*> authorities;  // below the trust anchor
  ChainFault fault;
};

void PrintTo(const PathCase& path, std::ostream* out) { *out << path.section << " " << path.leaf; }

class Pkits : public testing::TestWithParam<PathCase> {};

TEST_P(Pkits, Path) {
  const auto anchor = read("TrustAnchorRootCertificate");
  const auto leaf = read(GetParam().leaf);
  ASSERT_TRUE(anchor && leaf);
  std::vector<Certificate> authorities;
  for (const char* name : GetParam().authorities) {
    const auto authority = read(name);
    ASSERT_TRUE(authority) << name << ": " << authority.error().text;
    authorities.insert(authorities.begin(), *authority);
  }
  SignatureChecker checker(production_engines(), {});
  const Chain chain =
      verify_chain(*leaf, std::span(&*anchor, 1), authorities, test::at(kTime), checker);
  EXPECT_EQ(chain.fault, GetParam().fault);
  EXPECT_FALSE(checker.disagreed());
  if (GetParam().fault != ChainFault::kNone) {
    EXPECT_TRUE(chain.path.empty());
    return;
  }
  ASSERT_EQ(chain.path.size(), authorities.size() + 2);
  EXPECT_EQ(chain.path.front(), *leaf);
  EXPECT_EQ(chain.path.back(), *anchor);
}

using F = ChainFault;
INSTANTIATE_TEST_SUITE_P(
    Paths, Pkits,
    testing::Values(
        PathCase{"4.1.1", "ValidCertificatePathTest1EE", {"GoodCACert"}, F::kNone},
        PathCase{"4.1.3", "InvalidEESignatureTest3EE", {"GoodCACert"}, F::kNoPath},
        PathCase{
            "4.2.1", "InvalidCAnotBeforeDateTest1EE", {"BadnotBeforeDateCACert"}, F::kNotYetValid},
        PathCase{"4.2.2", "InvalidEEnotBeforeDateTest2EE", {"GoodCACert"}, F::kNotYetValid},
        PathCase{"4.2.3", "Validpre2000UTCnotBeforeDateTest3EE", {"GoodCACert"}, F::kNone},
        PathCase{"4.2.4", "ValidGeneralizedTimenotBeforeDateTest4EE", {"GoodCACert"}, F::kNone},
        PathCase{"4.2.5", "InvalidCAnotAfterDateTest5EE", {"BadnotAfterDateCACert"}, F::kExpired},
        PathCase{"4.2.6", "InvalidEEnotAfterDateTest6EE", {"GoodCACert"}, F::kExpired},
        PathCase{"4.2.7", "Invalidpre2000UTCEEnotAfterDateTest7EE", {"GoodCACert"}, F::kExpired},
        PathCase{"4.2.8", "ValidGeneralizedTimenotAfterDateTest8EE", {"GoodCACert"}, F::kNone},
        PathCase{"4.3.1", "InvalidNameChainingTest1EE", {"GoodCACert"}, F::kNoPath},
        PathCase{"4.3.2", "InvalidNameChainingOrderTest2EE", {"NameOrderingCACert"}, F::kNoPath},
        PathCase{"4.3.3", "ValidNameChainingWhitespaceTest3EE", {"GoodCACert"}, F::kNone},
        PathCase{"4.3.4", "ValidNameChainingWhitespaceTest4EE", {"GoodCACert"}, F::kNone},
        PathCase{"4.3.5", "ValidNameChainingCapitalizationTest5EE", {"GoodCACert"}, F::kNone},
        PathCase{"4.3.6", "ValidNameUIDsTest6EE", {"UIDCACert"}, F::kNone},
        PathCase{"4.3.7",
                 "ValidRFC3280MandatoryAttributeTypesTest7EE",
                 {"RFC3280MandatoryAttributeTypesCACert"},
                 F::kNone},
        PathCase{"4.3.8",
                 "ValidRFC3280OptionalAttributeTypesTest8EE",
                 {"RFC3280OptionalAttributeTypesCACert"},
                 F::kNone},
        PathCase{"4.3.9",
                 "ValidUTF8StringEncodedNamesTest9EE",
                 {"UTF8StringEncodedNamesCACert"},
                 F::kNone},
        PathCase{"4.3.10",
                 "ValidRolloverfromPrintableStringtoUTF8StringTest10EE",
                 {"RolloverfromPrintableStringtoUTF8StringCACert"},
                 F::kNone},
        PathCase{"4.3.11",
                 "ValidUTF8StringCaseInsensitiveMatchTest11EE",
                 {"UTF8StringCaseInsensitiveMatchCACert"},
                 F::kNone},
        PathCase{"4.5.1",
                 "ValidBasicSelfIssuedOldWithNewTest1EE",
                 {"BasicSelfIssuedNewKeyCACert", "BasicSelfIssuedNewKeyOldWithNewCACert"},
                 F::kNone},
        PathCase{"4.5.3",
                 "ValidBasicSelfIssuedNewWithOldTest3EE",
                 {"BasicSelfIssuedOldKeyCACert", "BasicSelfIssuedOldKeyNewWithOldCACert"},
                 F::kNone}),
    [](const auto& one) { return std::string(one.param.leaf); });

INSTANTIATE_TEST_SUITE_P(
    Constraints, Pkits,
    testing::Values(
        PathCase{"4.6.1",
                 "InvalidMissingbasicConstraintsTest1EE",
                 {"MissingbasicConstraintsCACert"},
                 F::kNoPath},
        PathCase{"4.6.2",
                 "InvalidcAFalseTest2EE",
                 {"basicConstraintsCriticalcAFalseCACert"},
                 F::kNoPath},
        PathCase{"4.6.3",
                 "InvalidcAFalseTest3EE",
                 {"basicConstraintsNotCriticalcAFalseCACert"},
                 F::kNoPath},
        PathCase{"4.6.4",
                 "ValidbasicConstraintsNotCriticalTest4EE",
                 {"basicConstraintsNotCriticalCACert"},
                 F::kNone},
        PathCase{"4.6.5",
                 "InvalidpathLenConstraintTest5EE",
                 {"pathLenConstraint0CACert", "pathLenConstraint0subCACert"},
                 F::kConstraint},
        PathCase{"4.6.6",
                 "InvalidpathLenConstraintTest6EE",
                 {"pathLenConstraint0CACert", "pathLenConstraint0subCACert"},
                 F::kConstraint},
        PathCase{"4.6.7", "ValidpathLenConstraintTest7EE", {"pathLenConstraint0CACert"}, F::kNone},
        PathCase{"4.6.8", "ValidpathLenConstraintTest8EE", {"pathLenConstraint0CACert"}, F::kNone},
        PathCase{"4.6.9",
                 "InvalidpathLenConstraintTest9EE",
                 {"pathLenConstraint6CACert", "pathLenConstraint6subCA0Cert",
                  "pathLenConstraint6subsubCA00Cert"},
                 F::kConstraint},
        PathCase{"4.6.10",
                 "InvalidpathLenConstraintTest10EE",
                 {"pathLenConstraint6CACert", "pathLenConstraint6subCA0Cert",
                  "pathLenConstraint6subsubCA00Cert"},
                 F::kConstraint},
        PathCase{"4.6.11",
                 "InvalidpathLenConstraintTest11EE",
                 {"pathLenConstraint6CACert", "pathLenConstraint6subCA1Cert",
                  "pathLenConstraint6subsubCA11Cert", "pathLenConstraint6subsubsubCA11XCert"},
                 F::kConstraint},
        PathCase{"4.6.13",
                 "ValidpathLenConstraintTest13EE",
                 {"pathLenConstraint6CACert", "pathLenConstraint6subCA4Cert",
                  "pathLenConstraint6subsubCA41Cert", "pathLenConstraint6subsubsubCA41XCert"},
                 F::kNone},
        PathCase{"4.6.15",
                 "ValidSelfIssuedpathLenConstraintTest15EE",
                 {"pathLenConstraint0CACert", "pathLenConstraint0SelfIssuedCACert"},
                 F::kNone},
        PathCase{"4.6.16",
                 "InvalidSelfIssuedpathLenConstraintTest16EE",
                 {"pathLenConstraint0CACert", "pathLenConstraint0SelfIssuedCACert",
                  "pathLenConstraint0subCA2Cert"},
                 F::kConstraint},
        PathCase{"4.6.17",
                 "ValidSelfIssuedpathLenConstraintTest17EE",
                 {"pathLenConstraint1CACert", "pathLenConstraint1SelfIssuedCACert",
                  "pathLenConstraint1subCACert", "pathLenConstraint1SelfIssuedsubCACert"},
                 F::kNone},
        PathCase{"4.7.1",
                 "InvalidkeyUsageCriticalkeyCertSignFalseTest1EE",
                 {"keyUsageCriticalkeyCertSignFalseCACert"},
                 F::kConstraint},
        PathCase{"4.7.2",
                 "InvalidkeyUsageNotCriticalkeyCertSignFalseTest2EE",
                 {"keyUsageNotCriticalkeyCertSignFalseCACert"},
                 F::kConstraint},
        PathCase{
            "4.7.3", "ValidkeyUsageNotCriticalTest3EE", {"keyUsageNotCriticalCACert"}, F::kNone},
        PathCase{"4.16.1", "ValidUnknownNotCriticalCertificateExtensionTest1EE", {}, F::kNone},
        PathCase{
            "4.16.2", "InvalidUnknownCriticalCertificateExtensionTest2EE", {}, F::kConstraint}),
    [](const auto& one) { return std::string(one.param.leaf); });

TEST(PkitsCertificates, DsaKeysAreNotSupported) {
  const auto authority = read("DSACACert");
  ASSERT_FALSE(authority);
  EXPECT_EQ(authority.error().code, core::ErrorCode::kUnsupported);
}

TEST(PkitsCertificates, BadSignaturesOfTheSuiteAreNoWholeOctets) {
  // 4.1.2 and 4.4.4 spoil the count of unused bits: refused before any signature is looked at.
  const auto authority = read("BadSignedCACert");
  ASSERT_FALSE(authority);
  EXPECT_EQ(authority.error().code, core::ErrorCode::kMalformed);
  const auto list = read_list("BadCRLSignatureCACRL");
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().code, core::ErrorCode::kMalformed);
}

struct ListCase {
  const char* authority;
  const char* list;
  const char* leaf;
  bool revoked;
};

TEST(PkitsLists, SerialsAndSignatures) {
  for (const ListCase& one :
       {ListCase{"GoodCACert", "GoodCACRL", "ValidCertificatePathTest1EE", false},
        ListCase{"GoodCACert", "GoodCACRL", "InvalidRevokedEETest3EE", true},
        ListCase{"GoodCACert", "GoodCACRL", "RevokedsubCACert", true},
        ListCase{"NegativeSerialNumberCACert", "NegativeSerialNumberCACRL",
                 "ValidNegativeSerialNumberTest14EE", false},
        ListCase{"NegativeSerialNumberCACert", "NegativeSerialNumberCACRL",
                 "InvalidNegativeSerialNumberTest15EE", true},
        ListCase{"LongSerialNumberCACert", "LongSerialNumberCACRL", "ValidLongSerialNumberTest17EE",
                 false},
        ListCase{"LongSerialNumberCACert", "LongSerialNumberCACRL",
                 "InvalidLongSerialNumberTest18EE", true}}) {
    const auto authority = read(one.authority);
    const auto list = read_list(one.list);
    const auto leaf = read(one.leaf);
    ASSERT_TRUE(authority && list && leaf) << one.leaf;
    SignatureChecker checker(production_engines(), {});
    EXPECT_EQ(list->verify_signed_by(*authority, checker), SignatureOutcome::kValid) << one.list;
    EXPECT_EQ(list->revoked_at(leaf->serial()).has_value(), one.revoked) << one.leaf;
    EXPECT_TRUE(core::equal(list->authority_key_id(), authority->subject_key_id())) << one.list;
    EXPECT_TRUE(core::equal(list->issuer(), authority->subject())) << one.list;
  }
}

TEST(PkitsLists, PartialListsAreRefused) {
  for (const char* name : {"UnknownCRLExtensionCACRL", "UnknownCRLEntryExtensionCACRL",
                           "indirectCRLCA1CRL", "deltaCRLCA1deltaCRL", "onlyContainsUserCertsCACRL",
                           "onlySomeReasonsCA1compromiseCRL", "distributionPoint1CACRL"}) {
    const auto list = read_list(name);
    ASSERT_FALSE(list) << name;
    EXPECT_EQ(list.error().code, core::ErrorCode::kUnsupported) << name;
  }
}

}  // namespace
}  // namespace heyan::crypto
