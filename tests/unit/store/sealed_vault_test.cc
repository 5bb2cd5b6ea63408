// A vault whose files are encrypted, as vault_test.cc has it plain.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <thread>

#include "gateway/store/sealed_file.h"
#include "gateway/store/vault.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/store/each_algorithm.h"
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

class SealedVault : public WithEachAlgorithm {
 protected:
  os::TemporaryFolder folder_;
  int count_ = 0;
  std::unique_ptr<Vault> vault_ = open(kA + "\n").value();

  core::Result<std::unique_ptr<Vault>> open(const std::string& keys) { return open(keys, with_); }
  core::Result<std::unique_ptr<Vault>> open(const std::string& keys,
                                            std::optional<crypto::Aead> with) {
    folder_.write("staging/.keep", "");
    VaultEncryption encryption;
    encryption.temporaries = folder_ / "staging";
    encryption.with = with;
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

INSTANTIATE_TEST_SUITE_P(With, SealedVault, kAlgorithms, algorithm_name);

TEST_P(SealedVault, GivesBackWhatItHides) {
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

TEST_P(SealedVault, WhatIsReadIsATemporaryFileOnlyToRead) {
  ASSERT_TRUE(put(kOne, "one").has_value());
  const auto file = vault_->open_read(kOne, sha256("one"));
  ASSERT_TRUE(file.has_value());
  EXPECT_LT(::write(file->get(), "x", 1), 0);
  struct stat status{};
  ASSERT_EQ(::fstat(file->get(), &status), 0);
  EXPECT_EQ(status.st_nlink, 0u);
  EXPECT_EQ(staged(), 1u);
}

TEST_P(SealedVault, EverySubmissionHasItsOwn) {
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

TEST_P(SealedVault, WhatASubmissionHadIsRemovedWithItsKey) {
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

TEST_P(SealedVault, AFileOfAnotherSubmissionIsNotItsOwn) {
  ASSERT_TRUE(put(kOne, "same").has_value());
  ASSERT_TRUE(put(kTwo, "same").has_value());
  overwrite(sealed(kOne, "same"), content_of(sealed(kTwo, "same")));
  EXPECT_EQ(read(kOne, "same"), "io");
  overwrite(key_of(kOne), content_of(key_of(kTwo)));  // its key as well
  EXPECT_EQ(read(kOne, "same"), "io");
  EXPECT_EQ(read(kTwo, "same"), "same");
}

// Its reader measures it, and finds that it is not what was received.
TEST_P(SealedVault, OfAChangedFileComesWhatIsBeforeTheChange) {
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

TEST_P(SealedVault, ALostOrChangedKeyIsNoWordAboutTheFile) {
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

TEST_P(SealedVault, DoesNotOpenWithoutItsKeys) {
  ASSERT_TRUE(put(kOne, "one").has_value());
  EXPECT_EQ(open("", std::nullopt).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(open(kB + "\n").error().code, ErrorCode::kNotFound);
  const std::string kept = content_of(court_key());
  overwrite(court_key(), kept.substr(0, 75) + static_cast<char>(kept[75] ^ 1));
  EXPECT_EQ(open(kA + "\n").error().code, ErrorCode::kChanged);
  overwrite(court_key(), kept.substr(0, 75));
  EXPECT_EQ(open(kA + "\n").error().code, ErrorCode::kMalformed);
}

TEST_P(SealedVault, ALostCourtKeyIsNotReplaced) {
  ASSERT_TRUE(put(kOne, "one").has_value());
  fs::remove(court_key());
  vault_ = open(kA + "\n").value();
  EXPECT_EQ(read(kOne, "one"), "io");
  EXPECT_EQ(put(kTwo, "two").error().code, ErrorCode::kInternal);
  EXPECT_TRUE(put(kElsewhere, "two").has_value());
  EXPECT_FALSE(fs::exists(court_key()));
}

TEST_P(SealedVault, AnotherKeyFileWrapsTheCourtsKeysAnewAndNothingElse) {
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

// The head tells; what is new is by what is configured, and court keys are put under it.
TEST_P(SealedVault, AnotherAlgorithmIsOfWhatIsNew) {
  const auto algorithm = [](const fs::path& file) { return content_of(file)[kAlgorithmAt]; };
  ASSERT_TRUE(put(kOne, "one").has_value());
  EXPECT_EQ(algorithm(sealed(kOne, "one")), number_of(with_));
  EXPECT_EQ(algorithm(key_of(kOne)), number_of(with_));
  EXPECT_EQ(algorithm(court_key()), number_of(with_));
  const std::string file = content_of(sealed(kOne, "one"));
  const std::string key = content_of(key_of(kOne));
  vault_ = open(kA + "\n", other_).value();
  EXPECT_EQ(vault_->wrapped_anew(), 1u);
  EXPECT_EQ(algorithm(court_key()), number_of(other_));
  EXPECT_EQ(content_of(sealed(kOne, "one")), file);
  EXPECT_EQ(read(kOne, "one"), "one");
  ASSERT_TRUE(put(kOne, "one").has_value()) << "as it lies there";
  EXPECT_EQ(content_of(sealed(kOne, "one")), file);
  ASSERT_TRUE(put(kTwo, "two").has_value());
  EXPECT_EQ(algorithm(sealed(kTwo, "two")), number_of(other_));
  EXPECT_EQ(algorithm(key_of(kTwo)), number_of(other_));
  ASSERT_TRUE(put(kOne, "later").has_value()) << "to a submission of before";
  EXPECT_EQ(algorithm(sealed(kOne, "later")), number_of(other_));
  EXPECT_EQ(content_of(key_of(kOne)), key) << "is never written twice";
  for (const auto configured : {std::optional(with_), std::optional(other_), {}}) {
    vault_ = open(kA + "\n", configured).value();
    EXPECT_EQ(vault_->wrapped_anew(), configured ? 1u : 0u);
    EXPECT_EQ(read(kOne, "one") + read(kOne, "later") + read(kTwo, "two"), "onelatertwo");
    EXPECT_TRUE(check_sealed(VaultKeyRing::read(folder_ / "vault.key").value(), folder_ / "vault",
                             kOne, sha256("later"))
                    .has_value());
  }
  vault_ = open(kB + "\n" + kA + "\n", with_).value();
  EXPECT_EQ(vault_->wrapped_anew(), 1u) << "another key and another algorithm at once";
  vault_ = open(kB + "\n", with_).value();
  EXPECT_EQ(read(kOne, "one") + read(kOne, "later") + read(kTwo, "two"), "onelatertwo");
}

TEST_P(SealedVault, PlainFilesOfBeforeAreEncryptedWithIt) {
  vault_ = open("", std::nullopt).value();
  ASSERT_TRUE(put(kOne, "plain").has_value());
  vault_ = open(kA + "\n").value();
  EXPECT_EQ(vault_->seal_plain(kOne, sha256("plain")), true);
  EXPECT_EQ(content_of(sealed(kOne, "plain"))[kAlgorithmAt], number_of(with_));
  vault_ = open(kA + "\n", other_).value();
  EXPECT_EQ(vault_->seal_plain(kOne, sha256("plain")), false) << "it is, whichever way";
  EXPECT_EQ(vault_->drop_plain(kOne.court, sha256("plain")), true);
  EXPECT_EQ(read(kOne, "plain"), "plain");
}

TEST_P(SealedVault, PlainFilesFromBeforeCanBeReadAndEncryptedOnesAfterwards) {
  vault_ = open("", std::nullopt).value();
  ASSERT_TRUE(put(kOne, "plain").has_value());
  vault_ = open(kA + "\n").value();
  EXPECT_EQ(read(kOne, "plain"), "plain");
  ASSERT_TRUE(put(kOne, "hidden").has_value());
  vault_ = open(kA + "\n", std::nullopt).value();
  EXPECT_EQ(read(kOne, "plain"), "plain");
  EXPECT_EQ(read(kOne, "hidden"), "hidden");
  ASSERT_TRUE(put(kOne, "plain again").has_value());
  EXPECT_FALSE(fs::exists(sealed(kOne, "plain again")));
  EXPECT_EQ(read(kOne, "plain again"), "plain again");
}

TEST_P(SealedVault, TakesInNothingThatIsAnotherFileAndKeepsIt) {
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

TEST_P(SealedVault, AGoodFileTakesThePlaceOfADamagedOne) {
  int mended = 0;
  vault_->on_mended([&](const VaultOwner&, core::ByteView) { ++mended; });
  ASSERT_TRUE(put(kOne, "one").has_value());
  const std::string whole = content_of(sealed(kOne, "one"));
  std::string changed = whole;
  changed[changed.size() - 20] ^= 1;
  for (const std::string& damaged : {whole.substr(0, 60), changed, std::string(), whole + "x"}) {
    overwrite(sealed(kOne, "one"), damaged);
    mended = 0;
    ASSERT_TRUE(put(kOne, "one").has_value());
    EXPECT_EQ(read(kOne, "one"), "one");
    EXPECT_EQ(mended, 1);
  }
  const std::string kept = content_of(sealed(kOne, "one"));
  ASSERT_TRUE(put(kOne, "one").has_value());
  EXPECT_EQ(content_of(sealed(kOne, "one")), kept) << "a good one stays";
  EXPECT_EQ(staged(), 1u);
}

TEST_P(SealedVault, ThreadsMayBringTheSame) {
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

VaultName name_of(core::ByteView bytes) {
  VaultName name;
  std::ranges::copy(bytes, name.begin());
  return name;
}

// All that lies there besides, whatever it begins with.
std::set<std::string> left_in(const Vault& vault, std::vector<VaultName> kept) {
  std::ranges::sort(kept);
  std::set<std::string> places;
  for (int first = 0; first < 256; ++first) {
    const auto left = vault.left_in("0491", static_cast<std::uint8_t>(first), kept,
                                    std::chrono::system_clock::now() + std::chrono::hours(1), 9);
    EXPECT_TRUE(left.has_value());
    for (const LeftFile& file : left.value_or(std::vector<LeftFile>())) places.insert(file.place);
  }
  return places;
}

TEST_P(SealedVault, FindsWhatNobodyRefersToWithItsKey) {
  ASSERT_TRUE(put(kOne, "one").has_value());
  ASSERT_TRUE(put(kTwo, "two").has_value());
  EXPECT_EQ(
      left_in(*vault_, {name_of(sealed_name("one", sha256("one"))), name_of(key_name("one"))}),
      (std::set{sealed_place(kTwo, sha256("two")).value(), key_place(kTwo)}));
}

TEST_P(SealedVault, FindsNothingEncryptedWhereItHasNoKeys) {
  ASSERT_TRUE(put(kOne, "one").has_value());
  fs::remove(court_key());  // which a backup may have
  vault_ = open("", std::nullopt).value();
  EXPECT_EQ(left_in(*vault_, {}), std::set<std::string>());
  EXPECT_TRUE(fs::exists(sealed(kOne, "one")));
}

// Whoever removes what was left looks at that time.
TEST_P(SealedVault, WhatIsPutOnceMoreIsAsPutNow) {
  ASSERT_TRUE(put(kOne, "one").has_value());
  const auto now = fs::file_time_type::clock::now();
  fs::last_write_time(sealed(kOne, "one"), now - std::chrono::hours(24));
  ASSERT_TRUE(put(kOne, "one").has_value());
  EXPECT_GT(fs::last_write_time(sealed(kOne, "one")), now - std::chrono::hours(1));
  // Lately enough: whoever reads it sees no change.
  fs::last_write_time(sealed(kOne, "one"), now - std::chrono::hours(23));
  ASSERT_TRUE(put(kOne, "one").has_value());
  EXPECT_EQ(fs::last_write_time(sealed(kOne, "one")), now - std::chrono::hours(23));
  // By a clock that was ahead it would be kept for long.
  fs::last_write_time(sealed(kOne, "one"), now + std::chrono::hours(24 * 400));
  ASSERT_TRUE(put(kOne, "one").has_value());
  EXPECT_LT(fs::last_write_time(sealed(kOne, "one")), now + std::chrono::hours(1));
}

}  // namespace
}  // namespace heyan::store
