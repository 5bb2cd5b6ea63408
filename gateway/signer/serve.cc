#include "gateway/signer/serve.h"

#include <poll.h>

#include <cerrno>
#include <optional>
#include <vector>

#include "gateway/ipc/channel.h"
#include "gateway/ipc/frame_limits.h"

namespace heyan::signer {
namespace {

using core::ErrorCode;
using ipc::MessageType;

constexpr std::size_t kFrontFrameBytes = 64u << 20;
constexpr std::size_t kDoorFrameBytes = 64;
constexpr std::chrono::seconds kPatience{5};

struct Judge {
  ipc::Channel channel;
  std::optional<v1::SignerBegin> begun;
};

class Loop {
 public:
  Loop(Signer& signer, os::Descriptor front, os::Descriptor door)
      : signer_(signer),
        front_(std::move(front), kFrontFrameBytes),
        door_(std::move(door), kDoorFrameBytes) {}

  Ended run() {
    while (true) {
      std::vector<pollfd> waiting = {of(front_)};
      for (const Judge& judge : judges_) waiting.push_back(of(judge.channel));
      // Last, and only where there is room: the others wait in the socket.
      const bool room = door_.is_open() && judges_.size() < kMostJudges;
      if (room) waiting.push_back(of(door_));
      if (::poll(waiting.data(), waiting.size(), -1) < 0) {
        if (errno == EINTR) continue;
        return Ended::kNoWaiting;
      }
      if (waiting.front().revents != 0) {
        if (const auto ended = answer_front()) return *ended;
      }
      for (std::size_t i = 0; i < judges_.size(); ++i) {
        if (waiting[i + 1].revents != 0 && !serve_judge(judges_[i])) judges_[i].channel.close();
      }
      std::erase_if(judges_, [](const Judge& judge) { return !judge.channel.is_open(); });
      if (room && waiting.back().revents != 0 && !let_in()) return Ended::kDoorStrange;
    }
  }

 private:
  static pollfd of(const ipc::Channel& channel) {
    return {.fd = channel.fd(), .events = POLLIN, .revents = 0};
  }

  std::optional<Ended> answer_front() {
    const auto asks =
        front_.receive<v1::FrontAsks>(MessageType::kFrontAsks, ipc::within(kPatience));
    if (!asks) {
      return asks.error().code == ErrorCode::kNotFound ? Ended::kFrontGone : Ended::kFrontStrange;
    }
    if (!front_.send(MessageType::kFrontGets, signer_.answer(*asks), -1, ipc::within(kPatience))) {
      return Ended::kFrontStrange;
    }
    return std::nullopt;
  }

  // False: the door said what it must not. One that closed is only never looked at again.
  bool let_in() {
    auto socket = door_.receive_door(ipc::within(kPatience));
    if (socket) {
      judges_.push_back({ipc::Channel(*std::move(socket), ipc::kJudgeFrameBytes), std::nullopt});
      return true;
    }
    door_.close();
    return socket.error().code == ErrorCode::kNotFound;
  }

  // False: nothing more is to be said to it.
  bool serve_judge(Judge& judge) {
    ipc::Channel& channel = judge.channel;
    if (!judge.begun) {
      auto begin =
          channel.receive<v1::SignerBegin>(MessageType::kSignerBegin, ipc::within(kPatience));
      if (!begin) return false;
      judge.begun = *std::move(begin);
      const v1::SignerBegun begun = signer_.begin(*judge.begun);
      const bool sent =
          channel.send(MessageType::kSignerBegun, begun, -1, ipc::within(kPatience)).has_value();
      return sent && !begun.has_refusal() && begun.envelope().empty();
    }
    const auto report =
        channel.receive<v1::SignerReport>(MessageType::kSignerReport, ipc::within(kPatience));
    if (!report) return false;
    static_cast<void>(channel.send(MessageType::kSignerSigned, signer_.sign(*judge.begun, *report),
                                   -1, ipc::within(kPatience)));
    return false;
  }

  Signer& signer_;
  ipc::Channel front_;
  ipc::Channel door_;
  std::vector<Judge> judges_;
};

}  // namespace

Ended serve(Signer& signer, os::Descriptor front, os::Descriptor judges) {
  return Loop(signer, std::move(front), std::move(judges)).run();
}

}  // namespace heyan::signer
