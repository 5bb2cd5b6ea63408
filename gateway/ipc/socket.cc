#include "gateway/ipc/socket.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <vector>

namespace heyan::ipc {
namespace {

using core::ErrorCode;

// Room for more than the one that is ever right: what does not fit is closed by the kernel, which
// then says MSG_CTRUNC.
constexpr std::size_t kDescriptorRoom = 4;

core::Error error_of(int number) {
  switch (number) {
    case EPIPE:
    case ECONNRESET:  // it died with bytes of ours unread
      return {ErrorCode::kNotFound, "the other end of the channel is closed"};
    case EMFILE:
    case ENFILE:
    case ETOOMANYREFS:
      return {ErrorCode::kIo, "too many open files"};
    case EBADF:
      return {ErrorCode::kIo, "the descriptor is not open"};
    default:
      return {ErrorCode::kIo, "the channel failed"};
  }
}

// Rounded up: a poll that returns a moment early would spin.
int milliseconds_left(Deadline deadline) {
  if (!deadline) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, std::numeric_limits<int>::max()));
}

// Until the socket is ready. Closed and broken sockets are ready: the next call says so.
core::Result<void> wait(int socket, short events, Deadline deadline) {
  while (true) {
    pollfd waiting{.fd = socket, .events = events, .revents = 0};
    const int left = milliseconds_left(deadline);
    const int ready = ::poll(&waiting, 1, left);
    if (ready > 0) return {};
    if (ready < 0 && errno != EINTR) return std::unexpected(error_of(errno));
    if (ready == 0 && milliseconds_left(deadline) == 0)
      return core::fail(ErrorCode::kIo, kNoAnswer);
  }
}

// Takes ownership of every descriptor in the message. False where anything else came with it.
bool take_descriptors(msghdr& message, std::vector<os::Descriptor>& taken) {
  bool clean = (message.msg_flags & MSG_CTRUNC) == 0;
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr;
       part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) {
      clean = false;
      continue;
    }
    const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int descriptor = -1;
      std::memcpy(&descriptor, CMSG_DATA(part) + i * sizeof(int), sizeof descriptor);
      taken.emplace_back(descriptor);
    }
  }
  return clean;
}

core::Result<void> keep_one(msghdr& message, os::Descriptor* place) {
  std::vector<os::Descriptor> taken;
  if (!take_descriptors(message, taken)) {
    return core::fail(ErrorCode::kMalformed, "more came with the message than one descriptor");
  }
  if (taken.empty()) return {};
  if (place == nullptr) {
    return core::fail(ErrorCode::kMalformed, "a descriptor came where none may");
  }
  if (taken.size() > 1 || place->is_open()) {
    return core::fail(ErrorCode::kMalformed, "more came with the message than one descriptor");
  }
  *place = std::move(taken.front());
  return {};
}

}  // namespace

Transfer send_all(int socket, core::ByteView head, core::ByteView body, int descriptor,
                  Deadline deadline) {
  Transfer done;
  const std::size_t total = head.size() + body.size();
  while (done.bytes < total) {
    const std::size_t of_head = std::min(done.bytes, head.size());
    const core::ByteView rest_of_head = head.subspan(of_head);
    const core::ByteView rest_of_body = body.subspan(done.bytes - of_head);
    // sendmsg reads only; its type is that of recvmsg.
    std::array<iovec, 2> pieces = {
        iovec{const_cast<std::uint8_t*>(rest_of_head.data()), rest_of_head.size()},
        iovec{const_cast<std::uint8_t*>(rest_of_body.data()), rest_of_body.size()}};
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = pieces.size();
    alignas(cmsghdr) std::array<std::uint8_t, CMSG_SPACE(sizeof(int))> control{};
    if (descriptor >= 0 && done.bytes == 0) {
      message.msg_control = control.data();
      message.msg_controllen = control.size();
      cmsghdr* part = CMSG_FIRSTHDR(&message);
      part->cmsg_level = SOL_SOCKET;
      part->cmsg_type = SCM_RIGHTS;
      part->cmsg_len = CMSG_LEN(sizeof(int));
      std::memcpy(CMSG_DATA(part), &descriptor, sizeof descriptor);
    }
    const ssize_t count = ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0) {
      done.bytes += static_cast<std::size_t>(count);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      done.result = wait(socket, POLLOUT, deadline);
      if (!done.result) return done;
    } else if (errno != EINTR) {
      done.result = std::unexpected(error_of(errno));
      return done;
    }
  }
  return done;
}

Transfer receive_all(int socket, std::span<std::uint8_t> into, os::Descriptor* descriptor,
                     Deadline deadline) {
  Transfer done;
  while (done.bytes < into.size()) {
    const std::span<std::uint8_t> rest = into.subspan(done.bytes);
    iovec piece{rest.data(), rest.size()};
    alignas(cmsghdr) std::array<std::uint8_t, CMSG_SPACE(kDescriptorRoom * sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const ssize_t count = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (count > 0) {
      done.bytes += static_cast<std::size_t>(count);
      done.result = keep_one(message, descriptor);
      if (!done.result) return done;
    } else if (count == 0) {
      done.result = std::unexpected(error_of(EPIPE));
      return done;
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      done.result = wait(socket, POLLIN, deadline);
      if (!done.result) return done;
    } else if (errno != EINTR) {
      done.result = std::unexpected(error_of(errno));
      return done;
    }
  }
  return done;
}

}  // namespace heyan::ipc
