// How long one waits after failures: for one account at one client, for one client, and for one
// account. It grows and never locks.
//
// Threat: guessing from one place, and from many at one account, at one front after the other; and
// failing on purpose, to keep somebody waiting. So a few places alone do not slow an account down
// elsewhere, and where it was right before, what others fail with is not waited for. An attempt
// counts as failed until it is known to be right, so that many at once gain nothing; those within
// the delay count for nothing, and write nothing. It is counted in the tables of the people, so all
// fronts count together and a start forgets nothing; there names stand as digests. What was not
// tried for a quarter of an hour is forgotten; where an account was right, after thirty days. There
// are no more of them than attempts whose passwords can be computed in that time. Clocks of the
// fronts are those of the sessions; a wait that a clock set back would make longer is none. Any
// thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "gateway/accounts/tables.h"

namespace heyan::accounts {

// Each function fails where the tables do.
class Delays {
 public:
  explicit Delays(Tables& tables) : tables_(tables) {}

  // Nothing: it may be tried, and counts as failed. Otherwise the time until it may.
  core::Result<std::optional<std::chrono::seconds>> begin(const std::string& account,
                                                          const std::string& client,
                                                          std::int64_t now_ms);
  // It was right: the account's failures are forgotten, the client's others are not.
  core::Result<void> right(const std::string& account, const std::string& client,
                           std::int64_t now_ms);
  // It was neither.
  core::Result<void> undo(const std::string& account, const std::string& client);

 private:
  Tables& tables_;
};

}  // namespace heyan::accounts
