#include "gateway/service/housekeeping.h"

#include <gmock/gmock.h>

#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {
namespace {

using namespace std::chrono_literals;

core::Bytes sha256(std::string_view content) { return crypto::sha256(core::as_bytes(content)); }

class HousekeepingTest : public testing::Test {
 protected:
  // Into the vault, as old as that.
  std::filesystem::path put(const std::string& court, const std::string& content,
                            std::chrono::hours age) {
    const store::StagedFile file{.path = folder_.write("staged", content),
                                 .sha256 = sha256(content)};
    EXPECT_TRUE(vault_->put_from_staging({court, "s-" + court}, std::span(&file, 1)).has_value());
    const auto path = folder_ / "vault" / core::to_hex(sha256(court)).substr(0, 32) /
                      core::to_hex(sha256(content)).insert(2, "/");
    std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now() - age);
    return path;
  }
  void accept(const std::string& court, const std::string& content) {
    const store::IdempotencyKey key{"key", core::Bytes(32, 1)};
    EXPECT_TRUE(store_
                    ->accept({.id = "s-" + court,
                              .court = court,
                              .account = "a",
                              .received_at_ms = 1000,
                              .intake_index = 1,
                              .receipt = core::to_bytes("r"),
                              .session = core::to_bytes("s"),
                              .files = {{"case.json", content.size(), sha256(content)}}},
                             &key)
                    .has_value());
  }
  void finish(const std::string& court, const std::string& record) {
    const auto job = store_->claim_job(5000).value().value();
    EXPECT_EQ(job.court, court);
    EXPECT_TRUE(store_
                    ->finish_job({.submission = job.submission,
                                  .version = 1,
                                  .report_number = "HY-" + court,
                                  .issued_at_ms = 1,
                                  .envelope = core::to_bytes("e"),
                                  .record_sha256 = sha256(record),
                                  .verdict = "v"})
                    .has_value());
  }
  std::uint64_t sweep(const std::vector<std::string>& courts = {}) {
    std::filesystem::remove(marker_);  // as a week later
    return sweep_again(courts);
  }
  std::uint64_t sweep_again(const std::vector<std::string>& courts = {}) {
    const auto swept = sweep_vault(*store_, *vault_, courts, marker_);
    EXPECT_TRUE(swept.has_value());
    return swept ? swept->files : 99;
  }

  os::TemporaryFolder folder_;
  std::filesystem::path marker_ = folder_ / "vault.swept";
  std::unique_ptr<store::Store> store_ = store::Store::open(folder_ / "front.db").value();
  std::unique_ptr<store::Vault> vault_ = store::Vault::open(folder_ / "vault").value();
};

constexpr std::chrono::hours kOld{24 * 8};

TEST_F(HousekeepingTest, OldFilesThatNothingRefersToAreRemoved) {
  const auto file = put("0491", "kept", kOld);
  const auto record = put("0491", "record", kOld);
  const auto orphan = put("0491", "orphan", kOld);
  accept("0491", "kept");
  finish("0491", "record");
  EXPECT_EQ(sweep(), 1u);
  EXPECT_TRUE(std::filesystem::exists(file));
  EXPECT_TRUE(std::filesystem::exists(record));
  EXPECT_FALSE(std::filesystem::exists(orphan));
  EXPECT_EQ(sweep(), 0u);
}

TEST_F(HousekeepingTest, YoungOnesStay) {
  accept("0491", "kept");
  finish("0491", "record");
  const auto young = put("0491", "orphan", std::chrono::hours(24 * 6));
  EXPECT_EQ(sweep(), 0u);
  EXPECT_TRUE(std::filesystem::exists(young));
}

TEST_F(HousekeepingTest, NothingIsRemovedWhileAVerificationIsOpen) {
  const auto orphan = put("0491", "orphan", kOld);
  accept("0491", "kept");
  EXPECT_EQ(sweep(), 0u);
  EXPECT_TRUE(store_->claim_job(5000).value().has_value());
  EXPECT_EQ(sweep(), 0u);
  EXPECT_TRUE(std::filesystem::exists(orphan));
}

TEST_F(HousekeepingTest, WhatAnotherCourtRefersToIsNoReasonToKeepIt) {
  accept("0491", "same");
  finish("0491", "record");
  const auto own = put("0491", "same", kOld);
  const auto others = put("0492", "same", kOld);
  EXPECT_EQ(sweep(), 0u);  // a court that nobody names is left alone
  EXPECT_EQ(sweep({"0492", "0491"}), 1u);
  EXPECT_TRUE(std::filesystem::exists(own));
  EXPECT_FALSE(std::filesystem::exists(others));
}

TEST_F(HousekeepingTest, OfAnEncryptedVaultTheSameAndKeysWithTheirFiles) {
  const auto key = folder_.write("vault.key", std::string(64, 'a') + "\n");
  std::filesystem::permissions(key, std::filesystem::perms(0600));
  const auto plain = put("0491", "plain", kOld);
  vault_ = store::Vault::open(
               folder_ / "vault",
               store::vault_encryption(crypto::Aead::kAes256Gcm, key, folder_.path()).value())
               .value();
  const auto sealed = [&](const std::string& submission, const std::string& content) {
    const store::VaultOwner owner{"0491", submission};
    const store::StagedFile file{.path = folder_.write("staged", content),
                                 .sha256 = sha256(content)};
    EXPECT_TRUE(vault_->put_from_staging(owner, std::span(&file, 1)).has_value());
    return std::vector{folder_ / "vault" / store::sealed_place(owner, sha256(content)).value(),
                       folder_ / "vault" / store::key_place(owner)};
  };
  std::vector<std::filesystem::path> kept = sealed("s-0491", "kept");
  kept.push_back(sealed("s-0491", "record").front());
  std::vector<std::filesystem::path> gone = sealed("another", "kept");
  gone.push_back(sealed("s-0491", "orphan").front());
  gone.push_back(plain);
  for (const auto& files : {kept, gone}) {
    for (const auto& file : files) {
      std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - kOld);
    }
  }
  accept("0491", "kept");
  finish("0491", "record");
  EXPECT_EQ(sweep(), gone.size());
  for (const auto& file : kept) EXPECT_TRUE(std::filesystem::exists(file)) << file;
  for (const auto& file : gone) EXPECT_FALSE(std::filesystem::exists(file)) << file;
  EXPECT_EQ(sweep(), 0u);
}

TEST_F(HousekeepingTest, IsLookedThroughOnceAWeek) {
  using Clock = std::filesystem::file_time_type::clock;
  EXPECT_EQ(sweep({"0491"}), 0u);
  put("0491", "orphan", kOld);
  EXPECT_EQ(sweep_again({"0491"}), 0u);
  std::filesystem::last_write_time(marker_, Clock::now() - 6 * 24h);
  EXPECT_EQ(sweep_again({"0491"}), 0u);
  std::filesystem::last_write_time(marker_, Clock::now() - 8 * 24h);
  EXPECT_EQ(sweep_again({"0491"}), 1u);
  put("0491", "orphan", kOld);
  EXPECT_EQ(sweep_again({"0491"}), 0u) << "the marker was not written anew";
  std::filesystem::last_write_time(marker_, Clock::now() + 1h);
  EXPECT_EQ(sweep_again({"0491"}), 1u) << "a marker of a clock that was set back";
}

TEST_F(HousekeepingTest, AnOpenVerificationLeavesItToTheNextStart) {
  put("0491", "orphan", kOld);
  accept("0491", "kept");
  EXPECT_EQ(sweep(), 0u);
  finish("0491", "record");
  EXPECT_EQ(sweep_again(), 1u);
}

TEST_F(HousekeepingTest, WhatIsNoFileOfTheVaultStays) {
  const auto orphan = put("0491", "orphan", kOld);
  const auto folder = orphan.parent_path();
  std::vector<std::filesystem::path> strange = {folder / "notes.txt", folder / "ab",
                                                folder.parent_path() / "readme",
                                                folder / std::string(62, 'g')};
  for (const auto& file : strange) {
    std::filesystem::copy_file(orphan, file);
    std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - kOld);
  }
  std::filesystem::create_symlink(folder_.write("outside", "x"), folder / std::string(62, 'a'));
  EXPECT_EQ(sweep({"0491"}), 1u);
  for (const auto& file : strange) EXPECT_TRUE(std::filesystem::exists(file)) << file;
  EXPECT_TRUE(std::filesystem::exists(folder_ / "outside"));
  EXPECT_EQ(sweep({"nobody"}), 0u);
}

TEST_F(HousekeepingTest, KeysAreForgottenAfterTwoDaysAndNotBefore) {
  accept("0491", "x");
  std::atomic<std::int64_t> now = 1000 + std::int64_t{47} * 3600 * 1000;
  const auto known = [&] { return store_->find_key("0491", "a", "key").value().has_value(); };
  std::atomic<bool> has_time = true;
  const Housekeeper housekeeper(
      *store_, [&now] { return now.load(); }, [&has_time] { return has_time.load(); }, 10ms);
  std::this_thread::sleep_for(100ms);
  EXPECT_TRUE(known());
  has_time = false;
  now = 1000 + std::int64_t{49} * 3600 * 1000;
  std::this_thread::sleep_for(100ms);
  EXPECT_TRUE(known()) << "by a clock that is not believed";
  has_time = true;
  for (int i = 0; i < 100 && known(); ++i) std::this_thread::sleep_for(20ms);
  EXPECT_FALSE(known());
}

}  // namespace
}  // namespace heyan::service
