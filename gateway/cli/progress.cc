#include "gateway/cli/progress.h"

#include <fmt/format.h>

#include <algorithm>

namespace heyan::cli {

void Progress::expect(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  expected_ += bytes;
}

void Progress::advance(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  done_ += bytes;
  if (!console_.talk_is_terminal()) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(200);
  constexpr std::uint64_t kMebibyte = 1u << 20;
  const std::uint64_t percent =
      done_ >= expected_ ? 100 : done_ * 100 / std::max<std::uint64_t>(expected_, 1);
  console_.show_progress(
      fmt::format(fmt::runtime(say(language_, "正在计算指纹：{} / {} MiB（{} %）",
                                   "Measuring: {} of {} MiB ({} %)")),
                  done_ / kMebibyte, std::max(expected_, done_) / kMebibyte, percent));
}

}  // namespace heyan::cli
