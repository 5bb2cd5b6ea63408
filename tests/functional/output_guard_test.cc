// --out and --record never replace what the command reads, nor each other: exit status 2 before
// anything is judged, a sentence that says what to do, and every file as it was.
#include <gmock/gmock.h>

#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class OutputGuard : public testing::Test {
 protected:
  OutputGuard() {
    std::filesystem::copy(sample_folder() + "/trust", folder_ / "trust",
                          std::filesystem::copy_options::recursive);
    write_file(policy(), "[policy]\nid = \"p\"\nversion = 1\n");
    EXPECT_EQ(heyan({"keys", "new", folder_ / "keys"}).status, 0);
  }
  std::string trust() const { return folder_ / "trust/trust.toml"; }
  std::string policy() const { return folder_ / "policy.toml"; }

  Outcome judged(const std::string& command, const std::string& input,
                 const std::vector<std::string>& outputs) const {
    std::vector<std::string> arguments = {command,    input,    "--trust", trust(),
                                          "--policy", policy(), "--lang",  "en"};
    arguments.insert(arguments.end(), outputs.begin(), outputs.end());
    return heyan(arguments);
  }

  // Refused, and the file that would have been lost is as it was.
  static void expect_refused(const Outcome& outcome, const std::string& what) {
    EXPECT_EQ(outcome.status, 2) << what << outcome.err;
    EXPECT_THAT(outcome.out, IsEmpty()) << what;
    EXPECT_THAT(outcome.err, HasSubstr("name")) << what;
  }
  void expect_kept(const std::string& input, const std::string& file,
                   const std::string& command = "verify") const {
    const std::string before = read_file(file);
    for (const char* option : {"--out", "--record"}) {
      if (command == "judge" && option == std::string("--record")) continue;
      expect_refused(judged(command, input, {option, file}), file);
      EXPECT_EQ(read_file(file), before) << file;
    }
  }

  SampleCase sample_;
  TemporaryFolder folder_;
};

TEST_F(OutputGuard, KeepsACaseFolder) {
  expect_kept(sample_.path(), sample_ / "case.json");
  expect_kept(sample_.path(), sample_ / "files/chat_log.json");
  for (const char* fresh : {"report.txt", "new/report.txt", "./files/../x"}) {
    expect_refused(judged("verify", sample_.path(), {"--out", sample_ / fresh}), fresh);
  }
  expect_refused(judged("verify", sample_.path() + "/", {"--out", sample_.path()}), "the folder");
  EXPECT_FALSE(std::filesystem::exists(sample_ / "report.txt"));
}

TEST_F(OutputGuard, KeepsAnArchive) {
  const std::string zip = folder_ / "case.zip";
  write_file(zip, "not even an archive");
  expect_kept(zip, zip);
  std::filesystem::create_symlink(zip, folder_ / "link.zip");
  expect_kept(folder_ / "link.zip", zip);
  std::filesystem::create_hard_link(zip, folder_ / "hard.zip");
  expect_kept(zip, folder_ / "hard.zip");
}

TEST_F(OutputGuard, KeepsTrustListPolicyAndWhatTheyName) {
  for (const std::string& file : {trust(), policy(), folder_ / "trust/fabric/block_000.pb"}) {
    expect_kept(sample_.path(), file);
  }
  std::filesystem::create_directory_symlink(folder_ / "trust", folder_ / "other-way");
  expect_kept(sample_.path(), folder_ / "other-way/trust.toml");
}

TEST_F(OutputGuard, KeepsSigningKeys) {
  const std::string key = folder_ / "keys/es256.key.pem";
  const std::string before = read_file(key);
  expect_refused(judged("verify", sample_.path(),
                        {"--format", "jws", "--keys", folder_ / "keys", "--out", key}),
                 key);
  EXPECT_EQ(read_file(key), before);
}

TEST_F(OutputGuard, WantsTwoFilesForReportAndRecord) {
  const std::string file = folder_ / "one";
  const Outcome outcome = judged("verify", sample_.path(), {"--out", file, "--record", file});
  expect_refused(outcome, file);
  EXPECT_THAT(outcome.err, HasSubstr("file of its own"));
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(OutputGuard, KeepsTheRecordThatIsJudged) {
  const std::string record = folder_ / "case.hcr";
  EXPECT_EQ(judged("verify", sample_.path(), {"--record", record}).status, 10);
  for (const std::string& file : {record, trust(), policy()}) expect_kept(record, file, "judge");
}

TEST_F(OutputGuard, LetsEverythingElseBeWrittenAgain) {
  const std::vector<std::string> outputs = {"--out", folder_ / "report.txt", "--record",
                                            folder_ / "case.hcr"};
  EXPECT_EQ(judged("verify", sample_.path(), outputs).status, 10);
  EXPECT_EQ(judged("verify", sample_.path(), outputs).status, 10);
  EXPECT_EQ(
      judged("verify", sample_.path(), {"--out", "/dev/null", "--record", "/dev/null"}).status, 10);
}

}  // namespace
}  // namespace heyan::functional
