#include "gateway/service/doors.h"

namespace heyan::service {

core::Result<ipc::Channel> Doors::open_job() {
  HEYAN_TRY(ipc::Pair pair, ipc::make_pair());
  const std::lock_guard lock(mutex_);
  HEYAN_CHECK_OK(parent_.send_door(pair.b, ipc::within(std::chrono::seconds(10))));
  return ipc::Channel(std::move(pair.a), job_frame_bytes_);
}

}  // namespace heyan::service
