// What is so of a file alone.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>
#include <thread>

#include "gateway/report_log/report_log.h"
#include "tests/unit/report_log/in_file.h"
#include "tests/unit/report_log/log_fixture.h"

namespace heyan::report_log {
namespace {

using core::ErrorCode;

// Until it is killed: appends, commits, and then says so.
[[noreturn]] void append_for_ever(const std::filesystem::path& path, int pipe) {
  auto database = sqlite::Database::open(path, kLayout).value();
  const auto log = ReportLog::open(database).value();
  while (true) {
    const Head head = log->head().value();
    auto transaction = sql::Transaction::begin(database).value();
    const Head next = log->append(transaction, head, std::array{entry_of(head.size)}).value();
    if (!transaction.commit()) ::_exit(1);
    if (::write(pipe, &next.size, sizeof next.size) != sizeof next.size) ::_exit(2);
  }
}

TEST(LogInFile, WhatWasSaidToBeAppendedIsThere) {
  const os::TemporaryFolder folder;
  const auto path = folder / "log.db";
  std::mt19937 random(20261120);
  std::uint64_t said = 0;
  for (int round = 0; round < 8; ++round) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) append_for_ever(path, pipe[1]);
    ::close(pipe[1]);
    std::this_thread::sleep_for(std::chrono::milliseconds(30 + random() % 200));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status));
    for (std::uint64_t size = 0; ::read(pipe[0], &size, sizeof size) == sizeof size;) said = size;
    ::close(pipe[0]);
    auto database = sqlite::Database::open(path, kLayout).value();
    const auto log = ReportLog::open(database).value();  // checks the root
    const Head head = log->head().value();
    EXPECT_TRUE(head.size == said || head.size == said + 1) << head.size << " " << said;
    for (std::uint64_t i = 0; i < head.size; ++i) EXPECT_EQ(log->entry(i).value(), entry_of(i));
    EXPECT_EQ(log->entry(head.size).error().code, ErrorCode::kNotFound);
    said = head.size;
  }
  EXPECT_GT(said, 0);
}

}  // namespace
}  // namespace heyan::report_log
