#include "gateway/accounts/delays.h"

#include <algorithm>

#include "verifier/crypto/digest.h"

namespace heyan::accounts {
namespace {

using core::Bytes;
using core::Result;
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
  std::uint64_t failures = 0;
  std::int64_t last_ms = 0;
  std::int64_t until_ms = 0;
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

void count(Entry& entry, unsigned free, std::int64_t now_ms) {
  if (now_ms - entry.last_ms > kForgotten.count()) entry.failures = 0;
  ++entry.failures;
  entry.last_ms = now_ms;
  entry.until_ms = now_ms + delay_after(entry.failures, free).count();
}

void take_back(Entry& entry) {
  if (entry.failures > 0) --entry.failures;
  entry.until_ms = entry.last_ms;
}

// Beyond its first failures a client is slowed down by itself. Where there are many clients, all
// that they fail with counts.
bool counts_everywhere(const Entries& all) {
  return all.pair.failures <= kFreeOfPair || all.account.failures > kFreeOfAccount;
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
    std::tie(entry.failures, entry.last_ms, entry.until_ms, known) = *row;
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
  if (entry.failures == 0 && !entry.known) {
    return statements.run("DELETE FROM delays WHERE who = ?", entry.who);
  }
  return statements.run(
      "INSERT INTO delays(who, failures, last_ms, until_ms, known) VALUES(?, ?, ?, ?, ?)"
      " ON CONFLICT(who) DO UPDATE SET failures = excluded.failures, last_ms = excluded.last_ms,"
      " until_ms = excluded.until_ms, known = excluded.known",
      entry.who, entry.failures, entry.last_ms, entry.until_ms, std::int64_t{entry.known ? 1 : 0});
}

Result<void> forget(StatementCache& statements, std::int64_t now_ms) {
  constexpr std::string_view kForget = "DELETE FROM delays WHERE known = ? AND last_ms < ?";
  HEYAN_CHECK_OK(statements.run(kForget, std::int64_t{0}, now_ms - kForgotten.count()));
  return statements.run(kForget, std::int64_t{1}, now_ms - kKnown.count());
}

milliseconds wait_of(const Entry& entry, std::int64_t now_ms) {
  const milliseconds wait(entry.until_ms - now_ms);
  return wait > kLongest ? milliseconds(0) : std::max(wait, milliseconds(0));
}

// Nothing: it may be tried.
std::optional<seconds> wait_of(const Entries& all, std::int64_t now_ms) {
  milliseconds wait = std::max(wait_of(all.pair, now_ms), wait_of(all.client, now_ms));
  if (!all.pair.known) wait = std::max(wait, wait_of(all.account, now_ms));
  if (wait == milliseconds(0)) return std::nullopt;
  return std::chrono::ceil<seconds>(wait);
}

}  // namespace

Result<std::optional<seconds>> Delays::begin(const std::string& account, const std::string& client,
                                             std::int64_t now_ms) {
  return tables_.write([&](StatementCache& statements) -> Result<std::optional<seconds>> {
    HEYAN_TRY(Entries all, find(statements, account, client));
    if (const auto wait = wait_of(all, now_ms)) return wait;
    HEYAN_CHECK_OK(forget(statements, now_ms));
    count(all.pair, kFreeOfPair, now_ms);
    HEYAN_CHECK_OK(keep(statements, all.pair));
    if (counts_everywhere(all)) {
      count(all.account, kFreeOfAccount, now_ms);
      HEYAN_CHECK_OK(keep(statements, all.account));
    }
    count(all.client, kFreeOfClient, now_ms);
    HEYAN_CHECK_OK(keep(statements, all.client));
    return std::nullopt;
  });
}

Result<void> Delays::right(const std::string& account, const std::string& client,
                           std::int64_t now_ms) {
  return tables_.write([&](StatementCache& statements) -> Result<void> {
    HEYAN_TRY(Entries all, find(statements, account, client));
    HEYAN_CHECK_OK(statements.run("DELETE FROM delays WHERE who = ?", all.account.who));
    HEYAN_CHECK_OK(keep(statements, {.who = std::move(all.pair.who),
                                     .failures = 0,
                                     .last_ms = now_ms,
                                     .until_ms = now_ms,
                                     .known = true}));
    take_back(all.client);
    return keep(statements, all.client);
  });
}

Result<void> Delays::undo(const std::string& account, const std::string& client) {
  return tables_.write([&](StatementCache& statements) -> Result<void> {
    HEYAN_TRY(Entries all, find(statements, account, client));
    if (counts_everywhere(all)) {
      take_back(all.account);
      HEYAN_CHECK_OK(keep(statements, all.account));
    }
    take_back(all.pair);
    HEYAN_CHECK_OK(keep(statements, all.pair));
    take_back(all.client);
    return keep(statements, all.client);
  });
}

}  // namespace heyan::accounts
