#include "gateway/store/vault.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "gateway/store/staging.h"
#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::store {
namespace {

using core::ErrorCode;

constexpr std::string_view kSubmission = "0123456789abcdef0123456789abcdef";

core::Bytes sha256(std::string_view content) { return crypto::sha256(core::as_bytes(content)); }

class VaultTest : public testing::Test {
 protected:
  os::TemporaryFolder folder_;
  std::unique_ptr<Vault> vault_ = Vault::open(folder_ / "vault").value();
  int count_ = 0;

  StagedFile stage(std::string_view content) {
    return {.path = folder_.write("staging/" + std::to_string(count_++), content),
            .sha256 = sha256(content)};
  }
  core::Result<void> put(std::string_view court, const StagedFile& file) {
    return vault_->put_from_staging({court, kSubmission}, std::span(&file, 1));
  }
  ErrorCode refusal(const StagedFile& file) {
    const auto moved = put("0491", file);
    EXPECT_FALSE(moved.has_value());
    return moved ? ErrorCode::kChanged : moved.error().code;
  }
  void damage(std::string_view content, std::string_view into) {
    const auto path = path_of("0491", content);
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    std::ofstream(path, std::ios::binary | std::ios::trunc) << into;
  }
  std::string read(std::string_view court, std::string_view content) {
    const auto file = vault_->open_read({court, kSubmission}, sha256(content));
    if (!file) return std::string(file.error().text);
    std::string found(content.size() + 10, '\0');
    const ssize_t count = ::read(file->get(), found.data(), found.size());
    found.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return found;
  }
  std::filesystem::path path_of(std::string_view court, std::string_view content) {
    return folder_ / "vault" / core::to_hex(sha256(court)).substr(0, 32) /
           core::to_hex(sha256(content)).insert(2, "/");
  }
};

TEST_F(VaultTest, KeepsFilesUnderTheirDigest) {
  const std::array files = {stage("one"), stage("two"), stage("")};
  ASSERT_TRUE(vault_->put_from_staging({"0491", kSubmission}, files).has_value());
  EXPECT_EQ(read("0491", "one"), "one");
  EXPECT_EQ(read("0491", "two"), "two");
  EXPECT_EQ(read("0491", ""), "");
  for (const StagedFile& file : files) EXPECT_FALSE(std::filesystem::exists(file.path));
  struct stat status{};
  ASSERT_EQ(::stat(path_of("0491", "one").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0400U);
  vault_ = Vault::open(folder_ / "vault").value();
  EXPECT_EQ(read("0491", "one"), "one");
}

TEST_F(VaultTest, GivesNothingToWriteWith) {
  ASSERT_TRUE(put("0491", stage("one")).has_value());
  const auto file = vault_->open_read({"0491", kSubmission}, sha256("one"));
  EXPECT_LT(::write(file->get(), "x", 1), 0);
  EXPECT_EQ(read("0491", "one"), "one");
}

TEST_F(VaultTest, RemovesWhatNobodyElseHas) {
  const std::array files = {stage("one"), stage("two")};
  ASSERT_TRUE(vault_->put_from_staging({"0491", kSubmission}, files).has_value());
  ASSERT_TRUE(put("0192", stage("one")).has_value());
  const std::array all = {sha256("one"), sha256("two"), sha256("never")};
  const std::array alone = {sha256("one"), sha256("never")};
  ASSERT_TRUE(vault_->remove({"0491", kSubmission}, all, alone).has_value());
  EXPECT_FALSE(std::filesystem::exists(path_of("0491", "one")));
  EXPECT_EQ(read("0491", "two"), "two");
  EXPECT_EQ(read("0192", "one"), "one") << "another court's is another file";
  EXPECT_TRUE(vault_->remove({"0491", kSubmission}, all, alone).has_value()) << "again";
  EXPECT_FALSE(vault_->remove({"0491", kSubmission}, {}, std::array{core::Bytes(31, 1)}));
}

TEST_F(VaultTest, KeepsTheSameContentOnceACourt) {
  ASSERT_TRUE(put("0491", stage("one")).has_value());
  const auto inode = std::filesystem::hard_link_count(path_of("0491", "one"));
  const StagedFile again = stage("one");
  ASSERT_TRUE(put("0491", again).has_value());
  EXPECT_FALSE(std::filesystem::exists(again.path));
  EXPECT_EQ(std::filesystem::hard_link_count(path_of("0491", "one")), inode);
  const std::array twice = {stage("two"), stage("two")};
  EXPECT_TRUE(vault_->put_from_staging({"0491", kSubmission}, twice).has_value());
}

// Whoever removes what was left looks at that time.
TEST_F(VaultTest, RemovesNothingThatWasPutOnceMore) {
  ASSERT_TRUE(put("0491", stage("one")).has_value());
  const auto path = path_of("0491", "one");
  const auto old = std::filesystem::file_time_type::clock::now() - std::chrono::hours(24 * 8);
  std::filesystem::last_write_time(path, old);
  const core::Bytes name = sha256("one");
  const auto find = [&](std::size_t most, std::chrono::hours ago) {
    const auto before = std::chrono::system_clock::now() - ago;
    return vault_->left_in("0491", name[0], {}, before, most).value();
  };
  EXPECT_EQ(find(0, std::chrono::hours(1)).size(), 0u);
  EXPECT_EQ(find(9, std::chrono::hours(24 * 9)).size(), 0u);
  const auto left = find(9, std::chrono::hours(1));
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].bytes, 3u);
  ASSERT_TRUE(put("0491", stage("one")).has_value());
  EXPECT_FALSE(vault_->remove_left(left[0]).value());
  EXPECT_EQ(read("0491", "one"), "one");
  std::filesystem::last_write_time(path, old);
  const auto again = find(9, std::chrono::hours(1));
  ASSERT_EQ(again.size(), 1u);
  EXPECT_TRUE(vault_->remove_left(again[0]).value());
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_FALSE(vault_->remove_left(again[0]).value()) << "it is gone";
}

TEST_F(VaultTest, CourtsShareNothing) {
  ASSERT_TRUE(put("0491", stage("one")).has_value());
  EXPECT_EQ(vault_->open_read({"0192", kSubmission}, sha256("one")).error().code,
            ErrorCode::kNotFound);
  ASSERT_TRUE(put("0192", stage("one")).has_value());
  EXPECT_FALSE(std::filesystem::equivalent(path_of("0491", "one"), path_of("0192", "one")));
  std::filesystem::remove(path_of("0491", "one"));
  EXPECT_EQ(read("0192", "one"), "one");
}

TEST_F(VaultTest, AHostileCourtCodeStaysInTheVault) {
  ASSERT_TRUE(put("../../etc", stage("one")).has_value());
  EXPECT_EQ(read("../../etc", "one"), "one");
  EXPECT_TRUE(std::filesystem::exists(path_of("../../etc", "one")));
}

TEST_F(VaultTest, RefusesWhatIsNoFileOrDigest) {
  StagedFile file = stage("one");
  file.sha256.pop_back();
  EXPECT_EQ(refusal(file), ErrorCode::kMalformed);
  file.sha256.clear();
  EXPECT_EQ(refusal(file), ErrorCode::kMalformed);
  EXPECT_EQ(refusal({folder_ / "staging/none", sha256("one")}), ErrorCode::kNotFound);
  std::filesystem::create_symlink(file.path, folder_ / "staging/link");
  EXPECT_EQ(refusal({folder_ / "staging/link", sha256("one")}), ErrorCode::kUnsupported);
  std::filesystem::create_directory(folder_ / "staging/folder");
  EXPECT_EQ(refusal({folder_ / "staging/folder", sha256("one")}), ErrorCode::kUnsupported);
  ASSERT_EQ(::mkfifo((folder_ / "staging/pipe").c_str(), 0600), 0);
  EXPECT_EQ(refusal({folder_ / "staging/pipe", sha256("one")}), ErrorCode::kUnsupported);
  EXPECT_EQ(vault_->open_read({"0491", kSubmission}, sha256("one")).error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(vault_->open_read({"0491", kSubmission}, core::Bytes(31)).error().code,
            ErrorCode::kMalformed);
  EXPECT_TRUE(std::filesystem::exists(file.path));
}

// Whoever had it before has it again.
TEST_F(VaultTest, AGoodFileTakesThePlaceOfADamagedOne) {
  int mended = 0;
  vault_->on_mended([&](const VaultOwner& owner, core::ByteView digest) {
    ++mended;
    EXPECT_EQ(owner.court, "0491");
    EXPECT_TRUE(core::equal(digest, sha256("one")));
  });
  for (const std::string_view damaged : {"on", "oNe", "one and more", ""}) {
    ASSERT_TRUE(put("0491", stage("one")).has_value());
    damage("one", damaged);
    mended = 0;
    const StagedFile again = stage("one");
    ASSERT_TRUE(put("0491", again).has_value()) << damaged;
    EXPECT_EQ(read("0491", "one"), "one");
    EXPECT_EQ(mended, 1) << damaged;
    EXPECT_FALSE(std::filesystem::exists(again.path));
    struct stat status{};
    ASSERT_EQ(::stat(path_of("0491", "one").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 0400u);
  }
  ASSERT_TRUE(put("0491", stage("one")).has_value());
  EXPECT_EQ(mended, 1) << "a good one stays";
}

TEST_F(VaultTest, ADamagedFileTakesNothingsPlace) {
  ASSERT_TRUE(put("0491", stage("one")).has_value());
  damage("one", "oNe");
  StagedFile other = stage("two");
  other.sha256 = sha256("one");
  EXPECT_EQ(refusal(other), ErrorCode::kChanged);
  EXPECT_EQ(read("0491", "one"), "oNe");
}

TEST_F(VaultTest, AFileTakesThePlaceOfALink) {
  std::filesystem::create_directories(path_of("0491", "one").parent_path());
  std::filesystem::create_symlink(folder_.write("secret", "one"), path_of("0491", "one"));
  ASSERT_TRUE(put("0491", stage("one")).has_value());
  EXPECT_FALSE(std::filesystem::is_symlink(path_of("0491", "one")));
  EXPECT_EQ(read("0491", "one"), "one");
}

TEST_F(VaultTest, OpensNoLinkAndNoFolder) {
  ASSERT_TRUE(put("0491", stage("one")).has_value());
  const auto secret = folder_.write("secret", "secret");
  for (const char* content : {"two", "three"}) {
    std::filesystem::create_directories(path_of("0491", content).parent_path());
  }
  std::filesystem::create_symlink(secret, path_of("0491", "two"));
  EXPECT_EQ(vault_->open_read({"0491", kSubmission}, sha256("two")).error().code,
            ErrorCode::kUnsupported);
  std::filesystem::create_directory(path_of("0491", "three"));
  EXPECT_EQ(vault_->open_read({"0491", kSubmission}, sha256("three")).error().code,
            ErrorCode::kUnsupported);
}

TEST_F(VaultTest, ThreadsMayBringTheSame) {
  std::vector<StagedFile> files;
  for (int i = 0; i < 16; ++i) files.push_back(stage("content " + std::to_string(i % 4)));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      const auto mine = std::span(files).subspan(static_cast<std::size_t>(i) * 4, 4);
      EXPECT_TRUE(vault_->put_from_staging({"0491", kSubmission}, mine).has_value());
    });
  }
  for (auto& thread : threads) thread.join();
  for (int i = 0; i < 4; ++i) {
    const std::string content = "content " + std::to_string(i);
    EXPECT_EQ(read("0491", content), content);
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "staging"));
}

TEST_F(VaultTest, StagingIsGoneWithItsRequest) {
  const auto staging = folder_ / "incoming";
  ASSERT_TRUE(clean_staging(staging).has_value());
  {
    auto request = StagingFiles::create(staging, "s1");
    ASSERT_TRUE(request.has_value());
    const auto first = request->create_file();
    const auto second = request->create_file();
    ASSERT_TRUE(first.has_value() && second.has_value());
    EXPECT_NE(first->path, second->path);
    {
      auto twin = StagingFiles::create(staging, "s1");
      ASSERT_TRUE(twin.has_value());
      EXPECT_EQ(twin->create_file().error().code, ErrorCode::kDuplicate);
    }
    ASSERT_EQ(::write(first->descriptor.get(), "one", 3), 3);
    ASSERT_TRUE(put("0491", {first->path, sha256("one")}).has_value());
    const StagingFiles moved = *std::move(request);
    EXPECT_TRUE(std::filesystem::exists(second->path));
  }
  EXPECT_TRUE(std::filesystem::is_empty(staging));
  EXPECT_EQ(read("0491", "one"), "one");
  for (const char* name : {"", "..", ".hidden", "a/b"}) {
    EXPECT_EQ(StagingFiles::create(staging, name).error().code, ErrorCode::kMalformed) << name;
  }
}

TEST_F(VaultTest, AStartCleansStagingAndFollowsNoLink) {
  const auto kept = folder_.write("kept/file", "x");
  folder_.write("incoming/s1/0", "left over");
  folder_.write("incoming/stray", "left over");
  std::filesystem::create_directory_symlink(folder_ / "kept", folder_ / "incoming/link");
  ASSERT_TRUE(clean_staging(folder_ / "incoming").has_value());
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "incoming"));
  EXPECT_TRUE(std::filesystem::exists(kept));
  EXPECT_FALSE(clean_staging(folder_ / "no/such").has_value());
  EXPECT_FALSE(clean_staging(kept).has_value());
}

}  // namespace
}  // namespace heyan::store
