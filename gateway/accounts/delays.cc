#include "gateway/accounts/delays.h"

#include <algorithm>

namespace heyan::accounts {
namespace {

using std::chrono::seconds;

constexpr unsigned kFreeOfPair = 3;      // mistyped
constexpr unsigned kFreeOfAccount = 12;  // from more places than a few
constexpr unsigned kFreeOfClient = 10;   // many people may share an address
constexpr seconds kLongest{60};
constexpr unsigned kMostDoublings = 6;  // 64 s: kLongest
constexpr std::chrono::minutes kForgotten{15};
constexpr std::size_t kMostEntries = 50'000;

seconds delay_after(unsigned failures, unsigned free) {
  if (failures <= free) return seconds(0);
  return std::min(kLongest, seconds(1) * (1 << std::min(failures - free - 1, kMostDoublings)));
}

template <typename Entries>
void make_room(Entries& entries, Delays::Clock::time_point now) {
  if (entries.size() < kMostEntries) return;
  std::erase_if(entries, [&](const auto& one) { return now - one.second.last > kForgotten; });
  if (entries.size() < kMostEntries) return;
  entries.erase(
      std::ranges::min_element(entries, {}, [](const auto& one) { return one.second.last; }));
}

template <typename Entry>
void count(Entry& entry, unsigned free, Delays::Clock::time_point now) {
  if (now - entry.last > kForgotten) entry.failures = 0;
  ++entry.failures;
  entry.last = now;
  entry.until = now + delay_after(entry.failures, free);
}

template <typename Entries>
void take_back(Entries& entries, const std::string& who) {
  const auto found = entries.find(who);
  if (found == entries.end()) return;
  if (found->second.failures <= 1 && !found->second.known) {
    entries.erase(found);
  } else {
    if (found->second.failures > 0) --found->second.failures;
    found->second.until = found->second.last;
  }
}

std::string pair_of(const std::string& account, const std::string& client) {
  return account + '\n' + client;
}

}  // namespace

// Beyond its first failures a client is slowed down by itself. Where there are many clients, all
// that they fail with counts.
bool Delays::counts_everywhere(const Entry& pair, const std::string& account) const {
  if (pair.failures <= kFreeOfPair) return true;
  const auto found = accounts_.find(account);
  return found != accounts_.end() && found->second.failures > kFreeOfAccount;
}

std::optional<seconds> Delays::begin(const std::string& account, const std::string& client,
                                     Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  Clock::time_point until = now;
  const std::string both = pair_of(account, client);
  const auto pair = pairs_.find(both);
  if (pair != pairs_.end()) until = std::max(until, pair->second.until);
  if (const auto found = accounts_.find(account);
      found != accounts_.end() && (pair == pairs_.end() || !pair->second.known))
    until = std::max(until, found->second.until);
  if (const auto found = clients_.find(client); found != clients_.end())
    until = std::max(until, found->second.until);
  if (until > now) return std::chrono::ceil<seconds>(until - now);
  make_room(accounts_, now);
  make_room(clients_, now);
  make_room(pairs_, now);
  Entry& here = pairs_[both];
  count(here, kFreeOfPair, now);
  if (counts_everywhere(here, account)) count(accounts_[account], kFreeOfAccount, now);
  count(clients_[client], kFreeOfClient, now);
  return std::nullopt;
}

void Delays::right(const std::string& account, const std::string& client, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  accounts_.erase(account);
  pairs_[pair_of(account, client)] = {.failures = 0, .last = now, .until = now, .known = true};
  take_back(clients_, client);
}

void Delays::undo(const std::string& account, const std::string& client) {
  const std::lock_guard lock(mutex_);
  const std::string both = pair_of(account, client);
  const auto pair = pairs_.find(both);
  if (pair != pairs_.end() && counts_everywhere(pair->second, account)) {
    take_back(accounts_, account);
  }
  take_back(pairs_, both);
  take_back(clients_, client);
}

}  // namespace heyan::accounts
