#include "gateway/store/submission.h"

#include <sys/random.h>

#include <array>

namespace heyan::store {

std::string_view name(State state) {
  constexpr std::array<std::string_view, 4> kNames = {"QUEUED", "VERIFYING", "DONE", "REJECTED"};
  return kNames.at(static_cast<std::size_t>(state));
}

core::Result<std::string> new_submission_id() {
  std::array<std::uint8_t, 16> random{};
  if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) {
    return core::fail(core::ErrorCode::kIo, "the operating system gave no random bytes");
  }
  return core::to_hex(random);
}

}  // namespace heyan::store
