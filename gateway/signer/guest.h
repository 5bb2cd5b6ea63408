// Who comes through a door: a judge or a renderer, and what it may ask and in which order. For
// serve.cc.
#pragma once

#include <memory>
#include <optional>

#include "gateway/ipc/channel.h"
#include "gateway/signer/signer.h"

namespace heyan::signer {

// One end that is served, and until when it may be in the middle of a frame.
struct Peer {
  ipc::Channel channel;
  ipc::Deadline patience;

  // After each time it was looked at. A frame that comes or goes in pieces has one deadline for
  // all of it.
  void look_at_clock();
  bool is_late(ipc::Clock::time_point now) const { return patience && *patience <= now; }
};

class Guest : public Peer {
 public:
  explicit Guest(ipc::Channel its) : Peer{std::move(its), ipc::kNever} {}
  Guest(const Guest&) = delete;
  Guest& operator=(const Guest&) = delete;
  virtual ~Guest() = default;

  // Takes what it asks, or sends what is unsent. False: nothing more is to be said to it.
  bool serve();
  // What it asked in this round. Arguments of the question live as long as the guest.
  virtual std::optional<Question> question(Signer& signer) = 0;
  // Its answer of this round. False: nothing more is to be said to it.
  virtual bool tell() = 0;

 protected:
  // False: it said what it must not.
  virtual bool take() = 0;
  // True while something is to be said to it.
  bool say(ipc::MessageType type, const google::protobuf::MessageLite& answer, bool last);

 private:
  bool answered_ = false;  // nothing more is to be said but what is unsent
};

std::unique_ptr<Guest> new_judge(os::Descriptor socket);
std::unique_ptr<Guest> new_renderer(os::Descriptor socket);

}  // namespace heyan::signer
