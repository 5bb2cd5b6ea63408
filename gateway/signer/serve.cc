#include "gateway/signer/serve.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "gateway/ipc/channel.h"
#include "gateway/os/heap.h"
#include "gateway/signer/guest.h"

namespace heyan::signer {
namespace {

using core::ErrorCode;
using ipc::MessageType;

constexpr std::size_t kFrontFrameBytes = 64u << 20;
constexpr std::size_t kDoorFrameBytes = 64;
constexpr std::size_t kMostOfFront = 64;  // questions in one round
// At the next question, for which alone it wakes up.
constexpr std::chrono::minutes kBetweenGivingBack{1};

pollfd waiting_for(const ipc::Channel& channel) {
  const short events = channel.has_unsent() ? POLLOUT : POLLIN;
  return {.fd = channel.fd(), .events = events, .revents = 0};
}

// Through which one kind of guest comes.
struct Door {
  ipc::Channel channel;
  std::unique_ptr<Guest> (*new_guest)(os::Descriptor socket);
  std::vector<std::unique_ptr<Guest>> guests;

  // Only where there is room: the others wait in the socket.
  bool has_room() const { return channel.is_open() && guests.size() < kMostGuests; }

  // False: the door said what it must not. One that closed is only never looked at again. The
  // parent sends a door in one piece: waiting for the rest of one is waiting for nothing.
  bool let_in() {
    auto socket = channel.receive_door(ipc::within(kPatience));
    if (socket) {
      guests.push_back(new_guest(*std::move(socket)));
      return true;
    }
    channel.close();
    return socket.error().code == ErrorCode::kNotFound;
  }
};

class Loop {
 public:
  Loop(Signer& signer, os::Descriptor front, Doors doors)
      : signer_(signer),
        front_{ipc::Channel(std::move(front), kFrontFrameBytes), ipc::kNever},
        doors_{Door{ipc::Channel(std::move(doors.judges), kDoorFrameBytes), new_judge, {}},
               Door{ipc::Channel(std::move(doors.renderers), kDoorFrameBytes), new_renderer, {}}} {}

  Ended run() {
    const Ended ended = serve_until_end();
    if (heads_begun_) signer_.log_heads();
    return ended;
  }

 private:
  Ended serve_until_end() {
    while (true) {
      if (signer_.may_log_heads() && ipc::Clock::now() >= heads_due_) {
        signer_.log_heads();
        heads_begun_ = true;
        heads_due_ = ipc::Clock::now() + kBetweenHeads;
      }
      if (signer_.shares_log() && ipc::Clock::now() >= look_due_) {
        (void)signer_.publish();  // what hinders it refuses the next question, too
        look_due_ = ipc::Clock::now() + kBetweenLooks;
      }
      if (ipc::Clock::now() >= unused_due_) {
        os::give_back_unused();
        unused_due_ = ipc::Clock::now() + kBetweenGivingBack;
      }
      std::vector<pollfd> waiting = {waiting_for(front_.channel)};
      for (const Door& door : doors_) {
        for (const auto& guest : door.guests) waiting.push_back(waiting_for(guest->channel));
      }
      for (const Door& door : doors_) {
        waiting.push_back(
            {.fd = door.has_room() ? door.channel.fd() : -1, .events = POLLIN, .revents = 0});
      }
      if (::poll(waiting.data(), waiting.size(), milliseconds_left()) < 0) {
        if (errno == EINTR) continue;
        return Ended::kNoWaiting;
      }
      if (const auto ended = serve_all(waiting)) return *ended;
    }
  }

  std::optional<Ended> serve_all(const std::vector<pollfd>& waiting) {
    auto ready = waiting.begin();
    if ((ready++)->revents != 0) {
      if (const auto ended = serve_front()) return ended;
    }
    for (Door& door : doors_) {
      for (const auto& guest : door.guests) {
        if ((ready++)->revents != 0 && !guest->serve()) guest->channel.close();
      }
    }
    if (!answer_all()) return Ended::kFrontStrange;
    if (signer_.has_lost_token()) return Ended::kTokenLost;
    for (Door& door : doors_) {
      for (const auto& guest : door.guests) guest->look_at_clock();
    }
    front_.look_at_clock();
    if (!part_from_the_late()) return Ended::kFrontStrange;
    for (Door& door : doors_) {
      if ((ready++)->revents != 0 && !door.let_in()) return Ended::kDoorStrange;
    }
    return std::nullopt;
  }

  // Until somebody is to be parted from, heads are to be logged, or it is time to look.
  int milliseconds_left() const {
    ipc::Deadline first = front_.patience;
    const auto or_at = [&first](const ipc::Deadline& other) {
      if (other && (!first || *other < *first)) first = other;
    };
    if (signer_.may_log_heads()) or_at(heads_due_);
    if (signer_.shares_log()) or_at(look_due_);
    for (const Door& door : doors_) {
      for (const auto& guest : door.guests) or_at(guest->patience);
    }
    if (!first) return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*first - ipc::Clock::now()).count();
    return static_cast<int>(std::max<std::int64_t>(left, 0));
  }

  // False: the front is one of them.
  bool part_from_the_late() {
    const auto now = ipc::Clock::now();
    for (Door& door : doors_) {
      std::erase_if(door.guests, [now](const std::unique_ptr<Guest>& guest) {
        return !guest->channel.is_open() || guest->is_late(now);
      });
    }
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
    for (Door& door : doors_) {
      for (const auto& guest : door.guests) {
        if (auto question = guest->question(signer_)) questions.push_back(*std::move(question));
      }
    }
    if (questions.empty()) return true;
    signer_.answer(questions);
    for (Door& door : doors_) {
      for (const auto& guest : door.guests) {
        if (!guest->tell()) guest->channel.close();
      }
    }
    asked_.clear();
    return std::ranges::all_of(gets, [this](const v1::FrontGets& answer) {
      return front_.channel.queue(MessageType::kFrontGets, answer).has_value();
    });
  }

  Signer& signer_;
  Peer front_;
  std::vector<v1::FrontAsks> asked_;  // by the front, in this round
  std::array<Door, 2> doors_;
  ipc::Clock::time_point heads_due_ = ipc::Clock::now();  // for what was written before a crash
  bool heads_begun_ = false;
  ipc::Clock::time_point look_due_ = ipc::Clock::now();
  ipc::Clock::time_point unused_due_ = ipc::Clock::now();
};

}  // namespace

Ended serve(Signer& signer, os::Descriptor front, Doors doors) {
  return Loop(signer, std::move(front), std::move(doors)).run();
}

}  // namespace heyan::signer
