// The small parts of the shell: exit statuses, output files, arguments, troubles, trust files.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "gateway/cli/arguments.h"
#include "gateway/cli/exit_status.h"
#include "gateway/cli/local_judgement.h"
#include "gateway/cli/trouble.h"
#include "gateway/cli/trust_files.h"
#include "gateway/os/write_file.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::cli {
namespace {

using testing::HasSubstr;

TEST(ExitStatuses, SpeakInTheOrderOfTheContract) {
  const std::vector<ExitStatus> order = {ExitStatus::kInternal,  ExitStatus::kInputOutput,
                                         ExitStatus::kMalformed, ExitStatus::kInconsistent,
                                         ExitStatus::kOpen,      ExitStatus::kOk};
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t j = i; j < order.size(); ++j) {
      EXPECT_EQ(most_urgent(std::vector{order[j], order[i], order[j]}), order[i]);
    }
  }
  EXPECT_EQ(most_urgent({}), ExitStatus::kInternal);  // doing nothing is no success
}

TEST(ExitStatuses, HaveTheNumbersOfTheContract) {
  EXPECT_EQ(static_cast<int>(ExitStatus::kOk), 0);
  EXPECT_EQ(static_cast<int>(ExitStatus::kUsage), 2);
  EXPECT_EQ(static_cast<int>(ExitStatus::kInconsistent), 10);
  EXPECT_EQ(static_cast<int>(ExitStatus::kOpen), 11);
  EXPECT_EQ(static_cast<int>(ExitStatus::kMalformed), 65);
  EXPECT_EQ(static_cast<int>(ExitStatus::kInternal), 70);
  EXPECT_EQ(static_cast<int>(ExitStatus::kInputOutput), 74);
  EXPECT_EQ(static_cast<int>(ExitStatus::kTryLater), 75);
}

TEST(ExitStatuses, FollowTheVerdicts) {
  const auto status = [](const std::vector<v1::Verdict>& verdicts) {
    v1::Report report;
    for (const v1::Verdict verdict : verdicts) report.add_evidence()->set_verdict(verdict);
    return status_of(report);
  };
  EXPECT_EQ(status({v1::VERDICT_CONSISTENT, v1::VERDICT_CONSISTENT_WITH_NOTES}), ExitStatus::kOk);
  EXPECT_EQ(status({v1::VERDICT_CONSISTENT, v1::VERDICT_NOT_FOUND}), ExitStatus::kOpen);
  EXPECT_EQ(status({v1::VERDICT_INCONCLUSIVE, v1::VERDICT_CONSISTENT}), ExitStatus::kOpen);
  EXPECT_EQ(status({v1::VERDICT_NOT_COMPLETED}), ExitStatus::kOpen);
  EXPECT_EQ(status({v1::VERDICT_NOT_COMPLETED, v1::VERDICT_INCONSISTENT}),
            ExitStatus::kInconsistent);
  EXPECT_EQ(status({v1::VERDICT_UNSPECIFIED}), ExitStatus::kOpen);
  EXPECT_EQ(status({}), ExitStatus::kOpen);
}

class OutputTest : public testing::Test {
 protected:
  mode_t mode(const std::filesystem::path& path) const {
    struct stat status{};
    EXPECT_EQ(::stat(path.c_str(), &status), 0);
    return status.st_mode & 07777;
  }
  os::TemporaryFolder folder_;
};

TEST_F(OutputTest, ReplacesWholeFiles) {
  const auto path = folder_.write("report", "a longer text than the new one");
  ASSERT_TRUE(os::write_whole(path, "new").has_value());
  EXPECT_EQ(os::content_of(path), "new");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1);
}

TEST_F(OutputTest, LeavesTheOldFileAfterAFailure) {
  std::filesystem::create_directory(folder_ / "folder");
  EXPECT_FALSE(os::write_whole(folder_ / "folder", "x").has_value());
  EXPECT_TRUE(std::filesystem::is_directory(folder_ / "folder"));
  EXPECT_EQ(os::write_whole(folder_ / "none" / "file", "x").error().code, core::ErrorCode::kIo);
}

// Through links of our own: code that renames over a device would take away the link, not the
// device.
TEST_F(OutputTest, WritesThroughADevice) {
  std::filesystem::create_symlink("/dev/null", folder_ / "null");
  std::filesystem::create_symlink("/dev/full", folder_ / "full");
  EXPECT_TRUE(os::write_whole(folder_ / "null", "x").has_value());
  EXPECT_TRUE(std::filesystem::is_character_file(folder_ / "null"));
  EXPECT_EQ(os::write_whole(folder_ / "full", "x").error().code, core::ErrorCode::kIo);
  EXPECT_TRUE(std::filesystem::is_character_file(folder_ / "full"));
}

TEST_F(OutputTest, NeverOverwritesWhatMustBeNew) {
  ASSERT_TRUE(os::write_new(folder_ / "key", "secret", os::Privacy::kOwnerOnly).has_value());
  EXPECT_EQ(mode(folder_ / "key"), 0600u);
  EXPECT_EQ(os::write_new(folder_ / "key", "other", os::Privacy::kOwnerOnly).error().code,
            core::ErrorCode::kDuplicate);
  EXPECT_EQ(os::content_of(folder_ / "key"), "secret");
}

Arguments arguments(std::vector<const char*> words) {
  words.insert(words.begin(), "heyan");
  return read_arguments(static_cast<int>(words.size()), words.data());
}

TEST(ArgumentsTest, FillWhatVerifyWants) {
  const Arguments read =
      arguments({"verify", "a", "b", "--trust", "t.toml", "--at", "2026-01-02T03:04:05+08:00",
                 "--format", "json", "--lang", "en", "--threads", "3"});
  ASSERT_TRUE(read.command.has_value()) << read.err;
  const auto& options = std::get<VerifyOptions>(*read.command);
  EXPECT_THAT(options.cases, testing::ElementsAre("a", "b"));
  EXPECT_EQ(options.trust, "t.toml");
  EXPECT_EQ(core::format_rfc3339(options.at.value()), "2026-01-01T19:04:05Z");
  EXPECT_EQ(options.report.format, Format::kJson);
  EXPECT_EQ(options.report.language, catalogue::Language::kEnglish);
  EXPECT_EQ(options.threads, 3u);
}

TEST(ArgumentsTest, ChooseChineseAndTextByThemselves) {
  const Arguments read = arguments({"verify", "a"});
  const auto& options = std::get<VerifyOptions>(read.command.value());
  EXPECT_EQ(options.report.format, Format::kText);
  EXPECT_EQ(options.report.language, catalogue::Language::kChinese);
  EXPECT_FALSE(options.at.has_value());
}

TEST(ArgumentsTest, RefuseWhatTheyDoNotKnow) {
  for (const std::vector<const char*>& words :
       std::vector<std::vector<const char*>>{{},
                                             {"verify"},
                                             {"verify", "a", "--threads", "0"},
                                             {"verify", "a", "--threads", "x"},
                                             {"verify", "a", "--format", "docx"},
                                             {"verify", "a", "--lang", "de"},
                                             {"judge"},
                                             {"judge", "a", "b"},
                                             {"report"},
                                             {"report", "verify"},
                                             {"report", "verify", "a", "--qr", "b"},
                                             {"keys", "new"},
                                             {"keys", "renew"},
                                             {"keys", "renew", "a", "--config", "b"},
                                             {"trust"},
                                             {"trust", "sign"},
                                             {"trust", "sign", "a", "--out", "b"},
                                             {"trust", "sign", "a", "--key", "b"},
                                             {"config"},
                                             {"config", "check"},
                                             {"config", "show", "a", "b"},
                                             {"serve", "a"},
                                             {"serve", "--port", "0"},
                                             {"serve", "--port", "64536"},
                                             {"serve", "--config", "a", "--state", "b"},
                                             {"serve", "--config", "a", "--prepare"},
                                             {"report", "diff"},
                                             {"report", "diff", "a", "b", "c"}}) {
    const Arguments read = arguments(words);
    EXPECT_FALSE(read.command.has_value());
    EXPECT_EQ(read.status, ExitStatus::kUsage);
    EXPECT_FALSE(read.err.empty());
    EXPECT_TRUE(read.out.empty());
  }
}

TEST(TroubleTest, TellsWhoseFaultItIs) {
  const auto status = [](core::ErrorCode code) { return status_of(code); };
  EXPECT_EQ(status(core::ErrorCode::kIo), ExitStatus::kInputOutput);
  EXPECT_EQ(status(core::ErrorCode::kInternal), ExitStatus::kInternal);
  for (const auto code : {core::ErrorCode::kMalformed, core::ErrorCode::kNotFound,
                          core::ErrorCode::kUnsupported, core::ErrorCode::kLimit}) {
    EXPECT_EQ(status(code), ExitStatus::kMalformed);
  }
  EXPECT_EQ(trouble_of_named({core::ErrorCode::kNotFound, "x"}, "y", "").status,
            ExitStatus::kInputOutput);
}

TEST(TroubleTest, NamesTheDocumentWhereThereIsNoPointer) {
  const Trouble trouble{.status = ExitStatus::kMalformed,
                        .what = "case.json:",
                        .defects = {{"", "malformed-json", "it ends too early"},
                                    {"/evidence", "empty", "there is nothing"}},
                        .remedy = "Correct it."};
  EXPECT_EQ(to_text(trouble),
            "case.json:\n  (document): it ends too early [malformed-json]\n"
            "  /evidence: there is nothing [empty]\nCorrect it.\n");
}

TEST(TroubleTest, ShowsPathsSafely) {
  const Trouble trouble = trouble_of({core::ErrorCode::kNotFound, "it is gone"}, "a\x1b[2J", "");
  EXPECT_EQ(trouble.what.find('\x1b'), std::string::npos);
}

std::string sample_trust() { return HEYAN_SOURCE "/gateway/sample/trust/trust.toml"; }

TEST(TrustFiles, AreTheSameFromARecord) {
  const auto loaded = load_trust(sample_trust());
  ASSERT_TRUE(loaded.has_value()) << loaded.error().what;
  std::vector<std::string> paths;
  for (const auto& file : loaded->files) paths.push_back(file.path());
  EXPECT_THAT(paths, testing::ElementsAre("trust.toml", "chainmaker/court_ca.pem",
                                          "chainmaker/notary_ca.pem", "chainmaker/copyright_ca.pem",
                                          "chainmaker/forensic_ca.pem", "tsa/ca.pem", "tsa/ca.crl",
                                          "fabric/block_000.pb", "chainmaker/notary_client.pem",
                                          "tlog/policy.txt"));
  const auto again = parse_trust(loaded->files);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->list.digest, loaded->list.digest);
  EXPECT_EQ(again->files.size(), loaded->files.size());
}

TEST(TrustFiles, AreMissedWhereARecordLacksOne) {
  auto loaded = load_trust(sample_trust());
  ASSERT_TRUE(loaded.has_value());
  const std::string missing = loaded->files[loaded->files.size() - 1].path();
  loaded->files.RemoveLast();
  const auto again = parse_trust(loaded->files);
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().status, ExitStatus::kMalformed);
  EXPECT_THAT(again.error().what, HasSubstr(missing));
}

TEST(TrustFiles, AreNoneWithoutAPath) {
  EXPECT_FALSE(load_trust("")->list.given);
  EXPECT_EQ(load_policy("")->policy.id, "default");
  EXPECT_TRUE(load_policy("")->files.empty());
  EXPECT_EQ(load_trust("/nonexistent/trust.toml").error().status, ExitStatus::kInputOutput);
}

TEST(TrustFiles, AreNoLinks) {
  const os::TemporaryFolder folder;
  std::filesystem::create_symlink(sample_trust(), folder / "trust.toml");
  const auto loaded = load_trust(folder / "trust.toml");
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().status, ExitStatus::kMalformed);
}

}  // namespace
}  // namespace heyan::cli
