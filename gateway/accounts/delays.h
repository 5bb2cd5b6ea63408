// How long one waits after failures: for one account, and for one client. It grows and never locks.
//
// Threat: guessing from one place, and from many at one account. An attempt counts as failed until
// it is known to be right, so that many at once gain nothing; those within the delay count for
// nothing. What was not tried for a quarter of an hour is forgotten, the oldest first beyond a
// bounded number. Any thread.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace heyan::accounts {

class Delays {
 public:
  using Clock = std::chrono::steady_clock;

  // Nothing: it may be tried, and counts as failed. Otherwise the time until it may.
  std::optional<std::chrono::seconds> begin(const std::string& account, const std::string& client,
                                            Clock::time_point now);
  // It was right: the account's failures are forgotten, the client's others are not.
  void right(const std::string& account, const std::string& client);
  // It was neither.
  void undo(const std::string& account, const std::string& client);

 private:
  struct Entry {
    unsigned failures = 0;
    Clock::time_point last;
    Clock::time_point until;
  };
  using Entries = std::map<std::string, Entry>;

  std::mutex mutex_;
  Entries accounts_;
  Entries clients_;
};

}  // namespace heyan::accounts
