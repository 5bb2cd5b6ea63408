// soak PROGRAMS [MINUTES] [CLIENTS]: a gateway at half of the load that it can take, for long (120
// minutes). First CLIENTS (4) file as fast as they are answered, for a minute, which tells the
// full load; then half as many cases a minute. Reports are read in every form, and verified anew.
//
// Memory and descriptors of each process are looked at all the time; the least of each minute
// counts. Exit status 1 where memory grows by 1 % an hour or more, a descriptor an hour stays open,
// a case is not reported on, or the log has something else than one report for each. What the first
// fifth of the time fills is no growth.
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>

#include "tests/faults/account.h"
#include "tests/faults/memory_watch.h"
#include "tests/faults/witnesses.h"

namespace heyan::faults {
namespace {

using std::chrono::duration;
using std::chrono::milliseconds;
using std::chrono::minutes;
using Clock = std::chrono::steady_clock;

constexpr std::array kForms = {"text/plain",      "text/html",       "application/jose+json",
                               "application/pdf", "application/xml", "application/zip"};

class Load {
 public:
  // `between`: from one case of a client to its next; zero: at once.
  Load(const Gateway& gateway, int clients, duration<double> between, std::string name)
      : gateway_(gateway), between_(between), name_(std::move(name)) {
    for (int i = 0; i < clients; ++i) threads_.emplace_back([this, i] { work(i); });
  }
  ~Load() { stopping_ = true; }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  std::map<std::string, std::string> stop() {
    stopping_ = true;
    threads_.clear();
    return reported_;
  }
  std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return reported_.size();
  }
  std::string wrong() const {
    const std::lock_guard lock(mutex_);
    return wrong_;
  }

 private:
  void complain(const std::string& what, const Answer& answer) {
    const std::lock_guard lock(mutex_);
    if (wrong_.empty()) wrong_ = what + ": " + std::to_string(answer.status) + " " + answer.body;
  }

  void work(int client) {
    CourtSystem court(gateway_);
    auto next = Clock::now();
    for (std::size_t i = 0; !stopping_; ++i) {
      const std::string key = name_ + std::to_string(client) + "-" + std::to_string(i);
      const Answer filed = court.file(Case::of_sample(i % 2 == 0 ? "E1" : "E6", key), key);
      if (filed.status != 201) return complain("a case was refused", filed);
      const std::string id = filed.member("id");
      const Answer done = court.await(id);
      if (done.member("state") != "DONE") return complain("a case is not done", done);
      {
        const std::lock_guard lock(mutex_);
        reported_[key] = id;
      }
      if (!read(court, done.member("number"), i)) return;
      next += std::chrono::duration_cast<Clock::duration>(between_);
      next = std::max(next, Clock::now() - minutes(1));  // no longer burst than that
      while (!stopping_ && Clock::now() < next) std::this_thread::sleep_for(milliseconds(20));
    }
  }

  // One form of each fourth report, and of each sixteenth what comes back when it is handed in.
  bool read(CourtSystem& court, const std::string& number, std::size_t i) {
    if (i % 4 != 0) return true;
    const std::string form = kForms.at(i / 4 % kForms.size());
    const Answer report = court.get("/v1/reports/" + number, {"Accept: " + form});
    if (report.status != 200) return complain("a report as " + form, report), false;
    if (i % 16 != 0) return true;
    const Answer verified = court.post("/v1/reports/verify", court.signed_report(number),
                                       {"Content-Type: application/jose+json"});
    if (verified.status != 200) return complain("a report handed in", verified), false;
    return true;
  }

  const Gateway& gateway_;
  duration<double> between_;
  std::string name_;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;
  std::map<std::string, std::string> reported_;  // submissions by their keys
  std::string wrong_;
  std::vector<std::jthread> threads_;
};

bool fail(const std::string& what) {
  std::printf("FAIL  %s\n", what.c_str());
  return false;
}

// The whole log, and each so-manieth case as whoever keeps its report.
bool settle(Gateway& gateway, LogCopy& log, const std::map<std::string, std::string>& reported) {
  constexpr std::size_t kVerified = 500;
  std::map<std::string, std::string> some;
  std::size_t at = 0;
  const std::size_t step = std::max<std::size_t>(1, reported.size() / kVerified);
  for (const auto& one : reported) {
    if (at++ % step == 0) some.insert(one);
  }
  Account account(gateway);
  const std::string wrong = account.check(some, log);
  std::printf("%s\n", account.summary().c_str());
  if (!wrong.empty()) return fail(wrong);
  if (account.reports() != reported.size()) {
    return fail(std::to_string(reported.size()) + " cases were done");
  }
  const int status = gateway.stop();
  return status == 0 || fail("it ended with " + std::to_string(status));
}

bool soak(const std::string& programs, int length, int clients) {
  Gateway gateway(programs);
  Witnesses witnesses(programs, gateway, 3);
  LogCopy log(gateway.state("log"), functional::read_file(gateway.state("keys/log.vkey")));
  gateway.set_environment({{"HEYAN_LIMITS_CHECKS_PER_MINUTE", "6000"}});
  gateway.start();
  if (!gateway.make_ready()) return fail("it does not start:\n" + gateway.log());

  std::map<std::string, std::string> reported;
  double full = 0;  // cases a second
  {
    Load load(gateway, clients, duration<double>(0), "full-");
    std::this_thread::sleep_for(minutes(1));
    full = static_cast<double>(load.count()) / 60;
    reported = load.stop();
    if (!load.wrong().empty()) return fail(load.wrong());
  }
  std::printf("full load: %.1f cases a second; half of it for %d minutes\n", full, length);

  MemoryWatch watch(gateway);
  Load load(gateway, clients, duration<double>(clients * 2 / full), "half-");
  for (int minute = 1; minute <= length; ++minute) {
    watch.look(minutes(1));
    if (!load.wrong().empty()) return fail(load.wrong());
    if (minute % 10 == 0) {
      std::printf("%d minutes, %zu cases\n", minute, load.count());
      watch.judge(static_cast<std::size_t>(minute / 5), 1);
    }
  }
  reported.merge(load.stop());
  const std::string grown = watch.judge(watch.looks() / 5, 1);
  return settle(gateway, log, reported) && (grown.empty() || fail(grown));
}

}  // namespace
}  // namespace heyan::faults

int main(int count, char** words) {
  if (count < 2) {
    std::fprintf(stderr, "usage: soak PROGRAMS [MINUTES] [CLIENTS]\n");
    return 2;
  }
  const auto number = [&](int at, int otherwise) {
    return at < count ? std::atoi(words[at]) : otherwise;
  };
  ::setvbuf(stdout, nullptr, _IOLBF, 0);
  return heyan::faults::soak(words[1], number(2, 120), number(3, 4)) ? 0 : 1;
}
