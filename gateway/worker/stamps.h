// Time stamps for what is sealed: the render child asks the front, which asks egress.
//
// Threat: the front may have been taken over. A token is taken only where it reads as a stamp over
// the digest that was asked for; by whose clock it is, whoever reads the file judges. One thread.
#pragma once

#include <optional>

#include "gateway/ipc/channel.h"

namespace heyan::worker {

class Stamps {
 public:
  // Null: there is no authority, and none is asked.
  explicit Stamps(ipc::Channel* front) : front_(front) {}

  // Nothing: none came in time, or not over this.
  std::optional<core::Bytes> over(const core::Bytes& sha256);

 private:
  ipc::Channel* front_;
  std::uint64_t asked_ = 0;
};

}  // namespace heyan::worker
