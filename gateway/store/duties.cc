#include "gateway/store/duty.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <ranges>

#include "gateway/store/parts.h"

namespace heyan::store {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"webhooks", "time-stamps", "malware-scans",
                                                    "deletions", "cosigning"};

}  // namespace

std::string_view name(Duty duty) { return kNames.at(static_cast<std::size_t>(duty) - 1); }

// By the reading connection, as what is due is read: whoever lost that reads nothing.
core::Result<bool> Store::has_duty(Duty duty) {
  constexpr std::int64_t kDuties = 0x48594400;  // "HYD"
  const std::lock_guard lock(reading_);
  const auto held = parts_->read_connection->hold(kDuties + static_cast<std::int64_t>(duty));
  DutyHeld& known = duties_.try_emplace(duty, DutyHeld{.duty = duty}).first->second;
  const bool now = held.value_or(false);
  if (now && !known.held) ++known.taken;
  known.held = now;
  return held;
}

std::vector<DutyHeld> Store::duties() {
  const std::lock_guard lock(reading_);
  std::vector<DutyHeld> all;
  all.reserve(duties_.size());
  std::ranges::copy(duties_ | std::views::values, std::back_inserter(all));
  return all;
}

}  // namespace heyan::store
