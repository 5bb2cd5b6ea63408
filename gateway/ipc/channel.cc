#include "gateway/ipc/channel.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <limits>

#include "gateway/ipc/canonical.h"
#include "gateway/ipc/frame.h"
#include "gateway/ipc/socket.h"

namespace heyan::ipc {
namespace {

using core::ErrorCode;

bool is_late(const core::Error& error) {
  return error.code == ErrorCode::kIo && error.text == kNoAnswer;
}

// Within a frame, an end is not a clean one.
core::Error within_frame(core::Error error) {
  if (error.code != ErrorCode::kNotFound) return error;
  return {ErrorCode::kTruncated, "the channel ended within a message"};
}

// Memory grows with what has come, not with what was announced.
core::Result<core::Bytes> receive_body(int socket, std::size_t length, Deadline deadline) {
  core::Bytes body;
  while (body.size() < length) {
    const std::size_t have = body.size();
    body.resize(have + next_step(have, length));
    const Transfer rest = receive_all(socket, std::span(body).subspan(have), nullptr, deadline);
    if (!rest.result) return std::unexpected(within_frame(rest.result.error()));
  }
  return body;
}

std::unexpected<core::Error> closed() {
  return core::fail(ErrorCode::kIo, "the channel was closed on this side");
}

}  // namespace

Channel::Channel(os::Descriptor socket, std::size_t frame_limit_bytes)
    : socket_(std::move(socket)),
      frame_limit_bytes_(
          std::min<std::size_t>(frame_limit_bytes, std::numeric_limits<std::int32_t>::max())) {}

core::Result<void> Channel::send(MessageType type, const google::protobuf::MessageLite& message,
                                 int descriptor, Deadline deadline) {
  if (message.ByteSizeLong() > frame_limit_bytes_) {
    return core::fail(ErrorCode::kLimit, "the message is larger than the channel allows",
                      frame_limit_bytes_);
  }
  return send_frame(type, encode_canonical(message), descriptor, deadline);
}

core::Result<void> Channel::send_door(const os::Descriptor& socket, Deadline deadline) {
  if (!socket.is_open()) return core::fail(ErrorCode::kIo, "a door without a descriptor");
  return send_frame(MessageType::kDoor, {}, socket.get(), deadline);
}

core::Result<void> Channel::send_frame(MessageType type, core::ByteView body, int descriptor,
                                       Deadline deadline) {
  if (!is_open()) return closed();
  const FrameHead head = encode_head(body.size(), type);
  const Transfer sent = send_all(fd(), head, body, descriptor, deadline);
  if (sent.result) return {};
  const core::Error error = sent.result.error();
  // Half a frame cannot be taken back. Where the other end is gone, its last words can be there.
  if (sent.bytes > 0 && error.code != ErrorCode::kNotFound) close();
  return std::unexpected(error);
}

core::Result<Received> Channel::receive(Deadline deadline, Descriptors descriptors) {
  auto received = receive_frame(deadline, descriptors);
  if (!received && !(is_late(received.error()) && received.error().offset == 0)) close();
  return received;
}

// The offset of an error is that within the frame: 0 is between two frames.
core::Result<Received> Channel::receive_frame(Deadline deadline, Descriptors descriptors) {
  if (!is_open()) return closed();
  Received received;
  FrameHead head{};
  const Transfer taken = receive_all(
      fd(), head, descriptors == Descriptors::kOne ? &received.descriptor : nullptr, deadline);
  if (!taken.result) {
    core::Error error = taken.result.error();
    if (taken.bytes > 0) error = within_frame(error);
    error.offset = taken.bytes;
    return std::unexpected(error);
  }
  HEYAN_CHECK_OK(check_head(head));
  received.type = static_cast<MessageType>(type_of(head));
  auto body = receive_body(fd(), length_of(head), deadline);
  if (!body) return core::fail(body.error().code, body.error().text, kFrameHeadBytes);
  received.body = *std::move(body);
  return received;
}

core::Result<void> Channel::check_head(const FrameHead& head) const {
  if (!is_type(type_of(head))) {
    return core::fail(ErrorCode::kMalformed, "there is no such type of message", kFrameHeadBytes);
  }
  if (length_of(head) > frame_limit_bytes_) {
    return core::fail(ErrorCode::kLimit, "the message is larger than the channel allows",
                      kFrameHeadBytes);
  }
  return {};
}

core::Result<void> Channel::receive_into(google::protobuf::Message& message, MessageType expected,
                                         Deadline deadline, os::Descriptor* descriptor) {
  HEYAN_TRY(Received received,
            receive(deadline, descriptor ? Descriptors::kOne : Descriptors::kRefused));
  HEYAN_CHECK_OK(parse_into(message, expected, received));
  if (descriptor) *descriptor = std::move(received.descriptor);
  return {};
}

core::Result<void> Channel::parse_into(google::protobuf::Message& message, MessageType expected,
                                       const Received& received) {
  if (received.type != expected) {
    close();
    return core::fail(ErrorCode::kMalformed, "another type of message was due");
  }
  if (auto parsed = parse_canonical(received.body, message); !parsed) {
    close();
    return parsed;
  }
  return {};
}

core::Result<os::Descriptor> Channel::receive_door(Deadline deadline) {
  HEYAN_TRY(Received received, receive(deadline, Descriptors::kOne));
  if (received.type != MessageType::kDoor || !received.body.empty() ||
      !received.descriptor.is_open()) {
    close();
    return core::fail(ErrorCode::kMalformed, "a door was due, with its descriptor");
  }
  return std::move(received.descriptor);
}

core::Result<Pair> make_pair() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return core::fail(ErrorCode::kIo, "the operating system could not make a socket pair");
  }
  return Pair{.a = os::Descriptor(ends[0]), .b = os::Descriptor(ends[1])};
}

}  // namespace heyan::ipc
