// What was acknowledged is there after the process died, and once.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <random>
#include <set>
#include <thread>

#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

// One line a acknowledgement; a line is shorter than what a pipe takes at once.
void acknowledge(int pipe, const std::string& what) {
  const std::string line = what + "\n";
  if (::write(pipe, line.data(), line.size()) != static_cast<ssize_t>(line.size())) ::_exit(1);
}

void file_for_ever(Store& store, int pipe, const std::string& round, int thread) {
  for (int i = 0;; ++i) {
    const std::string id = round + "-" + std::to_string(thread) + "-" + std::to_string(i);
    const IdempotencyKey key{"key of " + id, core::to_bytes(id)};
    if (!store.accept(submission(id), &key)) ::_exit(2);
    acknowledge(pipe, "A " + id);
  }
}

void verify_for_ever(Store& store, int pipe) {
  while (true) {
    const auto job = store.claim_job(5000);
    if (!job) ::_exit(3);
    if (!*job) continue;
    if (!store.finish_job(finished(**job, "HY-" + (*job)->submission))) ::_exit(4);
    acknowledge(pipe, "F " + (*job)->submission);
  }
}

[[noreturn]] void work_until_killed(const Place& place, int pipe, const std::string& round) {
  auto opened = place.open();
  if (!opened) ::_exit(5);
  Store& store = **opened;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&, i] { file_for_ever(store, pipe, round, i); });
  }
  threads.emplace_back([&] { verify_for_ever(store, pipe); });
  for (auto& thread : threads) thread.join();
  ::_exit(0);
}

struct Acknowledged {
  std::multiset<std::string> accepted;
  std::multiset<std::string> finished;
};

void read_lines(int pipe, Acknowledged& all) {
  std::string text;
  std::array<char, 4096> piece{};
  ssize_t count = 0;
  while ((count = ::read(pipe, piece.data(), piece.size())) > 0) {
    text.append(piece.data(), static_cast<std::size_t>(count));
  }
  std::size_t start = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
    auto& kind = text[start] == 'A' ? all.accepted : all.finished;
    kind.insert(text.substr(start + 2, end - start - 2));
    start = end + 1;
  }
}

void expect_all_there(const Place& place, const Acknowledged& all) {
  auto opened = place.open();
  ASSERT_TRUE(opened.has_value()) << opened.error().text;
  Store& store = **opened;
  // A server notices a moment later that its client died.
  while (store.backlog(0).value().verifying != 0) ::usleep(1000);
  for (const std::string& id : all.accepted) {
    EXPECT_EQ(all.accepted.count(id), 1) << id;
    const auto found = store.find_submission(id, Scope::of_court("0491"));
    ASSERT_TRUE(found.has_value() && found->has_value()) << id;
    EXPECT_EQ(store.files(id, Scope::of_court("0491")).value().size(), 2) << id;
    EXPECT_EQ(store.find_key("0491", "u-1", "key of " + id).value()->submission, id);
    EXPECT_NE((*found)->state, State::kVerifying) << id;
  }
  for (const std::string& id : all.finished) {
    EXPECT_EQ(all.finished.count(id), 1) << id;
    EXPECT_EQ(store.find_submission(id, Scope::of_court("0491")).value()->state, State::kDone);
    EXPECT_TRUE(store.find_report("HY-" + id, Scope::of_court("0491")).value().has_value()) << id;
  }
}

TEST(CrashTest, WhatWasAcknowledgedIsThereOnce) {
  const auto place = new_place();
  std::mt19937 random(20261120);
  Acknowledged all;
  for (int round = 0; round < 12; ++round) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) work_until_killed(*place, pipe[1], "r" + std::to_string(round));
    ::close(pipe[1]);
    std::thread reader([&] { read_lines(pipe[0], all); });
    std::this_thread::sleep_for(std::chrono::milliseconds(30 + random() % 300));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    reader.join();
    ::close(pipe[0]);
    EXPECT_TRUE(WIFSIGNALED(status)) << "it stopped by itself with " << WEXITSTATUS(status);
    expect_all_there(*place, all);
  }
  EXPECT_GT(all.accepted.size(), 0);
  EXPECT_GT(all.finished.size(), 0);
  RecordProperty("accepted", static_cast<int>(all.accepted.size()));
  RecordProperty("finished", static_cast<int>(all.finished.size()));
}

}  // namespace
}  // namespace heyan::store
