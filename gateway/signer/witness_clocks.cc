#include "gateway/signer/witness_clocks.h"

#include <algorithm>

#include "gateway/signer/outside_clock.h"

namespace heyan::signer {
namespace {

// Closer together the earlier one stands for both.
constexpr std::chrono::seconds kBetweenSigned{1};

}  // namespace

WitnessClocks::WitnessClocks(std::size_t witnesses, Clock::Steady started)
    : others_until_(started + kAnswerWithin), heard_(witnesses) {}

void WitnessClocks::signs(std::uint64_t size, Clock::Steady now) {
  if (heard_.empty()) return;
  if (!signed_.empty() && now - signed_.back().at < kBetweenSigned) return;
  signed_.push_back({.size = size, .at = now});
  while (signed_.size() > 1 && now - signed_[1].at > kAnswerWithin) signed_.pop_front();
}

// A larger tree holds what a smaller one does, and more.
std::optional<Clock::Steady> WitnessClocks::unknown_until(std::uint64_t size) const {
  const auto above = std::ranges::upper_bound(signed_, size, {}, &Signed::size);
  if (above == signed_.begin()) return std::nullopt;
  return std::prev(above)->at;
}

bool WitnessClocks::compare(std::size_t witness, std::uint64_t size, core::UtcTime time,
                            const Clock::Look& now) {
  const auto since = unknown_until(size);
  const core::UtcTime asked = since ? now.wall - (now.steady - *since) : std::min(time, now.wall);
  const bool agrees = std::chrono::abs(apart(time, {}, asked, now.wall)) <= kMostApart;
  std::optional<Heard>& last = heard_[witness];
  const bool differed = last && !last->agrees;
  const bool is_later = !last || size > last->size || (size == last->size && time > last->time);
  const bool is_fresh = since && now.steady - *since <= kAnswerWithin;
  const bool is_near = std::chrono::abs(now.wall - time) <= kMostApart;
  if (is_later && (!agrees || is_fresh || (differed && is_near))) {
    last = Heard{.size = size, .time = time, .at = now.steady, .agrees = agrees};
    agrees_ = most_agree(now.steady);
    return agrees;
  }
  return agrees && !differed;
}

bool WitnessClocks::most_agree(Clock::Steady now) const {
  std::size_t all = 0;
  std::size_t differ = 0;
  for (const std::optional<Heard>& one : heard_) {
    if (one ? now - one->at > kHeardLately : now >= others_until_) continue;
    ++all;
    if (one && !one->agrees) ++differ;
  }
  return 2 * differ <= all;
}

core::Result<void> WitnessClocks::check() const {
  if (agrees_) return {};
  return core::fail(core::ErrorCode::kChanged,
                    "the clocks of this machine and of the witnesses are apart by more than ten "
                    "minutes");
}

}  // namespace heyan::signer
