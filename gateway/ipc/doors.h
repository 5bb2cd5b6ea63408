// How the front reaches its workers: one socket pair a job, whose other end goes to a child of its
// own.
//
// Any thread.
#pragma once

#include <mutex>

#include "gateway/ipc/channel.h"

namespace heyan::ipc {

class Doors {
 public:
  // `parent`: the front's end of the channel to a worker's parent.
  Doors(os::Descriptor parent, std::size_t job_frame_bytes)
      : parent_(std::move(parent), kDoorFrameBytes), job_frame_bytes_(job_frame_bytes) {}

  // A channel to a new child. kIo, kNotFound: the parent is gone.
  core::Result<Channel> open_job();

  // Does the parent still fork children? One is asked for that gets no job, and ends. kIo where it
  // does not within the time.
  core::Result<void> knock(std::chrono::milliseconds patience);

 private:
  static constexpr std::size_t kDoorFrameBytes = 64;
  std::mutex mutex_;
  Channel parent_;
  std::size_t job_frame_bytes_;
};

}  // namespace heyan::ipc
