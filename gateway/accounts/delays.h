// How long one waits after failures: for one account at one client, for one client, and for one
// account. It grows and never locks.
//
// Threat: guessing from one place, and from many at one account, at one front after the other; and
// failing on purpose, to keep somebody waiting. So a few places alone do not slow an account down
// elsewhere, and where it was right before, only its own failures there are waited for, and they
// keep nobody else there waiting: a whole court may share one address. What that costs: of each
// account that was right at an address one guess a minute, instead of one for all of them. Whoever
// owns one of them gains no more, for an attempt that was not a failure leaves all as it was.
// An attempt counts as failed until it is known to be right, so that many at once gain nothing;
// those within the delay count for nothing, and write nothing. It is counted in the tables of the
// people, so all fronts count together and a start forgets nothing; there names stand as digests.
// What did not fail for a quarter of an hour is forgotten; where an account was right, after thirty
// days. There are no more of them than attempts whose passwords can be computed in that time.
// Clocks of the fronts are those of the sessions; a wait that a clock set back would make longer is
// none. Any thread.
#pragma once

#include <chrono>
#include <string>
#include <variant>

#include "gateway/accounts/tables.h"
#include "verifier/core/bytes.h"

namespace heyan::accounts {

// Each function fails where the tables do.
class Delays {
 public:
  struct Tally {
    std::uint64_t failures = 0;
    std::int64_t last_ms = 0;
    std::int64_t until_ms = 0;
    bool operator==(const Tally&) const = default;
  };
  // What an attempt made of one of the three: where it does not count there, nothing.
  struct Count {
    core::Bytes who;
    Tally before;
    Tally after;
  };
  struct Begun {
    Count pair;  // the account at the client
    Count account;
    Count client;
  };

  explicit Delays(Tables& tables) : tables_(tables) {}

  // It may be tried, and counts as failed. Otherwise the time until it may.
  core::Result<std::variant<Begun, std::chrono::seconds>> begin(const std::string& account,
                                                                const std::string& client,
                                                                std::int64_t now_ms);
  // It was right: the account's failures are forgotten, the client's others are not.
  core::Result<void> right(const Begun& begun, std::int64_t now_ms);
  // It was neither.
  core::Result<void> undo(const Begun& begun);

 private:
  Tables& tables_;
};

}  // namespace heyan::accounts
