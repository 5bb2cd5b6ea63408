// Until when somebody waits; nothing: for ever.
#pragma once

#include <chrono>
#include <optional>

namespace heyan::ipc {

using Clock = std::chrono::steady_clock;  // does not go back when somebody sets the time
using Deadline = std::optional<Clock::time_point>;

inline constexpr Deadline kNever = std::nullopt;

inline Deadline within(std::chrono::milliseconds span) { return Clock::now() + span; }

}  // namespace heyan::ipc
