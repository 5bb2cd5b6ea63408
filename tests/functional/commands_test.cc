// hash, explain, trust check, selftest.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

Outcome shell(const std::string& command) {
  return run({.arguments = {"sh", "-c", command}, .environment = {}, .folder = {}, .input = {}});
}

TEST(Hash, AgreesWithOtherPrograms) {
  const TemporaryFolder folder;
  for (const std::size_t size : {0u, 1u, 1000u, 3'000'000u}) {
    const std::string path = folder / ("file" + std::to_string(size));
    std::string bytes(size, 'x');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 7 + (i >> 8));
    write_file(path, bytes);
    const Outcome outcome =
        heyan({"hash", "--json", "--algorithm", "sha-256", "--algorithm", "sha-384", "--algorithm",
               "sha-512", "--algorithm", "sm3", path});
    EXPECT_EQ(outcome.status, 0);
    const Json file = Json::parse(outcome.out)[0];
    EXPECT_EQ(file["size"], size);
    for (const auto& [name, openssl] : std::map<std::string, std::string>{
             {"sha-256", "sha256"}, {"sha-384", "sha384"}, {"sha-512", "sha512"}, {"sm3", "sm3"}}) {
      const Outcome other =
          shell("openssl dgst -r -" + openssl + " " + path + " | cut -d ' ' -f 1");
      EXPECT_EQ(file["digests"][name].get<std::string>() + "\n", other.out) << name;
    }
  }
}

TEST(Hash, PrintsSha256AndSm3) {
  const std::string path = sample_folder() + "/case/files/chat_log.json";
  const Outcome outcome = heyan({"hash", path});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out,
            "sha-256  d77af7c693adcd428f4e52fc22e69032dc3003d1c532285fb2fd9936ea60cd01  " + path +
                "\nsm3      7a9d06f8d46fbe81c36d39b1145e36068891517455dbbd65c5dd910d11d7ac12  " +
                path + "\n");
}

TEST(Hash, GoesOnAfterAFileThatIsNotThere) {
  const std::string path = sample_folder() + "/case/case.json";
  const Outcome outcome = heyan({"hash", "/nonexistent", path});
  EXPECT_EQ(outcome.status, 74);
  EXPECT_THAT(outcome.out, HasSubstr(path));
  EXPECT_THAT(outcome.err, HasSubstr("/nonexistent"));
}

TEST(Hash, RefusesWhatIsNoRegularFile) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  EXPECT_EQ(heyan({"hash", folder / "fifo"}).status, 65);
  EXPECT_EQ(heyan({"hash", "/dev/zero"}).status, 65);
  EXPECT_EQ(heyan({"hash", folder.path().string()}).status, 65);
  EXPECT_EQ(heyan({"hash", "--algorithm", "md5", "/etc/hostname"}).status, 2);
}

TEST(Hash, ShowsNoRawEscapeOfAName) {
  const TemporaryFolder folder;
  const std::string path = folder / "a\x1b[31m\xff.txt";
  write_file(path, "x");
  const Outcome outcome = heyan({"hash", path});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out.find('\x1b'), std::string::npos);
  EXPECT_EQ(outcome.out.find('\xff'), std::string::npos);
}

TEST(Explain, KnowsEveryCodeThatAReportNames) {
  const Json report = verified(sample_folder() + "/case", 10);
  for (const Json& item : report["evidence"]) {
    EXPECT_EQ(heyan({"explain", item["verdict"].get<std::string>()}).status, 0);
    for (const std::string& code : codes_of(item)) {
      EXPECT_EQ(heyan({"explain", code}).status, 0) << code;
    }
  }
  for (const Json& check : report["evidence"][0]["checks"]) {
    EXPECT_EQ(heyan({"explain", check["check"].get<std::string>()}).status, 0);
  }
}

TEST(Explain, SpeaksBothLanguages) {
  EXPECT_THAT(heyan({"explain", "QUORUM_NOT_REACHED"}).out, HasSubstr("有效签名的机构数"));
  EXPECT_THAT(heyan({"explain", "quorum_not_reached", "--lang", "en"}).out,
              HasSubstr("fewer than required"));
}

TEST(Explain, NamesTheNearestWord) {
  const Outcome outcome = heyan({"explain", "QUORUM_NOT_REECHED"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, HasSubstr("QUORUM_NOT_REACHED"));
}

TEST(Explain, ListsEverything) {
  const Outcome outcome = heyan({"explain", "--list"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("RPT-1"));
  EXPECT_THAT(outcome.out, HasSubstr("OPERATOR_ATTESTATION_ONLY"));
  EXPECT_EQ(heyan({"explain"}).out, outcome.out);
}

TEST(TrustCheck, SaysWhoIsBelieved) {
  const Outcome outcome = heyan({"trust", "check", sample_trust(), "--lang", "en"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("hz-internet-court"));
  EXPECT_THAT(outcome.out, HasSubstr("three-of-four: 3 of 4"));
  EXPECT_THAT(outcome.out, HasSubstr("judicial-fabric"));
  EXPECT_THAT(outcome.out, HasSubstr("fabric/block_000.pb"));
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST(TrustCheck, NamesTheDigestOfReports) {
  const Json report = verified(sample_folder() + "/case", 10);
  EXPECT_THAT(heyan({"trust", "check", sample_trust()}).out,
              HasSubstr(report["trustList"]["digest"].get<std::string>()));
}

TEST(TrustCheck, WarnsOfAListPastItsDate) {
  const Outcome outcome =
      heyan({"trust", "check", sample_trust(), "--at", "2037-01-01T00:00:00Z", "--lang", "en"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err, HasSubstr("next update has passed"));
}

class TrustDefects : public testing::Test {
 protected:
  Outcome check(std::string_view text) const {
    write_file(folder_ / "trust.toml", text);
    return heyan({"trust", "check", folder_ / "trust.toml"});
  }
  TemporaryFolder folder_;
};

constexpr std::string_view kHead =
    "[list]\nid = \"x\"\nversion = 1\nissued = 2026-01-01\nnext_update = 2027-01-01\n";

TEST_F(TrustDefects, ShowLineAndNearestKey) {
  const Outcome outcome = check(std::string(kHead) +
                                "[[institution]]\nid = \"a\"\nknd = \"court\"\n"
                                "[[quorum]]\nid = \"q\"\nat_least = 1\nof = [\"nobody\"]\n");
  EXPECT_EQ(outcome.status, 65);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, HasSubstr("trust.toml:8"));  // all defects, each with its line
  EXPECT_THAT(outcome.err, HasSubstr("kind"));
  EXPECT_THAT(outcome.err, HasSubstr("trust.toml:12"));
  EXPECT_THAT(outcome.err, HasSubstr("nobody"));
}

TEST_F(TrustDefects, IncludeFilesOutsideOfTheFolder) {
  write_file(folder_ / "outside.pem", "x");
  std::filesystem::create_symlink("/etc/hostname", folder_ / "link.pem");
  for (const char* file : {"../outside.pem", "/etc/hostname", "link.pem", "none.pem"}) {
    const Outcome outcome = check(std::string(kHead) +
                                  "[[institution]]\nid = \"a\"\nkind = \"court\"\n"
                                  "[[institution.ca]]\nfile = \"" +
                                  file + "\"\n");
    EXPECT_EQ(outcome.status, 65) << file;
    EXPECT_THAT(outcome.err, HasSubstr("trust.toml:10")) << file;
  }
}

TEST_F(TrustDefects, ShowNoRawEscape) {
  const Outcome outcome = check(std::string(kHead) + "\"\\u001b[2J\" = 1\n");
  EXPECT_EQ(outcome.status, 65);
  EXPECT_EQ(outcome.err.find('\x1b'), std::string::npos);
}

TEST_F(TrustDefects, StopVerifyToo) {
  write_file(folder_ / "trust.toml", "[list]\n");
  const Outcome outcome =
      heyan({"verify", sample_folder() + "/case", "--trust", folder_ / "trust.toml"});
  EXPECT_EQ(outcome.status, 65);
  EXPECT_THAT(outcome.out, IsEmpty());
}

TEST_F(TrustDefects, AFormatOfLaterBuildsIsNone) {
  const Outcome outcome = check(
      std::string(kHead) + "[[ledger]]\nid = \"l\"\nformat = \"sigsum\"\n[ledger.sigsum]\nx = 1\n");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err, HasSubstr("l"));
}

TEST(Selftest, Passes) {
  const Outcome outcome = heyan({"selftest", "--lang", "en"});
  EXPECT_EQ(outcome.status, 0);
  for (const char* name :
       {"sha-256", "sm3", "ECDSA P-256", "RSA PSS", "Ed25519", "SM2", "fabric"}) {
    EXPECT_THAT(outcome.out, HasSubstr(name));
  }
  EXPECT_EQ(outcome.out.find("FAILED"), std::string::npos);
}

}  // namespace
}  // namespace heyan::functional
