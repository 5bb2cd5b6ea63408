#include "gateway/ipc/doors.h"

#include <poll.h>
#include <sys/socket.h>

namespace heyan::ipc {

core::Result<Channel> Doors::open_job() {
  HEYAN_TRY(Pair pair, make_pair());
  const std::lock_guard lock(mutex_);
  HEYAN_CHECK_OK(parent_.send_door(pair.b, within(std::chrono::seconds(10))));
  return Channel(std::move(pair.a), job_frame_bytes_);
}

core::Result<void> Doors::knock(std::chrono::milliseconds patience) {
  HEYAN_TRY(Channel channel, open_job());
  if (::shutdown(channel.fd(), SHUT_WR) != 0) {
    return core::fail(core::ErrorCode::kIo, "the system does not close a channel");
  }
  pollfd end{.fd = channel.fd(), .events = POLLIN, .revents = 0};
  if (::poll(&end, 1, static_cast<int>(patience.count())) != 1) {
    return core::fail(core::ErrorCode::kIo, "no child answers the door");
  }
  return {};
}

}  // namespace heyan::ipc
