// The bucket of the configuration, as the vault asks for it: through doors of the egress process,
// which alone can reach it.
//
// What does not come is asked for again, with longer waits, until `patience` is over; then whoever
// asked is told to try later, as where the disk is full: a filing is answered 503, a verification
// waits in its queue. While the store is known to be away it is asked once and no longer, so that
// requests are not held up by the waits of each other. Threat: egress or the store may have been
// taken over: what comes is bounded in size and time, goes into a temporary file without a name,
// and is believed by nobody before its key has opened it. Any thread; blocks.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <expected>
#include <filesystem>
#include <functional>
#include <mutex>
#include <semaphore>

#include "gateway/ipc/doors.h"
#include "gateway/ipc/frame_limits.h"
#include "gateway/store/objects.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

class ObjectStore final : public store::Objects {
 public:
  struct Settings {
    std::filesystem::path temporaries;              // on the disk that has room for a file
    std::chrono::milliseconds patience{20'000};     // after so long no attempt begins
    std::chrono::milliseconds first_wait{250};      // then twice as long each time
    std::chrono::milliseconds longest{9 * 60'000};  // for one attempt: a judge waits ten minutes
    std::uint64_t most_bytes = std::uint64_t{5} << 30;  // of an object
    // When it is away, and when it is back; `fault`: "connection", "http-status", ..., `status` of
    // HTTP or 0. On the thread that noticed. May be empty.
    std::function<void(bool there, std::string_view fault, std::uint32_t status)> on_changed;
  };

  // `egress`: one end of its channel for doors to objects.
  ObjectStore(Settings settings, os::Descriptor egress);

  core::Result<void> put(const std::string& name, const os::Descriptor& file, std::uint64_t size,
                         core::ByteView sha256) override;
  core::Result<os::Descriptor> get(const std::string& name) override;
  core::Result<void> find(const std::string& name) override;
  core::Result<void> remove(const std::string& name) override;

  // The bucket answers, now. Once, and no longer than `patience`.
  bool is_there(std::chrono::milliseconds patience);
  // What waits is told to try later, and what is asked from now on.
  void stop();

 private:
  using Outcome = std::expected<v1::ObjectOutcome, v1::EgressFailure>;
  using Take = std::function<bool(core::ByteView)>;  // false: it cannot be kept
  using Clock = std::chrono::steady_clock;
  Outcome exchange(const v1::ObjectAsk& ask, int file, const Take& take, Clock::time_point until);
  // The same when it is its turn.
  Outcome attempt(const v1::ObjectAsk& ask, int file, const Take& take);
  // Its last answer.
  core::Result<v1::ObjectOutcome> insist(const std::function<Outcome()>& attempt);
  core::Result<v1::ObjectOutcome> insist(const v1::ObjectAsk& ask, int file = -1);
  void note(const Outcome& outcome);
  bool rest(std::chrono::milliseconds longest);  // false: it is to stop

  Settings settings_;
  ipc::Doors doors_;
  std::counting_semaphore<> turns_{ipc::kObjectsAtOnce};
  std::atomic<bool> stopped_ = false;
  std::mutex mutex_;  // guards the next, and is what waits wait with
  bool there_ = true;
  std::condition_variable waiting_;
};

}  // namespace heyan::service
