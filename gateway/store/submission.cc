#include "gateway/store/submission.h"

#include <sys/random.h>

#include <array>
#include <chrono>

namespace heyan::store {

std::string_view name(State state) {
  constexpr std::array<std::string_view, 4> kNames = {"QUEUED", "VERIFYING", "DONE", "REJECTED"};
  return kNames.at(static_cast<std::size_t>(state));
}

core::Result<std::string> new_submission_id() {
  std::array<std::uint8_t, 16> id{};
  if (::getrandom(id.data(), id.size(), 0) != static_cast<ssize_t>(id.size())) {
    return core::fail(core::ErrorCode::kIo, "the operating system gave no random bytes");
  }
  constexpr std::size_t kTimeBytes = 6;
  auto left = static_cast<std::uint64_t>(std::chrono::floor<std::chrono::milliseconds>(
                                             std::chrono::system_clock::now().time_since_epoch())
                                             .count());
  for (std::size_t i = kTimeBytes; i-- > 0; left >>= 8) id.at(i) = static_cast<std::uint8_t>(left);
  id[6] = static_cast<std::uint8_t>(0x70 | (id[6] & 0x0f));  // version
  id[8] = static_cast<std::uint8_t>(0x80 | (id[8] & 0x3f));  // variant
  return core::to_hex(id);
}

}  // namespace heyan::store
