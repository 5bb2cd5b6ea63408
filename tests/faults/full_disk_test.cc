// A disk that is full or fails, at every single write: the answer is 503 or the case waits, nothing
// that was acknowledged is lost, and all goes on by itself once there is space.
//
// With FAULTS=all every write is tried in each way; otherwise every second fails once, and
// some from then on.
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <thread>

#include "tests/faults/account.h"
#include "tests/faults/court_system.h"
#include "tests/faults/failing_writes.h"
#include "tests/faults/gateway.h"
#include "tests/faults/log_copy.h"

namespace heyan::faults {
namespace {

constexpr std::uint64_t kForever = ~std::uint64_t{0};

bool in_all_ways() {
  const char* const ways = std::getenv("FAULTS");
  return ways != nullptr && std::string_view(ways) == "all";
}

class FullDisk : public testing::TestWithParam<const char*> {
 protected:
  FullDisk() {
    functional::write_file(folder_ / "control", std::string(sizeof(Control), '\0'));
    control_ = map_control((folder_ / "control").c_str());
    std::strncpy(control_->program.data(), GetParam(), control_->program.size() - 1);
    gateway_.set_environment(
        {{"LD_PRELOAD", HEYAN_FAILING_WRITES_LIBRARY}, {kControlVariable, folder_ / "control"}});
    gateway_.start();
    EXPECT_TRUE(gateway_.make_ready()) << gateway_.log();
    court_ = std::make_unique<CourtSystem>(gateway_);
  }

  // Writes from the n-th from now on fail, `count` of them.
  void fail(std::uint64_t n, std::uint64_t count) {
    const std::uint64_t from = control_->count + n;
    control_->fail_before = count == kForever ? kForever : from + count;
    control_->fail_from = from;
  }
  void heal() { control_->fail_from = 0; }

  Answer file(const std::string& key) {
    return court_->file(Case::of_sample("E1", "证明 " + key), key);
  }
  // Whatever happens meanwhile: acknowledged in the end, without anybody's hand.
  void file_until_acknowledged(const std::string& key) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::chrono::steady_clock::now() < until) {
      const Answer answer = file(key);
      if (answer.status == 201) {
        acknowledged_[key] = answer.member("id");
        return;
      }
      EXPECT_TRUE(answer.is_to_be_repeated()) << answer.status << answer.body;
      // What cannot start while there is no space is started again by systemd.
      if (answer.status == 0) gateway_.make_ready();
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    FAIL() << key << " is not taken in though there is space:\n" << gateway_.log();
  }

  // How many writes one case costs, from its receipt to its report.
  std::uint64_t writes_of_one() {
    const std::uint64_t before = control_->count;
    file_until_acknowledged("measured");
    EXPECT_EQ(court_->await(acknowledged_["measured"]).member("state"), "DONE");
    return control_->count - before;
  }

  void once(std::uint64_t n) {
    const std::string key = "once-" + std::to_string(n);
    fail(n, 1);
    note(file(key), key);
    file_until_acknowledged(key);
    court_->await(acknowledged_[key], std::chrono::seconds(20));
    heal();
  }
  void from_then_on(std::uint64_t n) {
    const std::string key = "from-" + std::to_string(n);
    fail(n, kForever);
    note(file(key), key);
    note(file(key), key);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    heal();
    file_until_acknowledged(key);
  }
  void note(const Answer& answer, const std::string& key) {
    ++answers_[answer.status];
    EXPECT_TRUE(answer.status == 201 || answer.is_to_be_repeated())
        << key << ": " << answer.status << " " << answer.body;
    if (answer.status == 201) acknowledged_[key] = answer.member("id");
  }

  functional::TemporaryFolder folder_;
  Gateway gateway_{std::filesystem::path(HEYAN_BINARY).parent_path()};
  Control* control_ = nullptr;
  std::unique_ptr<CourtSystem> court_;
  std::map<std::string, std::string> acknowledged_;
  std::map<int, int> answers_;
};

TEST_P(FullDisk, LosesNothingAndGoesOnByItself) {
  LogCopy log(gateway_.state("log"), functional::read_file(gateway_.state("keys/log.vkey")));
  const std::uint64_t writes = writes_of_one();
  ASSERT_GT(writes, 10u) << "the writes are not seen";
  for (std::uint64_t n = 1; n <= writes + 2; n += in_all_ways() ? 1 : 2) {
    once(n);
    ASSERT_EQ(log.follow(), "") << n;
  }
  for (std::uint64_t n = 1; n <= writes + 2; n += in_all_ways() ? 1 : 9) {
    from_then_on(n);
    ASSERT_EQ(log.follow(), "") << n;
  }
  Account account(gateway_);
  EXPECT_EQ(account.check(acknowledged_, log), "") << gateway_.log();
  // No case paid for it.
  EXPECT_EQ(account.verdicts().size(), 1u) << account.summary();
  EXPECT_EQ(account.verdicts().begin()->first, "ALL_CONSISTENT");
  std::printf("%s: %llu writes a case; %s; answers:", GetParam(),
              static_cast<unsigned long long>(writes), account.summary().c_str());
  for (const auto& [status, count] : answers_) std::printf(" %d x %d", count, status);
  std::printf("; %d starts\n", gateway_.starts());
  EXPECT_GT(answers_[503], 0);
  EXPECT_EQ(gateway_.stop(), 0);
}

INSTANTIATE_TEST_SUITE_P(Of, FullDisk, testing::Values("heyan-front", "heyan-signer"),
                         [](const auto& one) { return std::string(one.param).substr(6); });

}  // namespace
}  // namespace heyan::faults
