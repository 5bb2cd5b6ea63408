// Zip, form, CMS signatures, manifests and time stamps of containers.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "court_adapters/asic/names.h"
#include "tests/unit/asic/authority.h"
#include "tests/unit/asic/containers.h"
#include "verifier/crypto/timestamp.h"

namespace heyan::court_adapters::asic {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fixture of this folder

class ContainerTest : public ::testing::Test {
 protected:
  Zip cades() const {
    const std::string manifest =
        manifest_of("META-INF/signature001.p7s", {{"a.txt", "one"}, {"b/%E4%BA%8C.txt", "two"}});
    return {extended(), file_of("a.txt", "one"), file_of("b/二.txt", "two"),
            file_of("META-INF/ASiCManifest.xml", manifest),
            file_of("META-INF/signature001.p7s", signer_.cms(manifest))};
  }
  Zip simple_cades() const {
    return {simple(), file_of("a.txt", "one"),
            file_of("META-INF/signature.p7s", signer_.cms("one"))};
  }
  static void without(Zip& zip, std::string_view name) {
    std::erase_if(zip, [&](const auto& part) { return part.name == name; });
  }
  Signer signer_{"Court clerk"};
};

TEST_F(ContainerTest, FormsAreTold) {
  EXPECT_EQ(assessed(cades()).result, Result::kIntact);
  EXPECT_EQ(assessed(cades()).form, Form::kExtendedCades);
  EXPECT_EQ(assessed(simple_cades()).result, Result::kIntact);
  EXPECT_EQ(assessed(simple_cades()).form, Form::kSimpleCades);
}

TEST_F(ContainerTest, TheManifestIsWhatIsSigned) {
  Zip zip = cades();
  zip[3].content.insert(zip[3].content.find("<asic:Data"), " ");
  EXPECT_EQ(codes(assessed(zip)), (Codes{"content-mismatch", "not-covered"}));
  EXPECT_EQ(assessed(zip).result, Result::kInvalid);
}

TEST_F(ContainerTest, AFileOfAManifestMayNotChangeOrGo) {
  Zip zip = cades();
  zip[1].content = "One";
  EXPECT_EQ(codes(assessed(zip)), (Codes{"digest-mismatch", "not-covered"}));
  zip.erase(zip.begin() + 1);
  EXPECT_EQ(codes(assessed(zip)), (Codes{"object-missing", "not-covered"}));
  EXPECT_EQ(assessed(zip).result, Result::kInvalid);
}

TEST_F(ContainerTest, PairsAreMadeByReferenceAndNotByName) {
  Zip zip = cades();
  zip[3].name = "META-INF/ASiCManifest9.xml";
  EXPECT_EQ(assessed(zip).result, Result::kIntact);
  zip[4].name = "META-INF/signature9.p7s";
  EXPECT_EQ(codes(assessed(zip)),
            (Codes{"object-missing", "signature-unreferenced", "not-covered", "no-signature"}));
}

TEST_F(ContainerTest, AManifestOfBadFormIsUnreadable) {
  for (const std::string& manifest :
       std::vector<std::string>{std::string("<a/>"), std::string(), std::string("<!DOCTYPE a><a/>"),
                                manifest_of("META-INF/signature001.p7s", {})}) {
    Zip zip = cades();
    zip[3].content = manifest;
    EXPECT_TRUE(codes(assessed(zip)).contains("manifest-unreadable")) << manifest;
    EXPECT_EQ(assessed(zip).result, Result::kInvalid);
  }
}

TEST_F(ContainerTest, ASignatureThatNobodyRefersToCountsForNothing) {
  Zip zip = cades();
  zip.push_back(file_of("META-INF/signature002.p7s", "rubbish"));
  EXPECT_EQ(codes(assessed(zip)), Codes{"signature-unreferenced"});
  EXPECT_EQ(assessed(zip).result, Result::kWarn);
}

TEST_F(ContainerTest, RubbishIsNoSignature) {
  Zip zip = cades();
  zip[4].content = "rubbish";
  EXPECT_EQ(codes(assessed(zip)), (Codes{"signature-unreadable", "not-covered", "no-signature"}));
}

TEST_F(ContainerTest, TheMimetypeComesFirstAndStored) {
  Zip zip = cades();
  std::ranges::rotate(zip, zip.begin() + 1);
  EXPECT_EQ(codes(assessed(zip)), Codes{"mimetype-not-first"});
  EXPECT_EQ(assessed(zip).result, Result::kWarn);
  without(zip, "mimetype");
  EXPECT_EQ(codes(assessed(zip)), Codes{"mimetype-missing"});
  zip.insert(zip.begin(), file_of("mimetype", "application/vnd.etsi.asic-e+zip\n"));
  EXPECT_EQ(codes(assessed(zip)), Codes{"mimetype-inexact"});
}

TEST_F(ContainerTest, AContradictionIsAnError) {
  Zip zip = cades();
  zip[0] = simple();
  EXPECT_TRUE(codes(assessed(zip)).contains("type-mismatch"));
  EXPECT_EQ(assessed(zip).result, Result::kInvalid);
  zip = simple_cades();
  zip[0] = extended();
  EXPECT_TRUE(codes(assessed(zip)).contains("type-mismatch"));
  EXPECT_EQ(assessed(zip).result, Result::kInvalid);
  zip[0] = file_of("mimetype", "application/zip");
  EXPECT_TRUE(codes(assessed(zip)).contains("type-mismatch"));
}

TEST_F(ContainerTest, AsicSHoldsOneObjectAtTheRoot) {
  Zip zip = simple_cades();
  zip.push_back(file_of("c.txt", "three"));
  EXPECT_EQ(codes(assessed(zip)), (Codes{"extra-object", "not-covered"}));
  EXPECT_EQ(assessed(zip).result, Result::kInvalid);
  zip = simple_cades();
  zip[1].name = "folder/a.txt";
  EXPECT_EQ(codes(assessed(zip)), Codes{"extra-object"});
  zip.erase(zip.begin() + 1);
  EXPECT_TRUE(codes(assessed(zip)).contains("no-object"));
}

TEST_F(ContainerTest, WhatIsNoContainerIsSaidToBeNone) {
  EXPECT_EQ(assessed({file_of("a.txt", "x")}).result, Result::kNotAsic);
  EXPECT_EQ(assessed({file_of("mimetype", "application/epub+zip"), file_of("a", "x")}).result,
            Result::kNotAsic);
  EXPECT_EQ(assessed(core::to_bytes("%PDF-1.7")).result, Result::kNotAsic);
  EXPECT_EQ(assessed(core::Bytes()).result, Result::kNotAsic);
  EXPECT_EQ(codes(assessed({extended(), file_of("a", "x")})),
            (Codes{"not-covered", "no-signature"}));
}

TEST_F(ContainerTest, ZipsThatReadersSeeDifferentlyAreRefused) {
  Zip zip = cades();
  zip.push_back(file_of("a.txt", "other"));
  EXPECT_EQ(codes(assessed(zip)), Codes{"duplicate-entry"});
  zip.back().name = "A.TXT";
  EXPECT_EQ(codes(assessed(zip)), Codes{"duplicate-entry"});
  zip.back().name = "../a.txt";
  EXPECT_EQ(codes(assessed(zip)), Codes{"unsafe-name"});
  zip.back().name = "c.txt";
  zip.back().local_name = "d.txt";
  EXPECT_EQ(codes(assessed(zip)), Codes{"zip-damaged"});
  zip.back().local_name.reset();
  zip.back().flags = 0x0801;
  EXPECT_EQ(codes(assessed(zip)), Codes{"zip-unsupported"});
  core::Bytes cut = build_zip(cades());
  cut.front() ^= 1;
  EXPECT_EQ(codes(assessed(cut)), Codes{"zip-damaged"});
}

TEST_F(ContainerTest, AnEntryThatCannotBeReadIsNotCovered) {
  Zip zip = cades();
  zip[1].crc = 7;
  EXPECT_EQ(codes(assessed(zip)), (Codes{"zip-damaged", "not-covered"}));
  EXPECT_EQ(assessed(zip).result, Result::kInvalid);
}

TEST_F(ContainerTest, SignaturesBeyondTheLimitAreNotLookedAt) {
  Zip zip = cades();
  for (int i = 0; i < 300; ++i) {
    zip.push_back(file_of("META-INF/signatures" + std::to_string(i) + ".xml", "rubbish"));
  }
  const Assessment found = assessed(zip);
  EXPECT_EQ(found.result, Result::kInvalid);
  EXPECT_TRUE(codes(found).contains("undecided"));
  EXPECT_LT(found.faults.size(), 270u);
}

TEST_F(ContainerTest, FaultsBeyondTheLimitAreNotListedButCount) {
  std::vector<std::pair<std::string, std::string>> gone(3000, {"gone.txt", "x"});
  const std::string manifest = manifest_of("META-INF/s.p7s", gone);
  const Assessment found =
      assessed({extended(), file_of("a.txt", "one"), file_of("META-INF/ASiCManifest.xml", manifest),
                file_of("META-INF/s.p7s", signer_.cms(manifest))});
  EXPECT_EQ(found.result, Result::kInvalid);
  EXPECT_LE(found.faults.size(), kMostFaults + 3);
}

TEST_F(ContainerTest, NamesInMetaInfAreOneOfAList) {
  EXPECT_EQ(kind_of("META-INF/my-signatures-2.xml"), EntryKind::kXmlSignatures);
  EXPECT_EQ(kind_of("META-INF/ASiCManifest.xml"), EntryKind::kManifest);
  EXPECT_EQ(kind_of("META-INF/ASiCArchiveManifest001.xml"), EntryKind::kArchiveManifest);
  EXPECT_EQ(kind_of("META-INF/manifest.xml"), EntryKind::kOther);
  for (const std::string_view name :
       {"META-INF/a.pdf", "META-INF/x/signature.p7s", "meta-inf/signature.p7s", "signature.p7s",
        "META-INF/mimetype", "META-INF/signatures.pdf"}) {
    EXPECT_EQ(kind_of(name), EntryKind::kObject) << name;
  }
}

TEST_F(ContainerTest, AddressesAreUndoneOnce) {
  EXPECT_EQ(name_of("a%20b"), "a b");
  EXPECT_EQ(name_of("%252e"), "%2e");
  EXPECT_EQ(name_of("a+b"), "a+b");
  EXPECT_EQ(name_of("a/b:c"), "a/b:c");
  for (const std::string_view address :
       {"", "/a", "%2Fa", "a:b", "a?b", "a#b", "%", "%4", "%zz", "%ff", "a%"}) {
    EXPECT_EQ(name_of(address), std::nullopt) << address;
  }
}

// Containers of others: DSS and libdigidocpp made them.
core::Bytes entry_of(const std::string& container, std::string_view name) {
  const core::Bytes bytes = contents::testing::vector_bytes("courts/asic/" + container);
  const contents::MemorySource source(bytes);
  auto archive = contents::ZipArchive::open(source, {});
  return core::to_bytes(contents::testing::content_of(*archive, name));
}

class TimestampTest : public ContainerTest {
 protected:
  core::Result<crypto::TimestampToken> read(core::ByteView bytes) {
    crypto::SignatureChecker checker(crypto::production_engines(), core::Limits());
    return crypto::read_timestamp(bytes, checker);
  }
  const core::Bytes token_ = entry_of("tst-s-ok.asics", "META-INF/timestamp.tst");
  const core::Bytes object_ = entry_of("tst-s-ok.asics", "test1.txt");
};

TEST_F(TimestampTest, SaysWhenAndOfWhat) {
  const auto token = read(token_);
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(token->signer.fault, crypto::SignerFault::kNone);
  EXPECT_EQ(core::format_rfc3339(token->info->time), "2016-11-02T11:07:45Z");
  EXPECT_EQ(token->info->imprint, crypto::sha256(object_));
}

TEST_F(TimestampTest, NoChangedByteSaysAnythingElse) {
  const auto right = read(token_);
  for (std::size_t i = 0; i < token_.size(); i += 3) {
    core::Bytes changed = token_;
    changed[i] ^= 0x01;
    const auto token = read(changed);
    if (!token || !token->faults.empty() || token->signer.fault != crypto::SignerFault::kNone)
      continue;
    EXPECT_EQ(token->info->time, right->info->time) << i;
    EXPECT_EQ(token->info->imprint, right->info->imprint) << i;
  }
}

TEST_F(TimestampTest, NothingIsMissingOrBehindIt) {
  for (std::size_t size = 0; size < token_.size(); size += 7) {
    EXPECT_FALSE(read(core::ByteView(token_).first(size)).has_value()) << size;
  }
  core::Bytes more = token_;
  more.push_back(0);
  EXPECT_FALSE(read(more).has_value());
}

TEST_F(TimestampTest, CoversTheObjectOfAsicS) {
  const auto zip = [&](const std::string& content) {
    return Zip{simple(), file_of("test1.txt", content),
               file_of("META-INF/timestamp.tst", core::to_string(token_))};
  };
  const Assessment found = assessed(zip(core::to_string(object_)));
  EXPECT_EQ(found.result, Result::kIntact);
  EXPECT_EQ(found.form, Form::kSimpleTimestamp);
  EXPECT_EQ(codes(assessed(zip("else"))), (Codes{"imprint-mismatch", "not-covered"}));
}

TEST_F(TimestampTest, BerOfAnAuthorityIsRead) {
  const core::Bytes ber = entry_of("cades-e-bad-archive.asice", "META-INF/timestamp001.tst");
  ASSERT_EQ(ber[1], 0x80);
  const auto token = read(ber);
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(core::format_rfc3339(token->info->time), "2018-04-22T20:45:21Z");
  EXPECT_EQ(token->signer.fault, crypto::SignerFault::kWeakDigest);  // SHA-1
}

// An archive stamp is wrong in part only, and one that was renewed is not wrong.
TEST_F(TimestampTest, ArchiveStampsOfOthersHold) {
  const auto container = [](const std::string& name) {
    return assessed(contents::testing::vector_bytes("courts/asic/" + name));
  };
  EXPECT_EQ(container("cades-e-ok-lta.asice").result, Result::kIntact);
  const Assessment broken = container("cades-e-bad-archive.asice");
  EXPECT_EQ(broken.result, Result::kPartial);
  EXPECT_TRUE(std::ranges::all_of(broken.objects, &Object::covered));
}

// Archive manifests over a signature file that grew after the first of them.
class RenewedTest : public ContainerTest {
 protected:
  // Stamped over the one archive manifest, and a second later over the other.
  Zip stamped(const std::string& older, const std::string& newer) {
    Zip zip = zip_;
    zip.push_back(file_of("META-INF/ASiCArchiveManifest1.xml", older));
    zip.push_back(file_of("META-INF/1.tst", authority_.stamp(older)));
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // times are whole seconds
    zip.push_back(file_of("META-INF/ASiCArchiveManifest2.xml", newer));
    zip.push_back(file_of("META-INF/2.tst", authority_.stamp(newer)));
    return zip;
  }
  // Stamps over `first`, and a second later over `second`, of the signature file as it was then.
  Zip renewed(const std::string& first, const std::string& second) {
    const std::string signature = "META-INF/signature001.p7s";
    const std::string older = manifest_of("META-INF/1.tst", {{signature, first}});
    const std::string newer = manifest_of("META-INF/2.tst", {{signature, second}});
    return stamped(older, newer);
  }
  const Zip zip_ = cades();
  Authority authority_;
};

// Whether the file grew or another was put in its place, nobody can tell: the older stamp is never
// intact, and so makes no signature older than it is.
TEST_F(RenewedTest, AnOlderStampOfOtherBytesIsNotJudged) {
  Zip zip = renewed("as it was", zip_[4].content);
  const Assessment found = assessed(zip);
  EXPECT_EQ(codes(found), Codes{"renewed-stamp-not-judged"});
  EXPECT_EQ(found.result, Result::kIntact);
  ASSERT_EQ(found.signatures.size(), 3u);
  EXPECT_TRUE(found.signatures[0].intact);
  EXPECT_FALSE(found.signatures[1].intact);
  EXPECT_TRUE(found.signatures[2].intact);
  // Without the later one, and with a later one that is wrong, it is wrong in part.
  Zip alone(zip.begin(), zip.begin() + 7);
  EXPECT_EQ(codes(assessed(alone)), Codes{"digest-mismatch"});
  EXPECT_EQ(assessed(alone).result, Result::kPartial);
  std::swap(zip[6].content, zip[8].content);
  EXPECT_EQ(assessed(zip).result, Result::kPartial);
}

TEST_F(RenewedTest, ALaterStampThatIsNotIntactExcusesNothing) {
  const std::string signature = "META-INF/signature001.p7s";
  const std::string older = manifest_of("META-INF/1.tst", {{signature, "as it was"}});
  const std::string newer =
      manifest_of("META-INF/2.tst", {{signature, zip_[4].content}, {"a.txt", "else"}});
  EXPECT_EQ(codes(assessed(stamped(older, newer))), Codes{"digest-mismatch"});
}

TEST_F(RenewedTest, AnEarlierStampRenewsNothing) {
  const Assessment found = assessed(renewed(zip_[4].content, "as it was"));
  EXPECT_EQ(codes(found), Codes{"digest-mismatch"});
  EXPECT_EQ(found.result, Result::kPartial);
}

TEST_F(RenewedTest, ASignatureThatNamesNoCertificateCountsForNobody) {
  EXPECT_EQ(codes(assessed({simple(), file_of("a.txt", "one"),
                            file_of("META-INF/signature.p7s", authority_.sign_unbound("one"))})),
            (Codes{"signer-unbound", "not-covered"}));
}

TEST_F(RenewedTest, AFileThatIsNoSignatureDoesNotGrow) {
  const std::string older = manifest_of("META-INF/1.tst", {{"a.txt", "as it was"}});
  const std::string newer = manifest_of("META-INF/2.tst", {{"a.txt", "one"}});
  EXPECT_EQ(codes(assessed(stamped(older, newer))), Codes{"digest-mismatch"});
}

TEST_F(RenewedTest, StampsOfManifestsCoverFiles) {
  const std::string manifest = manifest_of("META-INF/1.tst", {{"a.txt", "one"}});
  const Zip zip = {extended(), file_of("a.txt", "one"),
                   file_of("META-INF/ASiCManifest.xml", manifest),
                   file_of("META-INF/1.tst", authority_.stamp(manifest))};
  EXPECT_EQ(assessed(zip).result, Result::kIntact);
  EXPECT_EQ(assessed(zip).form, Form::kExtendedTimestamp);
}

TEST_F(RenewedTest, AuthoritiesAreForTimeStampingAlone) {
  const auto result = [](const std::string& token) {
    return codes(
        assessed({simple(), file_of("a.txt", "one"), file_of("META-INF/timestamp.tst", token)}));
  };
  EXPECT_EQ(result(authority_.stamp("one")), Codes{});
  EXPECT_EQ(result(Authority().stamp_as("critical,timeStamping", "one")), Codes{});
  for (const std::string usage :
       {"timeStamping", "critical,timeStamping,codeSigning", "critical,codeSigning"}) {
    EXPECT_TRUE(result(Authority().stamp_as(usage, "one")).contains("signature-unreadable"))
        << usage;
  }
}

TEST_F(RenewedTest, AnImprintOfSha1IsNotSupported) {
  const std::string token = authority_.stamp("one", "sha1");
  ASSERT_FALSE(token.empty());
  EXPECT_TRUE(
      codes(assessed({simple(), file_of("a.txt", "one"), file_of("META-INF/timestamp.tst", token)}))
          .contains("signature-unreadable"));
}

TEST(WeakKey, FitsTheBytesAndLeadsNowhere) {
  const core::Bytes bytes = contents::testing::vector_bytes("courts/asic/xades-e-ok-testpki.asice");
  const Assessment first = assessed(bytes);
  EXPECT_EQ(first.result, Result::kIntact);
  EXPECT_EQ(codes(first), Codes{"weak-key"});
  const std::array anchors = {*first.signatures[0].signature.certificate};
  EXPECT_FALSE(assessed(bytes, anchors, "2013-06-01T00:00:00Z").signatures[0].trusted);
}

}  // namespace
}  // namespace heyan::court_adapters::asic
