// The list of what a backup holds, as somebody may have altered it.
#include "gateway/backup/manifest.h"

#include <gmock/gmock.h>

#include <fstream>

#include "gateway/os/folder.h"
#include "tests/unit/os/temporary_folder.h"
#include "verifier/core/error.h"

namespace heyan::backup {
namespace {

using core::ErrorCode;

class ManifestTest : public testing::Test {
 protected:
  static Digests digests(std::uint8_t of, std::uint64_t size) {
    return {.size = size, .sha256 = core::Bytes(32, of), .sm3 = core::Bytes(32, of)};
  }
  void write() {
    const Manifest manifest = {{"config/heyan.toml", digests(1, 10)},
                               {"state/vault/ab/cd", digests(2, 5)}};
    const Description about = {.made_at = core::from_unix_ms(1'764'300'000'000),
                               .software = "0.1.0",
                               .log_vkey = "log",
                               .keys = false,
                               .bucket = "",
                               .lacking = {"state/vault/x"},
                               .manifest = {}};
    const auto written = write_manifest(folder_.path(), about, manifest);
    ASSERT_TRUE(written.has_value()) << written.error().what;
  }
  std::string content(std::string_view name) const {
    return core::to_string(*os::read_named_file(folder_.path() / name, 1u << 20));
  }
  void put(std::string_view name, const std::string& bytes) const {
    std::ofstream(folder_.path() / name, std::ios::binary | std::ios::trunc) << bytes;
  }
  // The manifest, with its description made to fit it.
  void put_manifest(const std::string& lines, std::uint64_t files, std::uint64_t bytes) {
    put(kManifestFile, lines);
    Description about = *read_description(folder_.path());
    std::filesystem::remove(folder_.path() / kDescriptionFile);
    std::filesystem::remove(folder_.path() / kManifestFile);
    ASSERT_TRUE(write_manifest(folder_.path(), about, {}).has_value());
    put(kManifestFile, lines);
    about = *read_description(folder_.path());
    const Digests of = *digests_of(folder_.path() / kManifestFile, {});
    std::string text = content(kDescriptionFile);
    const auto replace = [&](const std::string& what, const std::string& with) {
      const std::size_t at = text.find(what);
      ASSERT_NE(at, std::string::npos) << what;
      text.replace(at, what.size(), with);
    };
    replace(core::to_hex(about.manifest.sha256), core::to_hex(of.sha256));
    replace(core::to_hex(about.manifest.sm3), core::to_hex(of.sm3));
    replace("\"size\":0", "\"size\":" + std::to_string(of.size));
    replace("\"files\":0", "\"files\":" + std::to_string(files));
    replace("\"bytes\":0", "\"bytes\":" + std::to_string(bytes));
    put(kDescriptionFile, text);
  }
  std::optional<ErrorCode> refused() const {
    const auto about = read_description(folder_.path());
    if (!about) return about.error().code;
    const auto manifest = read_manifest(folder_.path(), *about);
    if (!manifest) return manifest.error().code;
    return std::nullopt;
  }
  os::TemporaryFolder folder_;
};

const std::string kDigest(64, 'a');
std::string line(const std::string& name, const std::string& size = "1") {
  return name + "\t" + size + "\t" + kDigest + "\t" + kDigest + "\n";
}

TEST_F(ManifestTest, WhatIsWrittenIsRead) {
  write();
  const auto about = read_description(folder_.path());
  ASSERT_TRUE(about.has_value()) << about.error().what;
  EXPECT_EQ(about->files, 2u);
  EXPECT_EQ(about->bytes, 15u);
  EXPECT_EQ(about->log_vkey, "log");
  EXPECT_THAT(about->lacking, testing::ElementsAre("state/vault/x"));
  const auto manifest = read_manifest(folder_.path(), *about);
  ASSERT_TRUE(manifest.has_value()) << manifest.error().what;
  EXPECT_EQ(manifest->at("state/vault/ab/cd"), digests(2, 5));
}

TEST_F(ManifestTest, ItNamesTheBucketWhereEvidenceLies) {
  write();
  EXPECT_EQ(read_description(folder_.path())->bucket, "");
  EXPECT_THAT(content(kDescriptionFile), testing::Not(testing::HasSubstr("bucket")));
  const os::TemporaryFolder other;
  Description about;
  about.log_vkey = "log";
  about.bucket = "evidence";
  ASSERT_TRUE(write_manifest(other.path(), about, {}).has_value());
  EXPECT_EQ(read_description(other.path())->bucket, "evidence");
}

TEST_F(ManifestTest, WhatHasNotItsNameYetIsNoBackupHoweverItIsNamed) {
  write();
  const std::filesystem::path unfinished = folder_.path().string() + ".unfinished";
  const std::filesystem::path link = folder_.path().string() + ".link";
  std::filesystem::copy(folder_.path(), unfinished, std::filesystem::copy_options::recursive);
  std::filesystem::create_directory_symlink(unfinished, link);
  for (const std::filesystem::path& name :
       {unfinished, unfinished / "", unfinished / ".", link, link / ""}) {
    const auto read = read_description(name);
    ASSERT_FALSE(read.has_value()) << name;
    EXPECT_EQ(read.error().code, ErrorCode::kIo) << name;
  }
  std::filesystem::remove(link);
  std::filesystem::remove_all(unfinished);
  EXPECT_TRUE(read_description(folder_.path()).has_value());
}

TEST_F(ManifestTest, WhatWasWrittenIsNotWrittenOver) {
  write();
  EXPECT_FALSE(write_manifest(folder_.path(), {}, {}).has_value());
}

TEST_F(ManifestTest, AManifestThatFitsIsRead) {
  write();
  put_manifest(line("a") + line("b", "2"), 2, 3);
  EXPECT_EQ(refused(), std::nullopt);
}

TEST_F(ManifestTest, EveryOtherLineIsRefused) {
  const std::string wide = "\t1\t" + kDigest + "\t" + kDigest;
  for (const std::string& lines : {line("../a"),
                                   line("/a"),
                                   line("a/../b"),
                                   line("a//b"),
                                   line("a/"),
                                   line("."),
                                   line(""),
                                   line("a\x01"),
                                   line("a\xff"),
                                   line("a", "-1"),
                                   line("a", "01"),
                                   line("a", ""),
                                   line("a", "1 "),
                                   line("a", "18446744073709551616"),
                                   "a\t1\t" + kDigest + "\n",
                                   "a" + wide + "\t\n",
                                   "a" + wide + "\r\n",
                                   "a" + wide,
                                   "a\t1\t" + std::string(64, 'A') + "\t" + kDigest + "\n",
                                   "a\t1\t" + kDigest.substr(1) + "\t" + kDigest + "\n",
                                   std::string("\n")}) {
    std::filesystem::remove(folder_.path() / kDescriptionFile);
    std::filesystem::remove(folder_.path() / kManifestFile);
    write();
    put_manifest(lines, 1, 1);
    EXPECT_EQ(refused(), ErrorCode::kMalformed) << lines;
  }
}

TEST_F(ManifestTest, ANameStandsOnceAndInOrder) {
  write();
  put_manifest(line("a") + line("a"), 2, 2);
  EXPECT_EQ(refused(), ErrorCode::kMalformed);
  put_manifest(line("b") + line("a"), 2, 2);
  EXPECT_EQ(refused(), ErrorCode::kMalformed);
}

TEST_F(ManifestTest, ItsNumbersAreThoseOfTheDescription) {
  write();
  put_manifest(line("a"), 2, 1);
  EXPECT_EQ(refused(), ErrorCode::kMalformed);
  put_manifest(line("a"), 1, 2);
  EXPECT_EQ(refused(), ErrorCode::kMalformed);
}

TEST_F(ManifestTest, AnyChangedByteOfEitherIsSeen) {
  write();
  for (const std::string_view name : {kManifestFile, kDescriptionFile}) {
    const std::string good = content(name);
    for (std::size_t at = 0; at < good.size(); ++at) {
      std::string bytes = good;
      bytes[at] = static_cast<char>(bytes[at] ^ 1);
      put(name, bytes);
      // Of the description some bytes say other things of the backup, no other files.
      if (name == kManifestFile) {
        EXPECT_EQ(refused(), ErrorCode::kMalformed) << at;
      }
    }
    for (const std::string& bytes : {good + "\n", good + " ", good.substr(1), std::string()}) {
      put(name, bytes);
      EXPECT_EQ(refused(), ErrorCode::kMalformed) << name;
    }
    put(name, good);
  }
}

TEST_F(ManifestTest, ADescriptionHasItsMembersAndNoOther) {
  write();
  const std::string good = content(kDescriptionFile);
  const auto with = [&](const std::string& what, const std::string& instead) {
    std::string text = good;
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    if (at != std::string::npos) text.replace(at, what.size(), instead);
    put(kDescriptionFile, text);
    return refused();
  };
  EXPECT_EQ(with("{\"bytes\"", "{\"a\":1,\"bytes\""), ErrorCode::kMalformed);
  EXPECT_EQ(with("\"keys\":false", "\"keys\":0"), ErrorCode::kMalformed);
  EXPECT_EQ(with("\"keys\":false,", ""), ErrorCode::kMalformed);
  EXPECT_EQ(with("heyan.backup.v1", "heyan.backup.v2"), ErrorCode::kMalformed);
  EXPECT_EQ(with("\"files\":2", "\"files\":-2"), ErrorCode::kMalformed);
  EXPECT_EQ(with("\"files\":2", "\"files\": 2"), ErrorCode::kMalformed);
  EXPECT_EQ(with("\"lacking\":[\"state/vault/x\"]", "\"lacking\":[1]"), ErrorCode::kMalformed);
  EXPECT_EQ(with("{\"bytes\"", "{\"bucket\":1,\"bytes\""), ErrorCode::kMalformed);
  EXPECT_EQ(with("{\"bytes\"", "{\"bucket\":\"\",\"bytes\""), ErrorCode::kMalformed);
  EXPECT_EQ(with("2025-", "2025/"), ErrorCode::kMalformed);
  std::filesystem::remove(folder_.path() / kDescriptionFile);
  EXPECT_EQ(refused(), ErrorCode::kIo) << "it is no backup";
}

}  // namespace
}  // namespace heyan::backup
