#include "gateway/signer/serve.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "gateway/ipc/channel.h"
#include "gateway/ipc/frame_limits.h"

namespace heyan::signer {
namespace {

using core::ErrorCode;
using ipc::MessageType;

constexpr std::size_t kFrontFrameBytes = 64u << 20;
constexpr std::size_t kDoorFrameBytes = 64;
constexpr std::size_t kMostOfFront = 64;  // questions in one round

// One end that is served, and until when it may be in the middle of a frame.
struct Peer {
  ipc::Channel channel;
  ipc::Deadline patience;

  // After each time it was looked at. A frame that comes or goes in pieces has one deadline for
  // all of it.
  void look_at_clock() {
    if (!channel.is_open() || !channel.is_amid_frame()) {
      patience.reset();
    } else if (!patience) {
      patience = ipc::within(kPatience);
    }
  }
  bool is_late(ipc::Clock::time_point now) const { return patience && *patience <= now; }
  pollfd waiting() const {
    const short events = channel.has_unsent() ? POLLOUT : POLLIN;
    return {.fd = channel.fd(), .events = events, .revents = 0};
  }
};

struct Judge : Peer {
  explicit Judge(os::Descriptor socket)
      : Peer{ipc::Channel(std::move(socket), ipc::kJudgeFrameBytes), ipc::kNever} {}

  std::optional<v1::SignerBegin> begun;
  std::optional<v1::SignerReport> report;
  std::variant<std::monostate, v1::SignerBegun, v1::SignerSigned> answer;  // of this round
  bool answered = false;  // nothing more is to be said but what is unsent
};

class Loop {
 public:
  Loop(Signer& signer, os::Descriptor front, os::Descriptor door)
      : signer_(signer),
        front_{ipc::Channel(std::move(front), kFrontFrameBytes), ipc::kNever},
        door_(std::move(door), kDoorFrameBytes) {}

  Ended run() {
    while (true) {
      std::vector<pollfd> waiting = {front_.waiting()};
      for (const Judge& judge : judges_) waiting.push_back(judge.waiting());
      // Last, and only where there is room: the others wait in the socket.
      const bool room = door_.is_open() && judges_.size() < kMostJudges;
      if (room) waiting.push_back({.fd = door_.fd(), .events = POLLIN, .revents = 0});
      if (::poll(waiting.data(), waiting.size(), milliseconds_left()) < 0) {
        if (errno == EINTR) continue;
        return Ended::kNoWaiting;
      }
      if (waiting.front().revents != 0) {
        if (const auto ended = serve_front()) return *ended;
      }
      for (std::size_t i = 0; i < judges_.size(); ++i) {
        if (waiting[i + 1].revents != 0 && !serve_judge(judges_[i])) judges_[i].channel.close();
      }
      if (!answer_all()) return Ended::kFrontStrange;
      for (Judge& judge : judges_) judge.look_at_clock();
      front_.look_at_clock();
      if (!part_from_the_late()) return Ended::kFrontStrange;
      if (room && waiting.back().revents != 0 && !let_in()) return Ended::kDoorStrange;
    }
  }

 private:
  // Of whoever is first to be parted from; -1: nobody is in the middle of a frame.
  int milliseconds_left() const {
    ipc::Deadline first = front_.patience;
    for (const Judge& judge : judges_) {
      if (judge.patience && (!first || *judge.patience < *first)) first = judge.patience;
    }
    if (!first) return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*first - ipc::Clock::now()).count();
    return static_cast<int>(std::max<std::int64_t>(left, 0));
  }

  // False: the front is one of them.
  bool part_from_the_late() {
    const auto now = ipc::Clock::now();
    std::erase_if(judges_, [now](const Judge& judge) {
      return !judge.channel.is_open() || judge.is_late(now);
    });
    return !front_.is_late(now);
  }

  // Takes what the front asks: it may ask again before it is answered.
  std::optional<Ended> serve_front() {
    ipc::Channel& channel = front_.channel;
    if (channel.has_unsent()) {
      return channel.flush() ? std::nullopt : std::optional(Ended::kFrontStrange);
    }
    while (asked_.size() < kMostOfFront) {
      auto asks = channel.take<v1::FrontAsks>(MessageType::kFrontAsks);
      if (!asks) {
        return asks.error().code == ErrorCode::kNotFound ? Ended::kFrontGone : Ended::kFrontStrange;
      }
      if (!*asks) break;
      asked_.push_back(*std::move(*asks));
    }
    return std::nullopt;
  }

  // One round for all that was taken. False: the front does not take its answers.
  bool answer_all() {
    std::vector<v1::FrontGets> gets(asked_.size());
    std::vector<Question> questions;
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      questions.push_back(signer_.for_front(asked_[i], gets[i]));
    }
    for (Judge& judge : judges_) {
      if (auto* begun = std::get_if<v1::SignerBegun>(&judge.answer)) {
        questions.push_back(signer_.for_begin(*judge.begun, *begun));
      } else if (auto* answer = std::get_if<v1::SignerSigned>(&judge.answer)) {
        questions.push_back(signer_.for_report(*judge.begun, *judge.report, *answer));
      }
    }
    if (questions.empty()) return true;
    signer_.answer(questions);
    for (Judge& judge : judges_) {
      if (!tell(judge)) judge.channel.close();
    }
    asked_.clear();
    return std::ranges::all_of(gets, [this](const v1::FrontGets& answer) {
      return front_.channel.queue(MessageType::kFrontGets, answer).has_value();
    });
  }

  // False: the door said what it must not. One that closed is only never looked at again. The
  // judges' parent sends a door in one piece: waiting for the rest of one is waiting for nothing.
  bool let_in() {
    auto socket = door_.receive_door(ipc::within(kPatience));
    if (socket) {
      judges_.emplace_back(*std::move(socket));
      return true;
    }
    door_.close();
    return socket.error().code == ErrorCode::kNotFound;
  }

  // Takes what a judge asks. False: nothing more is to be said to it.
  static bool serve_judge(Judge& judge) {
    ipc::Channel& channel = judge.channel;
    if (channel.has_unsent()) {
      return channel.flush() && (channel.has_unsent() || !judge.answered);
    }
    if (!judge.begun) {
      auto asks = channel.take<v1::SignerBegin>(MessageType::kSignerBegin);
      if (!asks || !*asks) return asks.has_value();
      judge.begun = *std::move(*asks);
      judge.answer.emplace<v1::SignerBegun>();
      return true;
    }
    auto report = channel.take<v1::SignerReport>(MessageType::kSignerReport);
    if (!report || !*report) return report.has_value();
    judge.report = *std::move(*report);
    judge.answer.emplace<v1::SignerSigned>();
    return true;
  }

  // Its answer of this round. False: nothing more is to be said to it.
  static bool tell(Judge& judge) {
    ipc::Channel& channel = judge.channel;
    const auto answer = std::exchange(judge.answer, {});
    if (const auto* begun = std::get_if<v1::SignerBegun>(&answer)) {
      judge.answered = begun->has_refusal() || !begun->envelope().empty();
      return channel.queue(MessageType::kSignerBegun, *begun) &&
             (channel.has_unsent() || !judge.answered);
    }
    const auto* signed_report = std::get_if<v1::SignerSigned>(&answer);
    if (signed_report == nullptr) return true;
    judge.answered = true;
    return channel.queue(MessageType::kSignerSigned, *signed_report) && channel.has_unsent();
  }

  Signer& signer_;
  Peer front_;
  std::vector<v1::FrontAsks> asked_;  // by the front, in this round
  ipc::Channel door_;
  std::vector<Judge> judges_;
};

}  // namespace

Ended serve(Signer& signer, os::Descriptor front, os::Descriptor judges) {
  return Loop(signer, std::move(front), std::move(judges)).run();
}

}  // namespace heyan::signer
