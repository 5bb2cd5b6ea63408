#include "gateway/service/vault_sweep.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

core::Bytes sha256(std::string_view content) { return crypto::sha256(core::as_bytes(content)); }

constexpr std::chrono::hours kWeek{24 * 7};

class VaultSweepTest : public testing::Test {
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
  VaultSweep begin(std::vector<std::string> courts = {}) {
    return VaultSweep({.courts = std::move(courts),
                       .names = folder_ / "sweep",
                       .list = list_,
                       .on_done =
                           [this](const auto& removed, const auto& left) {
                             removed_.push_back(removed);
                             left_.push_back(left.files);
                           },
                       .on_failed = [this](const auto& error) { failed_.push_back(error.code); }},
                      *store_, *vault_);
  }
  // By a gateway of its own each time.
  void look(const std::vector<std::string>& courts = {}) {
    begin(courts).go_on(stop_.get_token());
    EXPECT_FALSE(std::filesystem::exists(folder_ / "sweep"));
  }
  void let_pass(std::chrono::hours time) const {
    std::filesystem::last_write_time(list_, std::filesystem::last_write_time(list_) - time);
  }
  void look_a_week_later(const std::vector<std::string>& courts = {}) {
    let_pass(kWeek);
    look(courts);
  }
  // How many of what two looks find are removed by the second.
  std::uint64_t sweep(const std::vector<std::string>& courts = {}) {
    std::filesystem::remove(list_);
    look(courts);
    EXPECT_EQ(removed_.back().files, 0u) << "after one look";
    look_a_week_later(courts);
    EXPECT_THAT(failed_, IsEmpty());
    return removed_.back().files;
  }

  os::TemporaryFolder folder_;
  std::filesystem::path list_ = folder_ / "vault.left";
  std::unique_ptr<store::Store> store_ = store::Store::open(folder_ / "front.db").value();
  std::unique_ptr<store::Vault> vault_ = store::Vault::open(folder_ / "vault").value();
  std::vector<VaultSweep::Swept> removed_;
  std::vector<std::uint64_t> left_;
  std::vector<core::ErrorCode> failed_;
  std::stop_source stop_;
};

constexpr std::chrono::hours kOld{24 * 8};

TEST_F(VaultSweepTest, OldFilesThatNothingRefersToAreRemoved) {
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

TEST_F(VaultSweepTest, YoungOnesStay) {
  accept("0491", "kept");
  finish("0491", "record");
  const auto young = put("0491", "orphan", std::chrono::hours(24 * 6));
  EXPECT_EQ(sweep(), 0u);
  EXPECT_TRUE(std::filesystem::exists(young));
}

TEST_F(VaultSweepTest, WhatAnotherCourtRefersToIsNoReasonToKeepIt) {
  accept("0491", "same");
  finish("0491", "record");
  const auto own = put("0491", "same", kOld);
  const auto others = put("0492", "same", kOld);
  EXPECT_EQ(sweep(), 0u);  // a court that nobody names is left alone
  EXPECT_EQ(sweep({"0492", "0491"}), 1u);
  EXPECT_TRUE(std::filesystem::exists(own));
  EXPECT_FALSE(std::filesystem::exists(others));
}

TEST_F(VaultSweepTest, OfAnEncryptedVaultTheSameAndKeysWithTheirFiles) {
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

TEST_F(VaultSweepTest, LooksOnceAWeek) {
  const auto orphan = put("0491", "orphan", kOld);
  look({"0491"});
  EXPECT_THAT(left_, ElementsAre(1u));
  look({"0491"});
  let_pass(kWeek - 1h);
  look({"0491"});
  EXPECT_EQ(left_.size(), 1u);
  EXPECT_TRUE(std::filesystem::exists(orphan));
  let_pass(1h);
  look({"0491"});
  EXPECT_THAT(left_, ElementsAre(1u, 0u));
  EXPECT_EQ(removed_.back().files, 1u);
  EXPECT_EQ(removed_.back().bytes, 6u);
  EXPECT_FALSE(std::filesystem::exists(orphan));
  std::filesystem::last_write_time(list_, std::filesystem::file_time_type::clock::now() + 1h);
  look({"0491"});
  EXPECT_EQ(left_.size(), 3u) << "after a clock that was set back";
}

// Its report may have been signed, with whichever of the records, and is stored some day.
TEST_F(VaultSweepTest, AVerificationThatIsOpenKeepsItsRecordsAndNothingElse) {
  const auto file = put("0491", "kept", kOld);
  const auto record = put("0491", "record", kOld);
  const auto other = put("0491", "record of another attempt", kOld);
  put("0491", "orphan", kOld);
  accept("0491", "kept");
  for (const char* const one : {"record", "record of another attempt"}) {
    EXPECT_TRUE(store_->note_record("s-0491", sha256(one)).has_value());
  }
  EXPECT_EQ(sweep(), 1u) << "one that was open for years";
  finish("0491", "record");
  EXPECT_EQ(sweep(), 1u);
  EXPECT_TRUE(std::filesystem::exists(file));
  EXPECT_TRUE(std::filesystem::exists(record));
  EXPECT_FALSE(std::filesystem::exists(other)) << "its report was not signed";
}

// Verified anew, it may have the report that was signed then.
TEST_F(VaultSweepTest, AVerificationThatWasRejectedKeepsItsRecords) {
  const auto record = put("0491", "record", kOld);
  put("0491", "orphan", kOld);
  accept("0491", "kept");
  EXPECT_TRUE(store_->note_record("s-0491", sha256("record")).has_value());
  const auto job = store_->claim_job(1).value();
  ASSERT_TRUE(job.has_value());
  ASSERT_TRUE(store_->reject_job(*job, "unsupported").has_value());
  EXPECT_EQ(sweep(), 1u);
  EXPECT_TRUE(std::filesystem::exists(record));
}

// A database that was set back by mistake.
TEST_F(VaultSweepTest, WhatIsKnownAWeekLaterStays) {
  const auto file = put("0491", "kept", kOld);
  const auto record = put("0491", "record", kOld);
  put("0491", "orphan", kOld);
  look({"0491"});
  EXPECT_THAT(left_, ElementsAre(3u));
  accept("0491", "kept");
  finish("0491", "record");
  look_a_week_later();
  EXPECT_EQ(removed_.back().files, 1u);
  EXPECT_TRUE(std::filesystem::exists(file));
  EXPECT_TRUE(std::filesystem::exists(record));
}

TEST_F(VaultSweepTest, WhatIsPutOnceMoreMeanwhileStays) {
  const auto same = put("0491", "same", kOld);
  put("0491", "orphan", kOld);
  look({"0491"});
  // By a clock that is behind, too.
  put("0491", "same", kOld + 1h);
  look_a_week_later({"0491"});
  EXPECT_EQ(removed_.back().files, 1u);
  EXPECT_EQ(left_.back(), 1u);
  EXPECT_TRUE(std::filesystem::exists(same));
}

TEST_F(VaultSweepTest, WhatABrokenListSaysIsNotBelieved) {
  const auto orphan = put("0491", "orphan", kOld);
  look({"0491"});
  const std::string good = os::content_of(list_);
  ASSERT_EQ(read_left(list_).size(), 1u);
  for (const std::string& wrong :
       {std::string(), good.substr(0, good.size() - 1), good.substr(good.find('\n') + 1),
        good + "x\n", good + "a 1\n", good + "a 1 2 3\n", good + "a -1 -1\n", good + "a 1  2\n",
        good + "a 99999999999999999999 1\n"}) {
    std::ofstream(list_, std::ios::trunc) << wrong;
    EXPECT_THAT(read_left(list_), IsEmpty()) << wrong;
  }
  look_a_week_later({"0491"});
  EXPECT_EQ(removed_.back().files, 0u);
  EXPECT_TRUE(std::filesystem::exists(orphan));
  look_a_week_later({"0491"});
  EXPECT_EQ(removed_.back().files, 1u);
}

TEST_F(VaultSweepTest, WhereNamesCannotBePutAsideNothingIsRemoved) {
  const auto orphan = put("0491", "orphan", kOld);
  look({"0491"});
  let_pass(kWeek);
  VaultSweep sweep(
      {.courts = {"0491"},
       .names = folder_.write("in the way", "") / "sweep",
       .list = list_,
       .on_done = [this](const auto& removed, const auto&) { removed_.push_back(removed); },
       .on_failed = [this](const auto& error) { failed_.push_back(error.code); }},
      *store_, *vault_);
  sweep.go_on(stop_.get_token());
  EXPECT_THAT(failed_, ElementsAre(core::ErrorCode::kIo));
  EXPECT_EQ(removed_.size(), 1u);
  EXPECT_TRUE(std::filesystem::exists(orphan));
}

TEST_F(VaultSweepTest, EndsWhenItIsAskedTo) {
  const auto orphan = put("0491", "orphan", kOld);
  look({"0491"});
  stop_.request_stop();
  look_a_week_later({"0491"});
  EXPECT_EQ(removed_.size(), 1u);
  EXPECT_THAT(failed_, IsEmpty());
  EXPECT_TRUE(std::filesystem::exists(orphan));
  stop_ = std::stop_source();
  look({"0491"});
  EXPECT_EQ(removed_.back().files, 1u);
}

// More submissions than a page has.
TEST_F(VaultSweepTest, LooksAtAllThatIsKept) {
  std::vector<std::filesystem::path> files;
  for (int i = 0; i < 450; ++i) {
    const std::string content = "content " + std::to_string(i);
    files.push_back(put("0491", content, kOld));
    EXPECT_TRUE(store_
                    ->accept({.id = "s" + std::to_string(i),
                              .court = "0491",
                              .account = "a",
                              .received_at_ms = 1000 + i,
                              .intake_index = 1,
                              .receipt = core::to_bytes("r"),
                              .session = core::to_bytes("s"),
                              .files = {{"case.json", content.size(), sha256(content)}}},
                             nullptr)
                    .has_value());
  }
  put("0491", "orphan", kOld);
  EXPECT_EQ(sweep(), 1u);
  for (const auto& file : files) EXPECT_TRUE(std::filesystem::exists(file)) << file;
}

TEST_F(VaultSweepTest, WhatIsNoFileOfTheVaultStays) {
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

}  // namespace
}  // namespace heyan::service
