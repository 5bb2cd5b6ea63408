// What the gateway's processes say to one another: one protobuf message a frame, with at most one
// descriptor, over one end of a Unix socket pair (docs/processes.md).
//
//   frame = u32 length of the body (little endian), u16 type (little endian), body
//
// Threat: the other end may be a process that was taken over. A length is compared with the cap of
// the channel before a byte is reserved, and memory grows with what has come. An unknown or
// unexpected type, a body that does not encode again to the same bytes, a descriptor that was not
// asked for, more than one descriptor: each closes the channel for good, since nothing after it can
// be believed. Sources: OpenSSH's monitor (style), unix(7), security decisions 2 and 27.
//
// A Channel is one thread's at a time. Descriptors that are sent stay the caller's; they can be
// closed after the call. Who serves many takes and queues without waiting; everybody else receives
// and sends. One channel does one of the two.
#pragma once

#include <google/protobuf/message.h>

#include <array>
#include <optional>

#include "gateway/ipc/deadline.h"
#include "gateway/os/descriptor.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::ipc {

// The numbers are the wire's: they never change their meaning.
enum class MessageType : std::uint16_t {
  kBoxRequest = 1,
  kBoxAnswer = 2,
  kJudgeJob = 3,
  kJudgeAsks = 4,
  kJudgeGets = 5,
  kSignerBegin = 6,
  kSignerBegun = 7,
  kSignerReport = 8,
  kSignerSigned = 9,
  kFrontAsks = 10,
  kFrontGets = 11,
  kRenderJob = 12,
  kRendered = 13,
  kDoor = 14,  // no body; one end of a socket pair comes with it
  kEgressAsk = 15,
  kEgressGets = 16,
  kSealBegin = 17,
  kSealBegun = 18,
  kSealFile = 19,
  kSealed = 20,
  kPartBytes = 21,
  kWebhookAsk = 22,
  kWebhookGets = 23,
  kStampAsk = 24,
  kStampGets = 25,
  kDrawAsk = 26,
  kDrawGets = 27,
  kWitnessAsk = 28,
  kWitnessGets = 29,
  kScanAsk = 30,
  kScanGets = 31,
  kIdentityAsk = 32,
  kIdentityGets = 33,
  kObjectAsk = 34,
  kObjectGets = 35,
};

enum class Descriptors : std::uint8_t { kRefused, kOne };  // kOne: one, or none

inline constexpr std::size_t kFrameHeadBytes = 6;
using FrameHead = std::array<std::uint8_t, kFrameHeadBytes>;

struct Received {
  MessageType type{};
  core::Bytes body;
  os::Descriptor descriptor;  // may be closed: none came
};

template <class Message>
struct WithDescriptor {
  Message message;
  os::Descriptor descriptor;  // may be closed: none came
};

class Channel {
 public:
  // `frame_limit_bytes`: of a body, in both directions.
  Channel(os::Descriptor socket, std::size_t frame_limit_bytes);

  // kLimit: larger than the cap, nothing was sent; kNotFound: the other end is closed (what it said
  // before can still be received); kIo "no answer in time": it does not read. After a frame of
  // which a part was sent the channel is closed.
  core::Result<void> send(MessageType type, const google::protobuf::MessageLite& message,
                          int descriptor = -1, Deadline deadline = kNever);
  // A frame without a body: a Door.
  core::Result<void> send_door(const os::Descriptor& socket, Deadline deadline = kNever);

  // kNotFound: the other end closed between two frames; kTruncated: within one; kIo "no answer in
  // time": before the first byte the channel stays as it was, within a frame it is closed.
  // Everything else is said above, and closes it.
  core::Result<Received> receive(Deadline deadline = kNever,
                                 Descriptors descriptors = Descriptors::kRefused);
  core::Result<os::Descriptor> receive_door(Deadline deadline = kNever);

  // The same for one type of message, parsed strictly. kMalformed, kNotCanonical.
  template <class Message>
  core::Result<Message> receive(MessageType expected, Deadline deadline = kNever) {
    Message message;
    HEYAN_CHECK_OK(receive_into(message, expected, deadline, nullptr));
    return message;
  }
  template <class Message>
  core::Result<WithDescriptor<Message>> receive_with_descriptor(MessageType expected,
                                                                Deadline deadline = kNever) {
    WithDescriptor<Message> received;
    HEYAN_CHECK_OK(receive_into(received.message, expected, deadline, &received.descriptor));
    return received;
  }

  // Without waiting: the message, once all of its frame has come; until then nothing. What is
  // missing is waited for by poll(). Errors as those of receive, without "no answer in time".
  core::Result<std::optional<Received>> take();
  template <class Message>
  core::Result<std::optional<Message>> take(MessageType expected) {
    HEYAN_TRY(std::optional<Received> received, take());
    if (!received) return std::nullopt;
    std::optional<Message> message(std::in_place);
    HEYAN_CHECK_OK(parse_into(*message, expected, *received));
    return message;
  }
  // Sends what the socket takes, and keeps the rest for flush(). Errors as those of send, without
  // "no answer in time".
  core::Result<void> queue(MessageType type, const google::protobuf::MessageLite& message);
  core::Result<void> flush();
  // Half a frame came, or has not gone yet: the other end owes something.
  bool is_amid_frame() const { return taken_bytes_ > 0 || has_unsent(); }
  bool has_unsent() const { return !unsent_.empty(); }

  int fd() const { return socket_.get(); }  // -1: closed
  bool is_open() const { return socket_.is_open(); }
  void close() { socket_.reset(); }

 private:
  core::Result<void> send_frame(MessageType type, core::ByteView body, int descriptor,
                                Deadline deadline);
  core::Result<Received> receive_frame(Deadline deadline, Descriptors descriptors);
  core::Result<void> receive_into(google::protobuf::Message& message, MessageType expected,
                                  Deadline deadline, os::Descriptor* descriptor);
  core::Result<void> parse_into(google::protobuf::Message& message, MessageType expected,
                                const Received& received);
  core::Result<void> check_head(const FrameHead& head) const;
  core::Result<bool> take_part();

  os::Descriptor socket_;
  std::size_t frame_limit_bytes_;
  FrameHead head_{};             // what take() has of the frame that is coming
  std::size_t taken_bytes_ = 0;  // of its head and body
  core::Bytes body_;
  core::Bytes unsent_;
};

struct Pair {
  os::Descriptor a;
  os::Descriptor b;
};

// Two ends of one channel. Both close on exec.
core::Result<Pair> make_pair();

}  // namespace heyan::ipc
