// A log in a fresh database, with a table of the caller's own beside it.
#pragma once

#include <gmock/gmock.h>

#include <string>

#include "gateway/report_log/report_log.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/report_log/place.h"

namespace heyan::report_log {

inline core::Bytes entry_of(std::uint64_t number) {
  return core::to_bytes("{\"type\":\"intake\",\"number\":" + std::to_string(number) + "}");
}

class LogTest : public testing::Test {
 protected:
  os::TemporaryFolder folder_;
  std::unique_ptr<Place> place_ = new_place();
  std::unique_ptr<sql::Database> database_ = place_->connect();
  std::unique_ptr<ReportLog> log_ = ReportLog::open(*database_).value();

  void reopen() {
    log_.reset();
    database_ = place_->connect();
    log_ = ReportLog::open(*database_).value();
  }
  // The log, for what is asked until the end of the statement.
  struct Look {
    std::optional<sql::Snapshot> reading;
    const ReportLog* log;
    const ReportLog* operator->() const { return log; }
  };
  Look look() const {
    Look now{.reading = {}, .log = log_.get()};
    if (!database_->in_transaction()) now.reading.emplace(*sql::Snapshot::begin(*database_, {}));
    return now;
  }
  Head head_now() const { return look()->head().value(); }
  core::Result<Head> append(const Head& expected, std::span<const core::Bytes> entries) {
    HEYAN_TRY(auto transaction, sql::Transaction::begin(*database_));
    HEYAN_TRY(const Head next, log_->append(transaction, expected, entries));
    HEYAN_CHECK_OK(transaction.commit());
    return next;
  }
  core::Result<void> store_checkpoint(const Head& of, std::string_view text) {
    HEYAN_TRY(auto transaction, sql::Transaction::begin(*database_));
    HEYAN_CHECK_OK(log_->store_checkpoint(transaction, of, text));
    return transaction.commit();
  }
  core::ErrorCode refusal(const Head& expected, std::span<const core::Bytes> entries) {
    const auto appended = append(expected, entries);
    EXPECT_FALSE(appended.has_value());
    return appended ? core::ErrorCode::kIo : appended.error().code;
  }
  Head grow_to(std::uint64_t size) {
    Head head = head_now();
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
