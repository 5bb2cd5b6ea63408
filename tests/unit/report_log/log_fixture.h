// A log in a fresh database, with a table of the caller's own beside it.
#pragma once

#include <gmock/gmock.h>

#include <string>

#include "gateway/report_log/report_log.h"
#include "gateway/report_log/schema.h"
#include "gateway/sqlite/transaction.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::report_log {

inline constexpr std::array kMigrations = {
    kTables, std::string_view("CREATE TABLE payloads(idx INTEGER PRIMARY KEY, text TEXT) STRICT")};
inline constexpr sqlite::Layout kLayout{.application_id = 0x48594c67, .migrations = kMigrations};

inline core::Bytes entry_of(std::uint64_t number) {
  return core::to_bytes("{\"type\":\"intake\",\"number\":" + std::to_string(number) + "}");
}

class LogTest : public testing::Test {
 protected:
  os::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "log.db";
  std::unique_ptr<sqlite::Database> database_ = connect();
  std::unique_ptr<ReportLog> log_ = ReportLog::open(*database_).value();

  std::unique_ptr<sqlite::Database> connect() const {
    return std::make_unique<sqlite::Database>(sqlite::Database::open(path_, kLayout).value());
  }
  void reopen() {
    log_.reset();
    database_ = connect();
    log_ = ReportLog::open(*database_).value();
  }
  core::Result<Head> append(const Head& expected, std::span<const core::Bytes> entries) {
    HEYAN_TRY(auto transaction, sqlite::Transaction::begin(*database_));
    HEYAN_TRY(const Head next, log_->append(transaction, expected, entries));
    HEYAN_CHECK_OK(transaction.commit());
    return next;
  }
  core::Result<void> store_checkpoint(const Head& of, std::string_view text) {
    HEYAN_TRY(auto transaction, sqlite::Transaction::begin(*database_));
    HEYAN_CHECK_OK(log_->store_checkpoint(transaction, of, text));
    return transaction.commit();
  }
  core::ErrorCode refusal(const Head& expected, std::span<const core::Bytes> entries) {
    const auto appended = append(expected, entries);
    EXPECT_FALSE(appended.has_value());
    return appended ? core::ErrorCode::kIo : appended.error().code;
  }
  Head grow_to(std::uint64_t size) {
    Head head = log_->head().value();
    std::vector<core::Bytes> entries;
    for (std::uint64_t i = head.size; i < size; ++i) entries.push_back(entry_of(i));
    if (entries.empty()) return head;
    const auto next = append(head, entries);
    EXPECT_TRUE(next.has_value()) << (next ? "" : next.error().text);
    return next.value_or(head);
  }
  // Signed by nobody, which is no matter to the log.
  static std::string note_of(const Head& head) {
    transparency::Checkpoint checkpoint;
    checkpoint.origin = "heyan.local/report-log/test";
    checkpoint.size = head.size;
    checkpoint.root = head.root;
    return transparency::encode_checkpoint(checkpoint).value() + "\n\u2014 log AAAAAAAA\n";
  }
};

}  // namespace heyan::report_log
