#include "gateway/accounts/delays.h"

#include <algorithm>
#include <optional>

#include "verifier/crypto/digest.h"

namespace heyan::accounts {
namespace {

using core::Bytes;
using core::Result;
using Begun = Delays::Begun;
using Count = Delays::Count;
using Tally = Delays::Tally;
using sql::StatementCache;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr unsigned kFreeOfPair = 3;      // mistyped
constexpr unsigned kFreeOfAccount = 12;  // from more places than a few
constexpr unsigned kFreeOfClient = 10;   // many people may share an address
constexpr seconds kLongest{60};
constexpr unsigned kMostDoublings = 6;  // 64 s: kLongest
constexpr milliseconds kForgotten = std::chrono::minutes(15);
constexpr milliseconds kKnown = std::chrono::days(30);

// A row, or what there would be in it.
struct Entry {
  Bytes who;
  Tally tally;
  bool known = false;  // of a pair: it was right there
};

// The rows of one attempt.
struct Entries {
  Entry pair;
  Entry account;
  Entry client;
};

milliseconds delay_after(std::uint64_t failures, unsigned free) {
  if (failures <= free) return milliseconds(0);
  const std::uint64_t doublings = std::min<std::uint64_t>(failures - free - 1, kMostDoublings);
  return std::min<milliseconds>(kLongest, seconds(1LL << doublings));
}

// Beyond its first failures a client is slowed down by itself. Where there are many clients, all
// that they fail with counts.
bool counts_everywhere(const Entries& all) {
  return all.pair.tally.failures <= kFreeOfPair || all.account.tally.failures > kFreeOfAccount;
}

Bytes name_of(std::string_view kind, const std::string& who) {
  return crypto::sha256(core::as_bytes(std::string(kind) + '\n' + who));
}

Result<Entry> find(StatementCache& statements, Bytes who) {
  Entry entry;
  HEYAN_TRY(const auto row,
            (statements.one<std::uint64_t, std::int64_t, std::int64_t, std::int64_t>(
                "SELECT failures, last_ms, until_ms, known FROM delays WHERE who = ?", who)));
  if (row) {
    std::int64_t known = 0;
    std::tie(entry.tally.failures, entry.tally.last_ms, entry.tally.until_ms, known) = *row;
    entry.known = known != 0;
  }
  entry.who = std::move(who);
  return entry;
}

Result<Entries> find(StatementCache& statements, const std::string& account,
                     const std::string& client) {
  Entries found;
  HEYAN_TRY(found.pair, find(statements, name_of("pair", account + '\n' + client)));
  HEYAN_TRY(found.account, find(statements, name_of("account", account)));
  HEYAN_TRY(found.client, find(statements, name_of("client", client)));
  return found;
}

Result<void> keep(StatementCache& statements, const Entry& entry) {
  const Tally& tally = entry.tally;
  if (tally.failures == 0 && !entry.known) {
    return statements.run("DELETE FROM delays WHERE who = ?", entry.who);
  }
  return statements.run(
      "INSERT INTO delays(who, failures, last_ms, until_ms, known) VALUES(?, ?, ?, ?, ?)"
      " ON CONFLICT(who) DO UPDATE SET failures = excluded.failures, last_ms = excluded.last_ms,"
      " until_ms = excluded.until_ms, known = excluded.known",
      entry.who, tally.failures, tally.last_ms, tally.until_ms, std::int64_t{entry.known ? 1 : 0});
}

Count uncounted(const Entry& entry) {
  return {.who = entry.who, .before = entry.tally, .after = entry.tally};
}

Result<Count> count(StatementCache& statements, Entry& entry, unsigned free, std::int64_t now_ms) {
  Tally& tally = entry.tally;
  if (now_ms - tally.last_ms > kForgotten.count()) tally.failures = 0;
  Count counted = uncounted(entry);
  ++tally.failures;
  tally.last_ms = now_ms;
  tally.until_ms = now_ms + delay_after(tally.failures, free).count();
  counted.after = tally;
  HEYAN_CHECK_OK(keep(statements, entry));
  return counted;
}

// All is as it was, unless others counted since: then it is one failure less. Never a wait that was
// there before: or whoever owns an account could end the waits of what they fail with elsewhere.
Result<void> take_back(StatementCache& statements, const Count& counted) {
  if (counted.after == counted.before) return {};
  HEYAN_TRY(Entry entry, find(statements, counted.who));
  if (entry.tally == counted.after) {
    entry.tally = counted.before;
  } else if (entry.tally.failures > 0) {
    --entry.tally.failures;
  }
  return keep(statements, entry);
}

Result<void> forget(StatementCache& statements, std::int64_t now_ms) {
  constexpr std::string_view kForget = "DELETE FROM delays WHERE known = ? AND last_ms < ?";
  HEYAN_CHECK_OK(statements.run(kForget, std::int64_t{0}, now_ms - kForgotten.count()));
  return statements.run(kForget, std::int64_t{1}, now_ms - kKnown.count());
}

milliseconds wait_of(const Entry& entry, std::int64_t now_ms) {
  const milliseconds wait(entry.tally.until_ms - now_ms);
  return wait > kLongest ? milliseconds(0) : std::max(wait, milliseconds(0));
}

// Nothing: it may be tried.
std::optional<seconds> wait_of(const Entries& all, std::int64_t now_ms) {
  milliseconds wait = wait_of(all.pair, now_ms);
  if (!all.pair.known)
    wait = std::max({wait, wait_of(all.account, now_ms), wait_of(all.client, now_ms)});
  if (wait == milliseconds(0)) return std::nullopt;
  return std::chrono::ceil<seconds>(wait);
}

}  // namespace

Result<std::variant<Begun, seconds>> Delays::begin(const std::string& account,
                                                   const std::string& client, std::int64_t now_ms) {
  return tables_.write([&](StatementCache& statements) -> Result<std::variant<Begun, seconds>> {
    HEYAN_TRY(Entries all, find(statements, account, client));
    if (const auto wait = wait_of(all, now_ms)) return *wait;
    HEYAN_CHECK_OK(forget(statements, now_ms));
    Begun begun{.pair = {}, .account = uncounted(all.account), .client = uncounted(all.client)};
    HEYAN_TRY(begun.pair, count(statements, all.pair, kFreeOfPair, now_ms));
    if (counts_everywhere(all)) {
      HEYAN_TRY(begun.account, count(statements, all.account, kFreeOfAccount, now_ms));
    }
    if (!all.pair.known) {
      HEYAN_TRY(begun.client, count(statements, all.client, kFreeOfClient, now_ms));
    }
    return begun;
  });
}

Result<void> Delays::right(const Begun& begun, std::int64_t now_ms) {
  return tables_.write([&](StatementCache& statements) -> Result<void> {
    HEYAN_CHECK_OK(statements.run("DELETE FROM delays WHERE who = ?", begun.account.who));
    HEYAN_CHECK_OK(
        keep(statements, {.who = begun.pair.who,
                          .tally = {.failures = 0, .last_ms = now_ms, .until_ms = now_ms},
                          .known = true}));
    return take_back(statements, begun.client);
  });
}

Result<void> Delays::undo(const Begun& begun) {
  return tables_.write([&](StatementCache& statements) -> Result<void> {
    HEYAN_CHECK_OK(take_back(statements, begun.pair));
    HEYAN_CHECK_OK(take_back(statements, begun.account));
    return take_back(statements, begun.client);
  });
}

}  // namespace heyan::accounts
