// A container as a filing, and the answers to it.
#include "court_adapters/adapter.h"

#include <gtest/gtest.h>

#include "tests/unit/asic/authority.h"
#include "tests/unit/asic/containers.h"
#include "verifier/contents/submission_reader.h"
#include "verifier/core/json.h"
#include "verifier/crypto/pem.h"

namespace heyan::court_adapters::asic {

const CourtAdapter& adapter();

namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fixture of this folder

constexpr std::string_view kType = "application/vnd.etsi.asic-e+zip";

class AdapterTest : public ::testing::Test {
 protected:
  AdapterTest() {
    const std::string manifest = manifest_of("META-INF/s.p7s", {{"%E5%88%A4%E5%86%B3.PDF", "one"}});
    zip_ = {extended(), file_of("判决.PDF", "one"), file_of("x/more", "two"),
            file_of("META-INF/ASiCManifest.xml", manifest),
            file_of("META-INF/s.p7s", signer_.cms(manifest))};
  }
  std::expected<Filing, std::vector<Defect>> decode(std::string_view type = kType) {
    bytes_ = build_zip(zip_);
    source_.emplace(bytes_);
    return adapter().decode(request(type), {});
  }
  Request request(std::string_view type) const {
    Request request;
    request.content_type = std::string(type);
    request.message = &*source_;
    request.received_at_ms = core::to_unix_ms(*core::parse_rfc3339("2027-01-01T00:00:00Z"));
    request.settings = &settings_;
    return request;
  }
  static std::string text_of(const File& file) {
    std::string text;
    const auto& from = std::get<std::function<core::Result<void>(const Write&)>>(file.from);
    const auto read = from([&](core::ByteView bytes) -> core::Result<void> {
      text += core::as_text(bytes);
      return {};
    });
    return read ? text : "not read";
  }
  static std::vector<std::string> remarks_of(const Filing& filing, std::string_view item) {
    std::vector<std::string> found;
    for (const Remark& remark : filing.remarks) {
      if (remark.item == item) found.push_back(remark.code);
    }
    return found;
  }
  static std::string all_details(const Filing& filing) {
    std::string text;
    for (const Remark& remark : filing.remarks) text += remark.detail + "\n";
    return text;
  }
  std::string first_code(std::string_view type = kType) {
    const auto filing = decode(type);
    return filing ? "a filing" : filing.error().front().code;
  }

  Signer signer_{"Court clerk"};
  Zip zip_;
  core::Bytes bytes_;
  std::optional<contents::MemorySource> source_;
  Settings settings_;
};

TEST_F(AdapterTest, EachObjectIsAnItem) {
  const auto filing = decode();
  ASSERT_TRUE(filing.has_value());
  ASSERT_EQ(filing->submission.evidence_size(), 2);
  const v1::Item& first = filing->submission.evidence(0);
  EXPECT_EQ(first.name(), "判决.PDF");
  EXPECT_EQ(first.file().path(), "objects/0001.pdf");
  ASSERT_EQ(first.file().digests_size(), 1);
  EXPECT_EQ(core::to_base64(core::as_bytes(first.file().digests(0).value())), digest_of("one"));
  EXPECT_EQ(filing->submission.evidence(1).file().path(), "objects/0002");
  EXPECT_EQ(filing->submission.evidence(1).file().digests_size(), 0);
  ASSERT_EQ(filing->files.size(), 2u);
  EXPECT_EQ(text_of(filing->files[0]), "one");
  EXPECT_EQ(text_of(filing->files[1]), "two");
}

TEST_F(AdapterTest, TheSubmissionReadsAgain) {
  const auto filing = decode();
  ASSERT_TRUE(filing.has_value());
  const std::string json =
      core::json::write_canonical(contents::write_submission(filing->submission));
  EXPECT_TRUE(contents::read_submission(core::as_bytes(json), {}).has_value()) << json;
}

TEST_F(AdapterTest, WhatTheSignatureIsWorthIsARemark) {
  const auto filing = decode();
  ASSERT_TRUE(filing.has_value());
  EXPECT_EQ(remarks_of(*filing, ""), std::vector<std::string>{"signature-intact"});
  EXPECT_EQ(remarks_of(*filing, "object-1"), std::vector<std::string>{"covered"});
  EXPECT_EQ(remarks_of(*filing, "object-2"), std::vector<std::string>{"not-covered"});
  EXPECT_NE(all_details(*filing).find("\"CN=Court clerk\", and leads to no anchor"),
            std::string::npos)
      << all_details(*filing);
}

TEST_F(AdapterTest, AnchorsAreOfTheInstallation) {
  settings_["anchors"] = {core::to_base64(signer_.certificate.der())};
  EXPECT_NE(all_details(*decode()).find("leads to an anchor"), std::string::npos);
  settings_["anchors"].emplace_back("rubbish");
  const auto filing = decode();
  EXPECT_EQ(filing->remarks.back().code, "anchors-unreadable");
}

// The report of every reader has codes alone: the file's own say whether its signer is known.
TEST_F(AdapterTest, WhatItsSignerIsWorthIsSaidOfTheFile) {
  settings_["anchors"] = {core::to_base64(signer_.certificate.der())};
  EXPECT_EQ(remarks_of(*decode(), "object-1"),
            (std::vector<std::string>{"covered", "signer-anchored"}));
  EXPECT_EQ(remarks_of(*decode(), "object-2"), std::vector<std::string>{"not-covered"});
  zip_[1].content = "One";
  EXPECT_EQ(remarks_of(*decode(), "object-1"),
            (std::vector<std::string>{"digest-mismatch", "not-covered"}));
  settings_["anchors"] = {core::to_base64(Signer("Court clerk").certificate.der())};
  zip_[1].content = "one";
  EXPECT_EQ(remarks_of(*decode(), "object-1"), std::vector<std::string>{"covered"});
}

// A time stamp is no signature of anybody over the file.
TEST_F(AdapterTest, ATimeStampSignsNothing) {
  Authority authority;
  zip_ = {simple(), file_of("a.txt", "one"),
          file_of("META-INF/timestamp.tst", authority.stamp("one"))};
  settings_["anchors"] = {core::to_base64(authority.certificate())};
  EXPECT_EQ(remarks_of(*decode(), "object-1"), std::vector<std::string>{"time-stamped"});
}

// Whoever changes a file can sign it anew, and first.
TEST_F(AdapterTest, ANewSignatureHidesNoneThatWasOfOtherBytes) {
  const Signer other("Somebody");
  const std::string anew = manifest_of("META-INF/a.p7s", {{"%E5%88%A4%E5%86%B3.PDF", "One"}});
  zip_[1].content = "One";
  for (const std::size_t at : {std::size_t{3}, zip_.size()}) {
    Zip zip = zip_;
    zip.insert(
        zip.begin() + static_cast<std::ptrdiff_t>(at),
        {file_of("META-INF/ASiCManifest0.xml", anew), file_of("META-INF/a.p7s", other.cms(anew))});
    std::swap(zip, zip_);
    const auto filing = decode();
    std::swap(zip, zip_);
    ASSERT_TRUE(filing.has_value());
    ASSERT_EQ(filing->submission.evidence(0).file().digests_size(), 1);
    EXPECT_EQ(
        core::to_base64(core::as_bytes(filing->submission.evidence(0).file().digests(0).value())),
        digest_of("one"))
        << at;
    EXPECT_EQ(remarks_of(*filing, "object-1"),
              (std::vector<std::string>{"covered", "digest-mismatch"}));
  }
}

// In ASiC-S the signature holds the digest of the file itself.
TEST_F(AdapterTest, AChangedFileOfAsicSIsFiledWithTheSignedDigest) {
  zip_ = {simple(), file_of("a.txt", "changed"),
          file_of("META-INF/signature.p7s", signer_.cms("one"))};
  const auto filing = decode();
  ASSERT_TRUE(filing.has_value());
  ASSERT_EQ(filing->submission.evidence(0).file().digests_size(), 1);
  EXPECT_EQ(
      core::to_base64(core::as_bytes(filing->submission.evidence(0).file().digests(0).value())),
      digest_of("one"));
  EXPECT_EQ(remarks_of(*filing, "object-1"),
            (std::vector<std::string>{"content-mismatch", "not-covered"}));
}

TEST_F(AdapterTest, AChangedFileIsFiledWithTheSignedDigest) {
  zip_[1].content = "One";
  const auto filing = decode();
  ASSERT_TRUE(filing.has_value());
  EXPECT_EQ(remarks_of(*filing, "object-1"),
            (std::vector<std::string>{"digest-mismatch", "not-covered"}));
  EXPECT_EQ(
      core::to_base64(core::as_bytes(filing->submission.evidence(0).file().digests(0).value())),
      digest_of("one"));
  EXPECT_EQ(remarks_of(*filing, ""), std::vector<std::string>{"signature-not-intact"});
}

// Names that are shown alike, for they are shown cut, are two files.
TEST_F(AdapterTest, ARemarkIsOfTheFileThatItIsAbout) {
  const std::string begin(210, 'x');
  const std::string manifest =
      manifest_of("META-INF/s.p7s", {{begin + "-1", "one"}, {begin + "-2", "else"}});
  zip_ = {extended(), file_of(begin + "-1", "one"), file_of(begin + "-2", "two"),
          file_of("META-INF/ASiCManifest.xml", manifest),
          file_of("META-INF/s.p7s", signer_.cms(manifest))};
  const auto filing = decode();
  ASSERT_TRUE(filing.has_value());
  EXPECT_EQ(remarks_of(*filing, "object-1"), std::vector<std::string>{"not-covered"});
  EXPECT_EQ(remarks_of(*filing, "object-2"),
            (std::vector<std::string>{"digest-mismatch", "not-covered"}));
  for (const Remark& remark : filing->remarks) EXPECT_LE(remark.pointer.size(), 210u);
}

TEST_F(AdapterTest, ASubstitutedKeySignsNoDigest) {
  const Signer other("Somebody");
  // The clerk's certificate in place of the one that signed.
  std::string& cms = zip_[4].content;
  const std::string mine = core::to_string(signer_.certificate.der());
  const std::size_t at = cms.find(mine);
  ASSERT_NE(at, std::string::npos);
  cms[at + mine.size() / 2] = static_cast<char>(cms[at + mine.size() / 2] ^ 1);
  const auto filing = decode();
  ASSERT_TRUE(filing.has_value());
  EXPECT_EQ(filing->submission.evidence(0).file().digests_size(), 0);
}

TEST_F(AdapterTest, WhatCannotBeReadSafelyIsRefused) {
  EXPECT_EQ(first_code("application/zip"), "content-type");
  EXPECT_EQ(first_code("application"), "content-type");
  EXPECT_EQ(first_code("asic-e+zip application"), "content-type");
  EXPECT_EQ(first_code(""), "a filing");
  EXPECT_EQ(first_code("application/octet-stream"), "a filing");
  EXPECT_EQ(first_code("Application/Vnd.Etsi.Asic-E+Zip; x=y"), "a filing");
  Zip whole = zip_;
  zip_.push_back(file_of("x/MORE", "other"));
  EXPECT_EQ(first_code(), "duplicate-entry");
  zip_ = whole;
  zip_[2].name = "/more";
  EXPECT_EQ(first_code(), "unsafe-name");
  zip_ = {file_of("a.txt", "x")};
  EXPECT_EQ(first_code(), "not-asic");
  zip_ = {extended()};
  EXPECT_NE(first_code(), "a filing");
}

TEST_F(AdapterTest, ADamagedFileFailsWhenItIsRead) {
  zip_[2].crc = 7;
  const auto filing = decode();
  ASSERT_TRUE(filing.has_value());
  EXPECT_EQ(text_of(filing->files[1]), "not read");
}

TEST_F(AdapterTest, NamesOfCertificatesAreShownHarmless) {
  const Signer trick(
      "clerk\xe2\x80\xae"
      "fdp\n");
  zip_ = {simple(), file_of("a.txt", "one"), file_of("META-INF/signature.p7s", trick.cms("one"))};
  const auto filing = decode("application/vnd.etsi.asic-s+zip");
  ASSERT_TRUE(filing.has_value());
  EXPECT_EQ(all_details(*filing).find("\xe2\x80\xae"), std::string::npos);
  EXPECT_NE(all_details(*filing).find("U+202E"), std::string::npos);
}

TEST_F(AdapterTest, AnswersAreJsonAndTheContainer) {
  static_cast<void>(decode());
  const Request asked = request(kType);
  const Answer refused = adapter().reject(asked, std::vector<Defect>{{"a", "unsafe-name", "d"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.content_type, "application/problem+json");
  EXPECT_TRUE(core::json::parse(core::as_bytes(refused.body), {})->at("/defects/0/code"));
  EXPECT_EQ(adapter().reject(asked, std::vector<Defect>{{"", "not-asic", "d"}}).status, 415);
  Outcome outcome;
  outcome.accepted = {.submission = "S1", .at_ms = 0, .receipt = "r", .remarks = {}};
  EXPECT_EQ(adapter().acknowledge(asked, outcome.accepted).status, 202);
  outcome.accepted.repeated = true;
  EXPECT_EQ(adapter().acknowledge(asked, outcome.accepted).status, 200);
  const auto state = [&] {
    const Answer answer = adapter().encode(asked, outcome);
    const auto body = core::json::parse(core::as_bytes(answer.body), {});
    return std::to_string(answer.status) + " " +
           (body ? *body->find("state")->as_string() : answer.content_type);
  };
  EXPECT_EQ(state(), "202 verifying");
  outcome.failed = true;
  EXPECT_EQ(state(), "200 failed");
  outcome.failed = false;
  const v1::Report report;
  outcome.report = &report;
  EXPECT_EQ(state(), "200 done");
  outcome.rendition = [](std::string_view form) -> core::Result<std::string> {
    return "PK " + std::string(form);
  };
  EXPECT_EQ(state(), "200 application/vnd.etsi.asic-s+zip");
  outcome.rendition = [](std::string_view) -> core::Result<std::string> {
    return core::fail(core::ErrorCode::kUnsupported, "not here");
  };
  EXPECT_EQ(state(), "200 done");
}

}  // namespace
}  // namespace heyan::court_adapters::asic
