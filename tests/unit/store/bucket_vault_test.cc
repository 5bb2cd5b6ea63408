// A vault whose files lie in a bucket, as sealed_vault_test.cc has them in its folder.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "gateway/store/vault.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/store/each_algorithm.h"
#include "tests/unit/store/objects_in_memory.h"
#include "verifier/crypto/digest.h"

namespace heyan::store {
namespace {

namespace fs = std::filesystem;
using core::Bytes;
using core::ErrorCode;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr VaultOwner kOne{.court = "0491", .submission = "one"};
constexpr VaultOwner kTwo{.court = "0491", .submission = "two"};
constexpr VaultOwner kOtherCourt{.court = "0192", .submission = "one"};
const std::string kA(64, 'a');
const std::string kB(64, 'b');

Bytes sha256(std::string_view content) { return crypto::sha256(core::as_bytes(content)); }
std::string place(const VaultOwner& owner, std::string_view content) {
  return sealed_place(owner, sha256(content)).value();
}

class BucketVault : public WithEachAlgorithm {
 protected:
  BucketVault() { vault_ = open(kA + "\n").value(); }

  core::Result<std::unique_ptr<Vault>> open(const std::string& keys, Objects* elsewhere,
                                            const std::string& folder = "vault") {
    const auto file = folder_.write("vault.key", keys);
    fs::permissions(file, fs::perms(0600));
    folder_.write("staging/.keep", "");
    return Vault::open(folder_ / folder,
                       {.keys = VaultKeyRing::read(file).value(),
                        .with = configured_,
                        .temporaries = folder_ / "staging"},
                       elsewhere);
  }
  core::Result<std::unique_ptr<Vault>> open(const std::string& keys) {
    return open(keys, &objects_);
  }
  StagedFile stage(std::string_view content) {
    return {.path = folder_.write("staging/" + std::to_string(count_++), content),
            .sha256 = sha256(content)};
  }
  core::Result<void> put(const VaultOwner& owner, std::string_view content) {
    const StagedFile file = stage(content);
    return vault_->put_from_staging(owner, std::span(&file, 1));
  }
  // Its content by both ways, or why not.
  static std::string read(const Vault& vault, const VaultOwner& owner, std::string_view content) {
    const auto file = vault.open_read(owner, sha256(content));
    const auto pieces = vault.read(owner, sha256(content));
    if (!file) return std::string(core::name(file.error().code));
    std::string found(content.size() + 10, '\0');
    const ssize_t count = ::read(file->get(), found.data(), found.size());
    found.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (!pieces) return "changed: " + found;
    std::string same;
    while (true) {
      const auto piece = (*pieces)->next();
      if (!piece) return "changed: " + found;
      if (piece->empty()) break;
      same += core::as_text(*piece);
    }
    EXPECT_EQ(same, found);
    return found;
  }
  std::string read(const VaultOwner& owner, std::string_view content) const {
    return read(*vault_, owner, content);
  }
  std::size_t files_beneath(const std::string& folder) const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / folder)) {
      if (entry.is_regular_file()) ++count;
    }
    return count;
  }

  crypto::Aead configured_ = with_;
  os::TemporaryFolder folder_;
  int count_ = 0;
  ObjectsInMemory objects_{folder_ / "staging"};
  std::unique_ptr<Vault> vault_;
};

INSTANTIATE_TEST_SUITE_P(With, BucketVault, kAlgorithms, algorithm_name);

TEST_P(BucketVault, GivesBackWhatItHides) {
  const std::string large(600'000, 'x');
  for (const std::string& content : {std::string(), std::string("the evidence"), large}) {
    ASSERT_TRUE(put(kOne, content).has_value());
    EXPECT_EQ(read(kOne, content), content);
    EXPECT_TRUE(vault_->find(kOne, sha256(content)).has_value());
  }
  ASSERT_EQ(objects_.kept.size(), 3u);
  for (const auto& [name, bytes] : objects_.kept) {
    EXPECT_FALSE(bytes.contains("the evidence"));
    EXPECT_FALSE(bytes.contains("xxxxxxxx"));
    EXPECT_FALSE(name.contains("0491"));
    EXPECT_THAT(name, testing::MatchesRegex("[0-9a-f]{32}/[0-9a-f]{2}/[0-9a-f]{62}[.]sealed"));
  }
  EXPECT_FALSE(objects_.kept.contains(place_in_vault("0491", sha256("the evidence")).value()));
  EXPECT_EQ(files_beneath("staging"), 1u) << "nothing but .keep";
  EXPECT_EQ(files_beneath("vault"), 1u) << "nothing but which bucket it is";
}

TEST_P(BucketVault, WhatIsPutAgainTakesThePlaceOfADamagedOne) {
  ASSERT_TRUE(put(kOne, "one").has_value());
  objects_.kept.begin()->second.back() ^= 1;
  EXPECT_TRUE(read(kOne, "one").starts_with("changed"));
  ASSERT_TRUE(put(kOne, "one").has_value());
  EXPECT_EQ(objects_.kept.size(), 1u);
  EXPECT_EQ(read(kOne, "one"), "one");
}

// By which egress tells an object from what is none: egress/bucket.h.
TEST_P(BucketVault, NoneIsShorterThanOneWithoutContent) {
  ASSERT_TRUE(put(kOne, "").has_value());
  EXPECT_EQ(objects_.kept[place(kOne, "")].size(), 140u);
}

TEST_P(BucketVault, WhatIsReadIsATemporaryFileOnlyToRead) {
  ASSERT_TRUE(put(kOne, "one").has_value());
  const auto file = vault_->open_read(kOne, sha256("one"));
  ASSERT_TRUE(file.has_value());
  EXPECT_LT(::write(file->get(), "x", 1), 0);
  struct stat status{};
  ASSERT_EQ(::fstat(file->get(), &status), 0);
  EXPECT_EQ(status.st_nlink, 0u);
}

// Nothing but the key file and the bucket is needed.
TEST_P(BucketVault, AnotherGatewayReadsWhatThisOnePut) {
  const auto second = open(kA + "\n", &objects_, "second").value();
  ASSERT_TRUE(put(kOne, "of the first").has_value());
  EXPECT_EQ(read(*second, kOne, "of the first"), "of the first");
  // Each draws a key for the same submission, and loses the other's nothing.
  StagedFile file = stage("of the second");
  ASSERT_TRUE(second->put_from_staging(kOne, std::span(&file, 1)).has_value());
  file = stage("of the first");
  ASSERT_TRUE(second->put_from_staging(kOne, std::span(&file, 1)).has_value());
  for (const Vault* vault : {vault_.get(), second.get()}) {
    EXPECT_EQ(read(*vault, kOne, "of the first"), "of the first");
    EXPECT_EQ(read(*vault, kOne, "of the second"), "of the second");
  }
}

TEST_P(BucketVault, EverySubmissionHasItsOwn) {
  ASSERT_TRUE(put(kOne, "same").has_value());
  EXPECT_EQ(read(kTwo, "same"), "not-found");
  EXPECT_EQ(read(kOtherCourt, "same"), "not-found");
  ASSERT_TRUE(put(kTwo, "same").has_value());
  EXPECT_EQ(objects_.kept.size(), 2u);
  ASSERT_TRUE(vault_->remove_elsewhere(kOne, std::vector<Bytes>(1, sha256("same"))).has_value());
  EXPECT_EQ(read(kOne, "same"), "not-found");
  EXPECT_EQ(read(kTwo, "same"), "same");
  EXPECT_TRUE(vault_->remove_elsewhere(kOne, std::vector<Bytes>(1, sha256("same"))).has_value())
      << "again";
  objects_.away = true;
  EXPECT_EQ(vault_->remove_elsewhere(kTwo, std::vector<Bytes>(1, sha256("same"))).error().code,
            ErrorCode::kIo);
}

TEST_P(BucketVault, AnObjectInThePlaceOfAnotherOpensToNothing) {
  ASSERT_TRUE(put(kOne, "same").has_value());
  ASSERT_TRUE(put(kOne, "else").has_value());
  ASSERT_TRUE(put(kTwo, "same").has_value());
  ASSERT_TRUE(put(kOtherCourt, "same").has_value());
  const std::string whole = objects_.kept[place(kOne, "same")];
  objects_.kept[place(kOne, "same")] = objects_.kept[place(kTwo, "same")];
  EXPECT_EQ(read(kOne, "same"), "changed: ") << "of another submission";
  objects_.kept[place(kOne, "same")] = objects_.kept[place(kOne, "else")];
  EXPECT_EQ(read(kOne, "same"), "changed: ") << "of another content";
  objects_.kept[place(kOne, "same")] = objects_.kept[place(kOtherCourt, "same")];
  EXPECT_EQ(read(kOne, "same"), "io") << "of another court: no key of this one's";
  objects_.kept[place(kOne, "same")] = whole;
  EXPECT_EQ(read(kOne, "same"), "same");
}

TEST_P(BucketVault, AnyChangedByteAndAnyCutIsSeen) {
  ASSERT_TRUE(put(kOne, "content").has_value());
  std::string& object = objects_.kept[place(kOne, "content")];
  const std::string whole = object;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    object = whole;
    object[at] = static_cast<char>(object[at] ^ 1);
    EXPECT_NE(read(kOne, "content"), "content") << at;
  }
  for (std::size_t size = 0; size < whole.size(); ++size) {
    object = whole.substr(0, size);
    EXPECT_EQ(read(kOne, "content"), "changed: ") << size;
  }
  object = whole + "x";
  EXPECT_EQ(read(kOne, "content"), "changed: ");
  object = whole;
  EXPECT_EQ(read(kOne, "content"), "content");
}

TEST_P(BucketVault, AnEarlierKeyStaysInTheFileForWhatIsOfItsTime) {
  ASSERT_TRUE(put(kOne, "before").has_value());
  vault_ = open(kB + "\n" + kA + "\n").value();
  EXPECT_EQ(read(kOne, "before"), "before");
  ASSERT_TRUE(put(kOne, "after").has_value());
  vault_ = open(kB + "\n").value();
  EXPECT_EQ(read(kOne, "after"), "after");
  EXPECT_EQ(read(kOne, "before"), "io");
  vault_ = open(kA + "\n").value();
  EXPECT_EQ(read(kOne, "after"), "io");
}

TEST_P(BucketVault, AnotherAlgorithmIsOfWhatIsNew) {
  ASSERT_TRUE(put(kOne, "before").has_value());
  configured_ = other_;
  vault_ = open(kA + "\n").value();
  ASSERT_TRUE(put(kOne, "after").has_value());
  const auto numbers = [&](std::string_view content) {
    const std::string& object = objects_.kept[place(kOne, content)];
    return std::pair(object[kAlgorithmAt], object[kWrappedKeyBytes + kAlgorithmAt]);
  };
  EXPECT_EQ(numbers("before"), std::pair(number_of(with_), number_of(with_)));
  EXPECT_EQ(numbers("after"), std::pair(number_of(other_), number_of(other_)));
  for (const crypto::Aead configured : {with_, other_}) {
    configured_ = configured;
    vault_ = open(kB + "\n" + kA + "\n").value();
    EXPECT_EQ(read(kOne, "before") + read(kOne, "after"), "beforeafter");
  }
  std::string& object = objects_.kept[place(kOne, "before")];
  object[kAlgorithmAt] = number_of(other_);
  EXPECT_EQ(read(kOne, "before"), "io") << "no key has that id";
  object[kAlgorithmAt] = number_of(with_);
  object[kWrappedKeyBytes + kAlgorithmAt] = number_of(other_);
  EXPECT_EQ(read(kOne, "before"), "io");
}

// Nothing is acknowledged that the bucket does not have; and nothing is lost where it is away.
TEST_P(BucketVault, WhatIsNotThereYetStaysWhereItWas) {
  const std::vector<StagedFile> files = {stage("one"), stage("two")};
  objects_.away = true;
  EXPECT_EQ(vault_->put_from_staging(kOne, files).error().code, ErrorCode::kIo);
  EXPECT_TRUE(fs::exists(files[0].path));
  EXPECT_TRUE(fs::exists(files[1].path));
  EXPECT_EQ(vault_->find(kOne, files[0].sha256).error().code, ErrorCode::kIo);
  EXPECT_EQ(read(kOne, "one"), "io");
  objects_.away = false;
  EXPECT_EQ(vault_->find(kOne, files[0].sha256).error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(vault_->put_from_staging(kOne, files).has_value());
  EXPECT_FALSE(fs::exists(files[0].path));
  EXPECT_EQ(read(kOne, "one") + read(kOne, "two"), "onetwo");
  EXPECT_EQ(files_beneath("staging"), 1u);
}

TEST_P(BucketVault, OneThatIsAnotherThanItsDigestSaysGoesNowhere) {
  StagedFile file = stage("content");
  file.sha256 = sha256("other");
  EXPECT_EQ(vault_->put_from_staging(kOne, std::span(&file, 1)).error().code, ErrorCode::kChanged);
  file.sha256 = Bytes(31);
  EXPECT_EQ(vault_->put_from_staging(kOne, std::span(&file, 1)).error().code,
            ErrorCode::kMalformed);
  EXPECT_THAT(objects_.asked, IsEmpty());
}

// A gateway that had a folder before goes on with it.
TEST_P(BucketVault, WhatLiesInTheFolderIsReadFromThere) {
  vault_ = open(kA + "\n", nullptr).value();
  ASSERT_TRUE(put(kOne, "before").has_value());
  vault_ = open(kA + "\n").value();
  EXPECT_EQ(read(kOne, "before"), "before");
  EXPECT_TRUE(vault_->find(kOne, sha256("before")).has_value());
  EXPECT_THAT(objects_.asked, IsEmpty());
  ASSERT_TRUE(put(kOne, "after").has_value());
  EXPECT_EQ(read(kOne, "after"), "after");
  EXPECT_EQ(objects_.kept.size(), 1u);
  ASSERT_TRUE(vault_->mark_all_sealed("0192").has_value()) << "without a folder of the court";
  EXPECT_TRUE(vault_->is_all_sealed("0192"));
}

// Else verifications would wait for what nobody looks for, and deletions say what is not so.
TEST_P(BucketVault, WithoutTheBucketItIsNotOpened) {
  vault_.reset();
  EXPECT_TRUE(open(kA + "\n", nullptr).has_value()) << "nothing was put there yet";
  vault_ = open(kA + "\n").value();
  objects_.away = true;
  EXPECT_FALSE(put(kOne, "one").has_value());
  EXPECT_EQ(os::content_of(folder_ / "vault/elsewhere"), "https://s3.court.example/evidence/\n");
  EXPECT_EQ(open(kA + "\n", nullptr).error().code, ErrorCode::kUnsupported)
      << "something may be there";
  objects_.away = false;
  ASSERT_TRUE(put(kOne, "one").has_value());
  const auto without = open(kA + "\n", nullptr);
  ASSERT_FALSE(without.has_value());
  EXPECT_THAT(std::string(without.error().text), testing::HasSubstr("[vault.s3]"));
  vault_ = open(kA + "\n").value();
  ASSERT_TRUE(put(kOne, "two").has_value()) << "the mark is there already";
  EXPECT_EQ(read(kOne, "one") + read(kOne, "two"), "onetwo");
}

TEST_P(BucketVault, APlainOneHasNone) {
  EXPECT_EQ(Vault::open(folder_ / "plain", {}, &objects_).error().code, ErrorCode::kUnsupported);
}

}  // namespace
}  // namespace heyan::store
