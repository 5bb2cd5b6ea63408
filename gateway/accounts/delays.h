// How long one waits after failures: for one account at one client, for one client, and for one
// account. It grows and never locks.
//
// Threat: guessing from one place, and from many at one account; and failing on purpose, to keep
// somebody waiting. So a few places alone do not slow an account down elsewhere, and where it was
// right before, what others fail with is not waited for. An attempt counts as failed until
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
  void right(const std::string& account, const std::string& client, Clock::time_point now);
  // It was neither.
  void undo(const std::string& account, const std::string& client);

 private:
  struct Entry {
    unsigned failures = 0;
    Clock::time_point last;
    Clock::time_point until;
    bool known = false;  // of a pair: it was right there
  };
  using Entries = std::map<std::string, Entry>;

  // Does what an account fails with at one client count for it elsewhere?
  bool counts_everywhere(const Entry& pair, const std::string& account) const;

  std::mutex mutex_;
  Entries accounts_;
  Entries pairs_;  // by account and client
  Entries clients_;
};

}  // namespace heyan::accounts
