// kill9 PROGRAMS [KILLS] [CLIENTS] [SEED]: a gateway under load, and the witnesses of its log;
// their processes are killed at random, started anew as systemd would start them.
//
// After each kill the public log must go on from what an outside copy holds, and every witness must
// know what it cosigned: checkpoints of that log alone. In the end: every submission that was
// acknowledged has one report, under one number, in one place of the log, that verifies offline;
// there are no others; and all witnesses have cosigned the whole log. Prints what it did; exit
// status 1 where that is not so.
#include <signal.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "tests/faults/account.h"
#include "tests/faults/court_system.h"
#include "tests/faults/gateway.h"
#include "tests/faults/log_copy.h"
#include "tests/faults/witnesses.h"

namespace heyan::faults {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

// Files cases, each under a key of its own, until told to stop; gives none up.
class Load {
 public:
  Load(const Gateway& gateway, int clients) : gateway_(gateway) {
    for (int i = 0; i < clients; ++i) threads_.emplace_back([this, i] { work(i); });
  }
  ~Load() { given_up_ = stopping_ = true; }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  // Acknowledged submissions by their keys.
  std::map<std::string, std::string> stop() {
    stopping_ = true;
    threads_.clear();
    return acknowledged_;
  }
  std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return acknowledged_.size();
  }
  std::string wrong() const {
    const std::lock_guard lock(mutex_);
    return wrong_;
  }

 private:
  void work(int client) {
    CourtSystem court(gateway_, milliseconds(20'000));
    for (int i = 0; !stopping_; ++i) {
      const std::string key = "c" + std::to_string(client) + "-" + std::to_string(i);
      const Case filed = Case::of_sample(i % 2 == 0 ? "E1" : "E6", "证明 " + key);
      const std::string id = file(court, filed, key);
      // Renderers, too, are to be killed at work.
      if (i % 8 == 3) {
        const std::string number = court.await(id, std::chrono::seconds(1)).member("number");
        if (!number.empty()) court.get("/v1/reports/" + number, {"Accept: text/plain"});
      }
    }
  }

  // Under one key, until it is acknowledged.
  std::string file(CourtSystem& court, const Case& filed, const std::string& key) {
    while (!given_up_) {
      const Answer answer = court.file(filed, key);
      if (answer.status == 201) {
        const std::lock_guard lock(mutex_);
        return acknowledged_[key] = answer.member("id");
      }
      if (!answer.is_to_be_repeated()) {
        const std::lock_guard lock(mutex_);
        wrong_ = "a good case was refused: " + std::to_string(answer.status) + " " + answer.body;
      }
      std::this_thread::sleep_for(milliseconds(50));
    }
    return {};
  }

  const Gateway& gateway_;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> given_up_ = false;
  mutable std::mutex mutex_;
  std::map<std::string, std::string> acknowledged_;
  std::string wrong_;
  std::vector<std::jthread> threads_;
};

struct Target {
  const char* role;
  bool child;
};
constexpr std::array kTargets = {Target{"signer", false}, Target{"front", false},
                                 Target{"box", false},    Target{"judge", false},
                                 Target{"render", false}, Target{"judge", true},
                                 Target{"box", true},     Target{"supervisor", false},
                                 Target{"egress", false}, Target{"witness", false}};
constexpr int kWitnesses = 3;

class Chaos {
 public:
  Chaos(const std::filesystem::path& programs, unsigned seed)
      : gateway_(programs),
        witnesses_(programs, gateway_, kWitnesses),
        log_(gateway_.state("log"), functional::read_file(gateway_.state("keys/log.vkey"))),
        random_(seed) {}

  bool run(int kills, int clients) {
    gateway_.start();
    if (!gateway_.make_ready()) return fail("it does not start:\n" + gateway_.log());
    Load load(gateway_, clients);
    const auto began = Clock::now();
    for (int i = 0; i < kills; ++i) {
      std::this_thread::sleep_for(milliseconds(pick(20, 500)));
      if (!kill_one()) return false;
      if (!load.wrong().empty()) return fail(load.wrong());
      if ((i + 1) % 50 == 0) {
        std::printf("%d kills, %zu acknowledged, log of %llu entries\n", i + 1, load.count(),
                    static_cast<unsigned long long>(log_.size()));
        std::fflush(stdout);
      }
    }
    const auto acknowledged = load.stop();
    const auto took = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - began);
    for (const auto& [role, count] : killed_) std::printf("killed %3d %s\n", count, role.c_str());
    std::printf("%d kills in %lld s, %d starts, longest until ready %lld ms\n", kills,
                static_cast<long long>(took.count()), gateway_.starts(),
                static_cast<long long>(longest_.count()));
    return settle(acknowledged);
  }

 private:
  int pick(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }
  static bool fail(const std::string& what) {
    std::printf("FAIL  %s\n", what.c_str());
    return false;
  }

  // A job's process may have to be waited for; the parent stands in for one that does not come, and
  // may be on its way itself.
  Running find(const Target& target) const {
    const auto began = Clock::now();
    while (Clock::now() < began + milliseconds(20'000)) {
      for (const Running& one : gateway_.processes()) {
        if (one.role != target.role) continue;
        if (one.child == target.child || Clock::now() > began + milliseconds(300)) return one;
      }
    }
    return {};
  }

  bool kill_one() {
    const Target& target = kTargets.at(static_cast<std::size_t>(pick(0, kTargets.size() - 1)));
    if (target.role == std::string_view("witness")) {
      ++killed_[target.role];
      witnesses_.kill(static_cast<std::size_t>(pick(0, kWitnesses - 1)));
      return looks_right();
    }
    const Running one = find(target);
    if (one.pid == 0)
      return fail(std::string("there is no ") + target.role + ":\n" + gateway_.log());
    const std::vector<Running> all = gateway_.processes();
    ::kill(one.pid, SIGKILL);
    ++killed_[one.role + (one.child ? " (job)" : "")];
    const auto began = Clock::now();
    if (one.role == "supervisor") Gateway::clear_away(all);
    if (const std::string wrong = log_.follow(); !wrong.empty()) return fail("the log: " + wrong);
    if (!gateway_.make_ready()) return fail("it does not come back:\n" + gateway_.log());
    longest_ = std::max(longest_, std::chrono::duration_cast<milliseconds>(Clock::now() - began));
    return looks_right();
  }

  bool looks_right() {
    if (const std::string wrong = log_.follow(); !wrong.empty()) return fail("the log: " + wrong);
    if (const std::string wrong = witnesses_.follow(log_); !wrong.empty()) return fail(wrong);
    return true;
  }

  bool settle(const std::map<std::string, std::string>& acknowledged) {
    Account account(gateway_);
    const std::string wrong = account.check(acknowledged, log_);
    std::printf("%s\n", account.summary().c_str());
    if (!wrong.empty()) return fail(wrong);
    const std::string cosigned = witnesses_.settle(log_);
    std::printf("%s\n", witnesses_.summary().c_str());
    if (!cosigned.empty()) return fail(cosigned);
    if (const int status = gateway_.stop(); status != 0) {
      return fail("it ended with " + std::to_string(status));
    }
    return true;
  }

  Gateway gateway_;
  Witnesses witnesses_;
  LogCopy log_;
  std::mt19937 random_;
  std::map<std::string, int> killed_;
  milliseconds longest_{0};
};

}  // namespace
}  // namespace heyan::faults

int main(int count, char** words) {
  const auto number = [&](int at, int otherwise) {
    return at < count ? std::atoi(words[at]) : otherwise;
  };
  if (count < 2) {
    std::fprintf(stderr, "usage: kill9 PROGRAMS [KILLS] [CLIENTS] [SEED]\n");
    return 2;
  }
  const auto seed = static_cast<unsigned>(number(4, static_cast<int>(std::random_device()() >> 1)));
  ::setvbuf(stdout, nullptr, _IOLBF, 0);  // what was done is seen while it is done
  std::printf("seed %u\n", seed);
  heyan::faults::Chaos chaos(words[1], seed);
  return chaos.run(number(2, 200), number(3, 3)) ? 0 : 1;
}
