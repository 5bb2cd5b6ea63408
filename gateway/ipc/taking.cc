// The half of a Channel that never waits: for who serves many at once.
#include <limits>

#include "gateway/ipc/canonical.h"
#include "gateway/ipc/channel.h"
#include "gateway/ipc/frame.h"
#include "gateway/ipc/socket.h"

namespace heyan::ipc {
namespace {

using core::ErrorCode;

bool is_not_yet(const core::Error& error) {
  return error.code == ErrorCode::kIo && error.text == kNoAnswer;
}

Deadline at_once() { return Clock::now(); }

std::unexpected<core::Error> closed() {
  return core::fail(ErrorCode::kIo, "the channel was closed on this side");
}

}  // namespace

core::Result<std::optional<Received>> Channel::take() {
  if (!is_open()) return closed();
  while (true) {
    const auto whole = take_part();
    if (!whole) {
      close();
      return std::unexpected(whole.error());
    }
    if (!*whole) return std::nullopt;
    if (taken_bytes_ < kFrameHeadBytes + length_of(head_)) continue;
    taken_bytes_ = 0;
    return Received{.type = static_cast<MessageType>(type_of(head_)),
                    .body = std::exchange(body_, {}),
                    .descriptor = {}};
  }
}

// One step: the head, or some of the body. True: all of that step has come.
core::Result<bool> Channel::take_part() {
  const bool in_head = taken_bytes_ < kFrameHeadBytes;
  const std::size_t have = in_head ? taken_bytes_ : taken_bytes_ - kFrameHeadBytes;
  std::span<std::uint8_t> into = std::span(head_).subspan(in_head ? have : kFrameHeadBytes);
  if (!in_head) {
    body_.resize(have + next_step(have, length_of(head_)));
    into = std::span(body_).subspan(have);
  }
  const Transfer taken = receive_all(fd(), into, nullptr, at_once());
  taken_bytes_ += taken.bytes;
  if (!in_head) body_.resize(have + taken.bytes);
  if (!taken.result) {
    if (is_not_yet(taken.result.error())) return false;
    if (taken_bytes_ == 0 || taken.result.error().code != ErrorCode::kNotFound) {
      return std::unexpected(taken.result.error());
    }
    return core::fail(ErrorCode::kTruncated, "the channel ended within a message");
  }
  if (in_head) HEYAN_CHECK_OK(check_head(head_));
  return true;
}

core::Result<void> Channel::queue(MessageType type, const google::protobuf::MessageLite& message) {
  if (!is_open()) return closed();
  if (message.ByteSizeLong() > frame_limit_bytes_) {
    return core::fail(ErrorCode::kLimit, "the message is larger than the channel allows",
                      frame_limit_bytes_);
  }
  const core::Bytes body = encode_canonical(message);
  const FrameHead head = encode_head(body.size(), type);
  unsent_.insert(unsent_.end(), head.begin(), head.end());
  unsent_.insert(unsent_.end(), body.begin(), body.end());
  return flush();
}

core::Result<void> Channel::flush() {
  if (!is_open()) return closed();
  const Transfer sent = send_all(fd(), unsent_, {}, -1, at_once());
  unsent_.erase(unsent_.begin(), unsent_.begin() + static_cast<std::ptrdiff_t>(sent.bytes));
  if (sent.result || is_not_yet(sent.result.error())) return {};
  close();
  return std::unexpected(sent.result.error());
}

}  // namespace heyan::ipc
