// A vault whose files are encrypted, as vault_test.cc has it plain.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "gateway/store/sealed_file.h"
#include "gateway/store/vault.h"
#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::store {
namespace {

namespace fs = std::filesystem;
using core::Bytes;
using core::ErrorCode;
using os::content_of;

constexpr VaultOwner kOne{.court = "0491", .submission = "one"};
constexpr VaultOwner kTwo{.court = "0491", .submission = "two"};
constexpr VaultOwner kElsewhere{.court = "0192", .submission = "one"};
const std::string kA(64, 'a');
const std::string kB(64, 'b');

Bytes sha256(std::string_view content) { return crypto::sha256(core::as_bytes(content)); }

class SealedVault : public testing::Test {
 protected:
  os::TemporaryFolder folder_;
  int count_ = 0;
  std::unique_ptr<Vault> vault_ = open(kA + "\n").value();

  core::Result<std::unique_ptr<Vault>> open(const std::string& keys, bool on = true) {
    folder_.write("staging/.keep", "");
    VaultEncryption encryption;
    encryption.temporaries = folder_ / "staging";
    encryption.on = on;
    if (!keys.empty()) {
      const auto file = folder_.write("vault.key", keys);
      fs::permissions(file, fs::perms(0600));
      encryption.keys = VaultKeyRing::read(file).value();
    }
    return Vault::open(folder_ / "vault", std::move(encryption));
  }
  StagedFile stage(std::string_view content) {
    return {.path = folder_.write("staging/" + std::to_string(count_++), content),
            .sha256 = sha256(content)};
  }
  core::Result<void> put(const VaultOwner& owner, std::string_view content) {
    const StagedFile file = stage(content);
    return vault_->put_from_staging(owner, std::span(&file, 1));
  }
  // Its content, or why not.
  std::string read(const VaultOwner& owner, std::string_view content) const {
    const auto file = vault_->open_read(owner, sha256(content));
    if (!file) return std::string(core::name(file.error().code));
    std::string found(content.size() + 10, '\0');
    const ssize_t count = ::read(file->get(), found.data(), found.size());
    found.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return found;
  }
  fs::path sealed(const VaultOwner& owner, std::string_view content) const {
    return folder_ / "vault" / sealed_place(owner, sha256(content)).value();
  }
  fs::path key_of(const VaultOwner& owner) const { return folder_ / "vault" / key_place(owner); }
  fs::path court_key() const { return folder_ / "vault" / court_folder("0491") / kCourtKey; }
  static void overwrite(const fs::path& path, const std::string& content) {
    fs::permissions(path, fs::perms::owner_all);
    std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
  }
  std::size_t staged() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_ / "staging"), fs::directory_iterator()));
  }
};

TEST_F(SealedVault, GivesBackWhatItHides) {
  const std::string large(600'000, 'x');
  for (const std::string& content : {std::string(), std::string("the evidence"), large}) {
    ASSERT_TRUE(put(kOne, content).has_value());
    EXPECT_EQ(read(kOne, content), content);
  }
  EXPECT_EQ(staged(), 1u);  // .keep
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "vault")) {
    if (!entry.is_regular_file()) continue;
    EXPECT_FALSE(content_of(entry.path()).contains("the evidence")) << entry.path();
    EXPECT_FALSE(content_of(entry.path()).contains("xxxxxxxx")) << entry.path();
    EXPECT_FALSE(entry.path().string().contains(core::to_hex(sha256("the evidence")).substr(2)));
    EXPECT_EQ(entry.status().permissions(), fs::perms::owner_read) << entry.path();
  }
  vault_ = open(kA + "\n").value();
  EXPECT_EQ(read(kOne, "the evidence"), "the evidence");
}

TEST_F(SealedVault, WhatIsReadIsATemporaryFileOnlyToRead) {
  ASSERT_TRUE(put(kOne, "one").has_value());
  const auto file = vault_->open_read(kOne, sha256("one"));
  ASSERT_TRUE(file.has_value());
  EXPECT_LT(::write(file->get(), "x", 1), 0);
  struct stat status{};
  ASSERT_EQ(::fstat(file->get(), &status), 0);
  EXPECT_EQ(status.st_nlink, 0u);
  EXPECT_EQ(staged(), 1u);
}

TEST_F(SealedVault, EverySubmissionHasItsOwn) {
  ASSERT_TRUE(put(kOne, "same").has_value());
  EXPECT_EQ(read(kTwo, "same"), "not-found");
  EXPECT_EQ(read(kElsewhere, "same"), "not-found");
  ASSERT_TRUE(put(kTwo, "same").has_value());
  ASSERT_TRUE(put(kTwo, "same").has_value());
  EXPECT_NE(content_of(sealed(kOne, "same")), content_of(sealed(kTwo, "same")));
  ASSERT_TRUE(vault_->remove(kOne, {}, {}).has_value());
  EXPECT_EQ(read(kOne, "same"), "io");
  EXPECT_TRUE(vault_->find(kOne, sha256("same")).has_value());
  EXPECT_EQ(read(kTwo, "same"), "same");
  EXPECT_TRUE(vault_->remove(kOne, {}, {}).has_value());
}

TEST_F(SealedVault, WhatASubmissionHadIsRemovedWithItsKey) {
  ASSERT_TRUE(put(kOne, "same").has_value());
  ASSERT_TRUE(put(kTwo, "same").has_value());
  const std::array files = {sha256("same")};
  ASSERT_TRUE(vault_->remove(kOne, files, {}).has_value());
  EXPECT_FALSE(fs::exists(sealed(kOne, "same")));
  EXPECT_FALSE(fs::exists(key_of(kOne)));
  EXPECT_EQ(read(kOne, "same"), "not-found");
  EXPECT_EQ(read(kTwo, "same"), "same");
  EXPECT_TRUE(vault_->remove(kOne, files, files).has_value()) << "again";
  EXPECT_EQ(read(kTwo, "same"), "same");
}

TEST_F(SealedVault, AFileOfAnotherSubmissionIsNotItsOwn) {
  ASSERT_TRUE(put(kOne, "same").has_value());
  ASSERT_TRUE(put(kTwo, "same").has_value());
  overwrite(sealed(kOne, "same"), content_of(sealed(kTwo, "same")));
  EXPECT_EQ(read(kOne, "same"), "io");
  overwrite(key_of(kOne), content_of(key_of(kTwo)));  // its key as well
  EXPECT_EQ(read(kOne, "same"), "io");
  EXPECT_EQ(read(kTwo, "same"), "same");
}

// Its reader measures it, and finds that it is not what was received.
TEST_F(SealedVault, OfAChangedFileComesWhatIsBeforeTheChange) {
  const std::string content(StoredBytes::kPieceBytes + 100, 'x');
  ASSERT_TRUE(put(kOne, content).has_value());
  std::string changed = content_of(sealed(kOne, content));
  changed.back() = static_cast<char>(changed.back() ^ 1);
  overwrite(sealed(kOne, content), changed);
  EXPECT_EQ(read(kOne, content), content.substr(100));
  overwrite(sealed(kOne, content), "rubbish");
  EXPECT_EQ(read(kOne, content), "");
  const auto pieces = vault_->read(kOne, sha256(content));
  EXPECT_EQ(pieces.error().code, ErrorCode::kChanged);
}

TEST_F(SealedVault, ALostOrChangedKeyIsNoWordAboutTheFile) {
  ASSERT_TRUE(put(kOne, "one").has_value());
  const std::string kept = content_of(key_of(kOne));
  for (const std::string& other : {std::string(), kept.substr(1), std::string(76, 'x'),
                                   kept.substr(0, 75) + static_cast<char>(kept[75] ^ 1)}) {
    overwrite(key_of(kOne), other);
    EXPECT_EQ(read(kOne, "one"), "io");
    EXPECT_EQ(vault_->read(kOne, sha256("one")).error().code, ErrorCode::kIo);
  }
  fs::remove(key_of(kOne));
  EXPECT_EQ(read(kOne, "one"), "io");
  overwrite(folder_.write("key", ""), kept);
  fs::rename(folder_ / "key", key_of(kOne));
  EXPECT_EQ(read(kOne, "one"), "one");
}

TEST_F(SealedVault, DoesNotOpenWithoutItsKeys) {
  ASSERT_TRUE(put(kOne, "one").has_value());
  EXPECT_EQ(open("", false).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(open(kB + "\n").error().code, ErrorCode::kNotFound);
  const std::string kept = content_of(court_key());
  overwrite(court_key(), kept.substr(0, 75) + static_cast<char>(kept[75] ^ 1));
  EXPECT_EQ(open(kA + "\n").error().code, ErrorCode::kChanged);
  overwrite(court_key(), kept.substr(0, 75));
  EXPECT_EQ(open(kA + "\n").error().code, ErrorCode::kMalformed);
}

TEST_F(SealedVault, ALostCourtKeyIsNotReplaced) {
  ASSERT_TRUE(put(kOne, "one").has_value());
  fs::remove(court_key());
  vault_ = open(kA + "\n").value();
  EXPECT_EQ(read(kOne, "one"), "io");
  EXPECT_EQ(put(kTwo, "two").error().code, ErrorCode::kInternal);
  EXPECT_TRUE(put(kElsewhere, "two").has_value());
  EXPECT_FALSE(fs::exists(court_key()));
}

TEST_F(SealedVault, AnotherKeyFileWrapsTheCourtsKeysAnewAndNothingElse) {
  ASSERT_TRUE(put(kOne, "one").has_value());
  ASSERT_TRUE(put(kElsewhere, "two").has_value());
  const std::string file = content_of(sealed(kOne, "one"));
  const std::string key = content_of(key_of(kOne));
  const std::string court = content_of(court_key());
  vault_ = open(kB + "\n" + kA + "\n").value();
  EXPECT_EQ(vault_->wrapped_anew(), 2u);
  EXPECT_NE(content_of(court_key()), court);
  EXPECT_EQ(content_of(sealed(kOne, "one")), file);
  EXPECT_EQ(content_of(key_of(kOne)), key);
  vault_ = open(kB + "\n").value();
  EXPECT_EQ(vault_->wrapped_anew(), 0u);
  EXPECT_EQ(read(kOne, "one"), "one");
  EXPECT_FALSE(open(kA + "\n").has_value());
}

TEST_F(SealedVault, PlainFilesFromBeforeCanBeReadAndEncryptedOnesAfterwards) {
  vault_ = open("", false).value();
  ASSERT_TRUE(put(kOne, "plain").has_value());
  vault_ = open(kA + "\n").value();
  EXPECT_EQ(read(kOne, "plain"), "plain");
  ASSERT_TRUE(put(kOne, "hidden").has_value());
  vault_ = open(kA + "\n", false).value();
  EXPECT_EQ(read(kOne, "plain"), "plain");
  EXPECT_EQ(read(kOne, "hidden"), "hidden");
  ASSERT_TRUE(put(kOne, "plain again").has_value());
  EXPECT_FALSE(fs::exists(sealed(kOne, "plain again")));
  EXPECT_EQ(read(kOne, "plain again"), "plain again");
}

TEST_F(SealedVault, TakesInNothingThatIsAnotherFileAndKeepsIt) {
  StagedFile file = stage("one");
  file.sha256 = sha256("two");
  const auto moved = vault_->put_from_staging(kOne, std::span(&file, 1));
  EXPECT_EQ(moved.error().code, ErrorCode::kChanged);
  EXPECT_TRUE(fs::exists(file.path));
  EXPECT_EQ(staged(), 2u);  // and nothing written aside
  EXPECT_EQ(read(kOne, "two"), "not-found");
  fs::create_symlink(file.path, folder_ / "link");
  file = {.path = folder_ / "link", .sha256 = sha256("one")};
  EXPECT_EQ(vault_->put_from_staging(kOne, std::span(&file, 1)).error().code,
            ErrorCode::kUnsupported);
}

TEST_F(SealedVault, DoesNotHideADamagedFile) {
  ASSERT_TRUE(put(kOne, "one").has_value());
  fs::permissions(sealed(kOne, "one"), fs::perms::owner_all);
  fs::resize_file(sealed(kOne, "one"), 60);
  EXPECT_EQ(put(kOne, "one").error().code, ErrorCode::kInternal);
}

TEST_F(SealedVault, ThreadsMayBringTheSame) {
  std::vector<StagedFile> files;
  for (int i = 0; i < 16; ++i) files.push_back(stage("content " + std::to_string(i % 4)));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      const auto mine = std::span(files).subspan(static_cast<std::size_t>(i) * 4, 4);
      EXPECT_TRUE(vault_->put_from_staging(kOne, mine).has_value());
    });
  }
  for (auto& thread : threads) thread.join();
  for (int i = 0; i < 4; ++i) {
    const std::string content = "content " + std::to_string(i);
    EXPECT_EQ(read(kOne, content), content);
  }
  EXPECT_EQ(staged(), 1u);
}

TEST_F(SealedVault, SweepsWhatNobodyRefersToWithItsKey) {
  ASSERT_TRUE(put(kOne, "one").has_value());
  ASSERT_TRUE(put(kTwo, "two").has_value());
  std::vector<Bytes> kept = {sealed_name("one", sha256("one")), key_name("one")};
  std::ranges::sort(kept);
  const auto later = fs::file_time_type::clock::now() + std::chrono::hours(1);
  const auto swept = vault_->sweep("0491", kept, later);
  ASSERT_TRUE(swept.has_value());
  EXPECT_EQ(swept->files, 2u);
  EXPECT_FALSE(fs::exists(sealed(kTwo, "two")));
  EXPECT_FALSE(fs::exists(key_of(kTwo)));
  EXPECT_TRUE(fs::exists(court_key()));
  EXPECT_EQ(read(kOne, "one"), "one");
}

TEST_F(SealedVault, SweepsNothingEncryptedWhereItHasNoKeys) {
  ASSERT_TRUE(put(kOne, "one").has_value());
  fs::remove(court_key());  // which a backup may have
  vault_ = open("", false).value();
  const auto later = fs::file_time_type::clock::now() + std::chrono::hours(1);
  const auto swept = vault_->sweep("0491", {}, later);
  ASSERT_TRUE(swept.has_value());
  EXPECT_EQ(swept->files, 0u);
  EXPECT_TRUE(fs::exists(sealed(kOne, "one")));
  EXPECT_TRUE(fs::exists(key_of(kOne)));
}

}  // namespace
}  // namespace heyan::store
