// A backup of a gateway that deletes something meanwhile: what was deleted is not called lacking,
// and what is lacking for no such reason is.
#include "gateway/backup/make.h"

#include <gmock/gmock.h>

#include "gateway/backup/verify.h"
#include "gateway/keys/gateway_keys.h"
#include "gateway/signer/tables.h"
#include "gateway/sqlite/statement_cache.h"
#include "gateway/store/schema.h"
#include "gateway/store/store.h"
#include "gateway/store/vault.h"
#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::backup {
namespace {

namespace fs = std::filesystem;
using store::DeletionState;
using store::Obstacle;

core::Bytes sha256(std::string_view content) { return crypto::sha256(core::as_bytes(content)); }

class MakeTest : public testing::Test {
 protected:
  MakeTest() {
    config_.state = folder_ / "state";
    config_.trust = {.bundle = folder_.write("bundle.jws", "bundle"),
                     .trust_list = HEYAN_SOURCE "/gateway/sample/trust/trust.toml",
                     .policy = {},
                     .keys = {},
                     .at_least = 0};
    folder_.write("heyan.toml", "");
    fs::create_directories(config_.state);
    EXPECT_TRUE(keys::make_gateway_keys(config_.state / "keys", "Test court", "heyan.test/log",
                                        core::from_unix_ms(1000)));
    fs::create_directories(folder_ / "state/signer");
    fs::create_directories(folder_ / "state/front");
    EXPECT_TRUE(sqlite::Database::open(folder_ / "state/signer/log.db", signer::layout()));
    store_ = store::Store::open(folder_ / "state/front/front.db").value();
    vault_ = store::Vault::open(folder_ / "state/vault").value();
    for (const char* id : {"s1", "s2", "s3"}) file(id);
  }
  static std::vector<std::string> contents_of(const std::string& id) {
    return {"case of " + id, "one of " + id, "other of " + id};
  }
  void put(const std::string& id, const std::string& content) {
    const store::StagedFile staged{.path = folder_.write("staging/x", content),
                                   .sha256 = sha256(content)};
    ASSERT_TRUE(vault_->put_from_staging({"0491", id}, std::span(&staged, 1)).has_value());
  }
  void file(const std::string& id) {
    std::vector<store::StoredFile> files;
    for (const std::string& content : contents_of(id)) {
      put(id, content);
      files.push_back({.path = files.empty() ? "case.json" : content,
                       .size = content.size(),
                       .sha256 = sha256(content)});
    }
    ASSERT_TRUE(store_->accept({.id = id,
                                .court = "0491",
                                .account = "a",
                                .received_at_ms = 1000,
                                .intake_index = static_cast<std::uint64_t>(id.back() - '0'),
                                .receipt = core::to_bytes("receipt"),
                                .session = core::to_bytes("session"),
                                .files = files},
                               nullptr));
    ASSERT_TRUE(store_->claim_job(1000).value().has_value());
    ASSERT_TRUE(store_->finish_job({.submission = id,
                                    .version = 1,
                                    .report_number = "HY-" + id,
                                    .issued_at_ms = 2000,
                                    .envelope = core::to_bytes("envelope"),
                                    .record_sha256 = sha256("case of " + id),
                                    .verdict = "ALL_CONSISTENT"}));
  }
  fs::path place(const std::string& content) const {
    return folder_ / "state/vault" / store::place_in_vault("0491", sha256(content)).value();
  }
  void remove_files(const std::string& id) const {
    for (const std::string& content : contents_of(id)) fs::remove(place(content));
  }
  void confirm(const std::string& id) {
    store::DeletionStep step{.submission = id, .court = "0491", .account = "clerk", .now_ms = 3000};
    ASSERT_EQ(store_->ask_deletion(step, "q", "court-order").value(), Obstacle::kNone);
    step.account = "judge";
    ASSERT_EQ(store_->confirm_deletion(step, "q", 5000).value(), Obstacle::kNone);
  }
  // As the deleter does: nobody stops it any more, then its files go.
  void carry_out(const std::string& id) {
    ASSERT_TRUE(store_->begin_deletion(id, 6000).value());
    remove_files(id);
  }
  // `at` so many files of the vault, that happens.
  Made make_while(std::size_t at, std::function<void()> happens) {
    const fs::path copied = folder_ / "out.unfinished/state/vault";
    std::size_t files = 0;
    const auto expect = [&](std::uint64_t) {
      if (fs::exists(copied) && ++files == at) happens();
    };
    auto made = make({.config = config_,
                      .config_file = folder_ / "heyan.toml",
                      .out = folder_ / "out",
                      .since = since_,
                      .with_keys = false,
                      .at = core::from_unix_ms(9000),
                      .expect = expect,
                      .advance = {}});
    EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().what);
    return made.value_or(Made{});
  }
  // What the copy's tables say.
  std::string state_in_copy(const std::string& id) const {
    sqlite::Database database = sqlite::Database::open(folder_ / "out/state/front/front.db",
                                                       store::layout(), sqlite::Access::kStill)
                                    .value();
    sqlite::StatementCache statements(database);
    const auto row =
        statements.one<std::string>("SELECT state FROM deletions WHERE submission = ?", id).value();
    return row ? std::get<0>(*row) : "";
  }
  // Whoever verifies the copy misses no file.
  std::vector<std::string> missed() const {
    const auto verified = verify({.folder = folder_ / "out",
                                  .vault_key = {},
                                  .at = core::from_unix_ms(9000),
                                  .expect = {},
                                  .advance = {}});
    std::vector<std::string> names;
    if (!verified) return {verified.error().what};
    for (const auto& [word, about] : verified->findings) {
      if (word == "file-lacking" || word == "missing" || word == "unlisted") names.push_back(about);
    }
    return names;
  }

  // From here on.
  void encrypt() {
    config_.vault.encryption = crypto::Aead::kAes256Gcm;
    config_.vault.key_file = folder_.write("vault.key", std::string(64, 'a') + "\n");
    fs::permissions(config_.vault.key_file, fs::perms::owner_read | fs::perms::owner_write);
    auto encryption = store::vault_encryption(config_.vault.encryption, config_.vault.key_file,
                                              folder_ / "staging");
    vault_ = store::Vault::open(folder_ / "state/vault", *std::move(encryption)).value();
  }
  // What the next one shares files with.
  void make_earlier() {
    make_while(0, {});
    since_ = folder_ / "earlier";
    fs::rename(folder_ / "out", since_);
  }

  std::string refused(const fs::path& out) const {
    const auto made = make({.config = config_,
                            .config_file = folder_ / "heyan.toml",
                            .out = out,
                            .since = {},
                            .with_keys = false,
                            .at = core::from_unix_ms(9000),
                            .expect = {},
                            .advance = {}});
    return made ? std::string() : made.error().what;
  }

  os::TemporaryFolder folder_;
  fs::path since_;
  ops::Config config_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::Vault> vault_;
};

TEST_F(MakeTest, IsRefusedWithinTheStateFolderAlsoByWayOfALink) {
  fs::create_directory_symlink(folder_ / "state/vault", folder_ / "link");
  fs::create_directory(folder_ / "state-2");
  for (const char* out :
       {"state/b", "state/vault/b/", "link/b", "state/../state/b", "state-2/../state/front/b"}) {
    EXPECT_THAT(refused(folder_ / out), testing::HasSubstr("within the gateway's state folder"))
        << out;
  }
  EXPECT_FALSE(fs::exists(folder_ / "state/b.unfinished"));
  EXPECT_FALSE(fs::exists(folder_ / "state/vault/b.unfinished"));
  EXPECT_EQ(refused(folder_ / "state-2/b"), "") << "whose name only begins so";
}

TEST_F(MakeTest, IsRefusedUnderANameOfOneThatWasNotFinished) {
  for (const char* out : {"b.unfinished", "b.unfinished/"}) {
    EXPECT_THAT(refused(folder_ / out), testing::HasSubstr("was not finished")) << out;
  }
  EXPECT_FALSE(fs::exists(folder_ / "b.unfinished"));
  EXPECT_FALSE(fs::exists(folder_ / "b.unfinished.unfinished"));
}

TEST_F(MakeTest, WhereThereAreNoTablesYetTheGatewayIsToBeStartedOnce) {
  fs::remove(folder_ / "state/signer/log.db");
  const auto made = make({.config = config_,
                          .config_file = folder_ / "heyan.toml",
                          .out = folder_ / "out",
                          .since = {},
                          .with_keys = false,
                          .at = core::from_unix_ms(9000),
                          .expect = {},
                          .advance = {}});
  ASSERT_FALSE(made.has_value());
  EXPECT_THAT(made.error().what, testing::HasSubstr("log.db"));
  EXPECT_THAT(made.error().remedy, testing::HasSubstr("start the gateway once"));
}

TEST_F(MakeTest, HasAllFilesOfAGatewayThatDeletesNothing) {
  const Made made = make_while(1, [] {});
  EXPECT_THAT(made.description.lacking, testing::IsEmpty());
  EXPECT_EQ(made.deleted_meanwhile, 0u);
  EXPECT_THAT(missed(), testing::IsEmpty());
}

TEST_F(MakeTest, WhatWasDeletedMeanwhileIsNotLacking) {
  confirm("s2");
  for (const std::size_t at : {1u, 5u}) {  // before any of its files, and between them
    if (at > 1) {
      fs::remove_all(folder_ / "out");
      confirm("s3");
    }
    const Made made = make_while(at, [&] { carry_out(at == 1 ? "s2" : "s3"); });
    EXPECT_THAT(made.description.lacking, testing::IsEmpty()) << at;
    EXPECT_EQ(made.deleted_meanwhile, 1u) << at;
    EXPECT_EQ(state_in_copy(at == 1 ? "s2" : "s3"), "UNDER_WAY") << at;
    EXPECT_EQ(state_in_copy("s1"), "");
    EXPECT_THAT(missed(), testing::IsEmpty()) << at;
  }
}

TEST_F(MakeTest, WhatWasDeletedMeanwhileIsNotBroughtBackFromAnEarlierOne) {
  make_earlier();
  file("s0");  // which is copied first, and shared with nothing
  confirm("s2");
  const Made made = make_while(1, [&] { carry_out("s2"); });
  EXPECT_EQ(made.shared_files, 6u);
  EXPECT_THAT(made.description.lacking, testing::IsEmpty());
  EXPECT_EQ(made.deleted_meanwhile, 1u);
  EXPECT_EQ(state_in_copy("s2"), "UNDER_WAY");
  const auto gone = store::place_in_vault("0491", sha256("one of s2")).value();
  EXPECT_FALSE(fs::exists(folder_ / "out/state/vault" / gone));
  EXPECT_THAT(missed(), testing::IsEmpty());
}

TEST_F(MakeTest, NorWhereOnlyItsKeyIsGoneByThen) {
  encrypt();
  file("s5");
  file("s6");
  make_earlier();
  file("s0");
  confirm("s5");
  const store::VaultOwner owner{"0491", "s5"};
  const Made made = make_while(1, [&] {
    ASSERT_TRUE(store_->begin_deletion("s5", 6000).value());
    fs::remove(folder_ / "state/vault" / store::key_place(owner));
  });
  EXPECT_THAT(made.description.lacking, testing::IsEmpty());
  EXPECT_EQ(made.deleted_meanwhile, 1u);
  EXPECT_EQ(state_in_copy("s5"), "UNDER_WAY");
  const auto gone = store::sealed_place(owner, sha256("one of s5")).value();
  EXPECT_FALSE(fs::exists(folder_ / "out/state/vault" / gone));
  EXPECT_THAT(missed(), testing::IsEmpty());
}

// The files are whole as soon as the key is put back, from wherever.
TEST_F(MakeTest, AKeyThatIsLostIsWhatIsLackingAndNotTheFilesThatItOpens) {
  encrypt();
  file("s5");
  file("s6");
  const store::VaultOwner owner{"0491", "s5"};
  const fs::path key = folder_ / "state/vault" / store::key_place(owner);
  const core::Bytes saved = core::to_bytes(os::content_of(key));
  for (const bool shares : {false, true}) {
    if (shares) make_earlier();
    fs::remove(key);
    const Made made = make_while(0, {});
    EXPECT_THAT(made.description.lacking,
                testing::ElementsAre("state/vault/" + store::key_place(owner)))
        << shares;
    for (const std::string& content : contents_of("s5")) {
      const auto place = store::sealed_place(owner, sha256(content)).value();
      EXPECT_EQ(os::content_of(folder_ / "out/state/vault" / place),
                os::content_of(folder_ / "state/vault" / place));
    }
    EXPECT_THAT(missed(), testing::IsEmpty()) << "it was missed already where the backup was made";
    fs::remove_all(folder_ / "out");
    folder_.write(fs::relative(key, folder_.path()).string(), core::to_string(saved));
  }
}

TEST_F(MakeTest, SoIsTheKeyOfTheCourt) {
  encrypt();
  file("s5");
  fs::remove(folder_ / "state/vault" / store::court_key_place("0491"));
  EXPECT_THAT(make_while(0, {}).description.lacking,
              testing::ElementsAre("state/vault/" + store::court_key_place("0491")));
}

TEST_F(MakeTest, WhatIsGoneForNoDeletionIsLacking) {
  const Made made = make_while(1, [&] { remove_files("s2"); });
  EXPECT_EQ(made.description.lacking.size(), 3u);
  EXPECT_EQ(made.deleted_meanwhile, 0u);
}

TEST_F(MakeTest, OneThatIsOnlyConfirmedExcusesNothing) {
  confirm("s2");
  const Made made = make_while(1, [&] { remove_files("s2"); });
  EXPECT_EQ(made.description.lacking.size(), 3u);
  EXPECT_EQ(made.deleted_meanwhile, 0u);
  EXPECT_EQ(state_in_copy("s2"), "CONFIRMED");
}

TEST_F(MakeTest, OfAnotherSubmissionItExcusesNothing) {
  confirm("s2");
  const Made made = make_while(1, [&] {
    carry_out("s2");
    remove_files("s3");
  });
  EXPECT_EQ(made.description.lacking.size(), 3u);
  EXPECT_EQ(made.deleted_meanwhile, 1u);
  EXPECT_EQ(state_in_copy("s2"), "UNDER_WAY");
  EXPECT_EQ(state_in_copy("s3"), "");
}

}  // namespace
}  // namespace heyan::backup
