#include "gateway/accounts/delays.h"

#include <algorithm>

namespace heyan::accounts {
namespace {

using std::chrono::seconds;

constexpr unsigned kFreeOfAccount = 3;  // mistyped
constexpr unsigned kFreeOfClient = 10;  // many people may share an address
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
  if (found->second.failures <= 1) {
    entries.erase(found);
  } else {
    --found->second.failures;
    found->second.until = found->second.last;
  }
}

}  // namespace

std::optional<seconds> Delays::begin(const std::string& account, const std::string& client,
                                     Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  Clock::time_point until = now;
  if (const auto found = accounts_.find(account); found != accounts_.end())
    until = std::max(until, found->second.until);
  if (const auto found = clients_.find(client); found != clients_.end())
    until = std::max(until, found->second.until);
  if (until > now) return std::chrono::ceil<seconds>(until - now);
  make_room(accounts_, now);
  make_room(clients_, now);
  count(accounts_[account], kFreeOfAccount, now);
  count(clients_[client], kFreeOfClient, now);
  return std::nullopt;
}

void Delays::right(const std::string& account, const std::string& client) {
  const std::lock_guard lock(mutex_);
  accounts_.erase(account);
  take_back(clients_, client);
}

void Delays::undo(const std::string& account, const std::string& client) {
  const std::lock_guard lock(mutex_);
  take_back(accounts_, account);
  take_back(clients_, client);
}

}  // namespace heyan::accounts
