// What was being received when a backup was made, once it is restored.
#include "gateway/backup/uploads.h"

#include <gmock/gmock.h>

#include "gateway/signer/tables.h"
#include "gateway/sqlite/statement_cache.h"
#include "gateway/store/store.h"
#include "gateway/store/vault_names.h"
#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::backup {
namespace {

class UploadsTest : public testing::Test {
 protected:
  static core::Bytes digest_of(const std::string& id) {
    return crypto::sha256(core::as_bytes("case of " + id));
  }
  void receive(const std::string& id) {
    const auto begun = store_->begin_receiving({.id = id,
                                                .court = "0491",
                                                .account = "a",
                                                .session = core::to_bytes("session"),
                                                .key = {id, core::to_bytes("f")},
                                                .created_at_ms = 1000,
                                                .expires_at_ms = 100'000'000,
                                                .files = {{"case.json", 2, digest_of(id)}}});
    ASSERT_TRUE(begun.has_value()) << begun.error().text;
  }
  void log(const std::string& id) {
    sqlite::Database database = sqlite::Database::open(log_, signer::layout()).value();
    sqlite::StatementCache statements(database);
    ASSERT_TRUE(
        statements.run("INSERT INTO intakes(submission, idx, log, court, files,"
                       " received_at_ms) VALUES(?, 1, 'of before', '0491', x'00', 1000)",
                       id));
  }
  // As of a state that nobody runs on.
  std::uint64_t forget(const Manifest& manifest = {}) {
    store_.reset();
    const auto forgotten = forget_uploads(front_, log_, manifest);
    EXPECT_TRUE(forgotten.has_value());
    store_ = store::Store::open(front_).value();
    return forgotten.value_or(0);
  }
  bool is_there(const std::string& id) {
    return store_->find_receiving(id, store::Scope::whole_installation()).value().has_value();
  }

  os::TemporaryFolder folder_;
  std::filesystem::path front_ = folder_ / "front.db";
  std::filesystem::path log_ = folder_ / "log.db";
  std::unique_ptr<store::Store> store_ = store::Store::open(front_).value();
};

TEST_F(UploadsTest, OfWhichBytesAreLackingIsForgotten) {
  receive("part");
  EXPECT_EQ(forget(), 1u);
  EXPECT_FALSE(is_there("part"));
}

TEST_F(UploadsTest, WhatTheBackupHasIsGoneOnWithPlainOrEncrypted) {
  Manifest manifest;
  for (const std::string id : {"plain", "sealed"}) receive(id);
  manifest["state/vault/" + store::place_in_vault("0491", digest_of("plain")).value()];
  manifest["state/vault/" +
           store::sealed_place({.court = "0491", .submission = "sealed"}, digest_of("sealed"))
               .value()];
  EXPECT_EQ(forget(manifest), 0u);
  EXPECT_TRUE(is_there("plain"));
  EXPECT_TRUE(is_there("sealed"));
}

// Its files may lie in a bucket, of which no backup lists anything; and without a report of it the
// alarm of overdue intakes would never end.
TEST_F(UploadsTest, SoIsWhatWasLogged) {
  receive("logged");
  receive("part");
  log("logged");
  EXPECT_EQ(forget(), 1u);
  EXPECT_TRUE(is_there("logged"));
  EXPECT_FALSE(is_there("part"));
}

}  // namespace
}  // namespace heyan::backup
