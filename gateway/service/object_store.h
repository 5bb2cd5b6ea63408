// The bucket of the configuration, as the vault asks for it: through doors of the egress process,
// which alone can reach it.
//
// What does not come is asked for again, with longer waits, until `patience` is over; then whoever
// asked is told to try later, as where the disk is full: a filing is answered 503, a verification
// waits in its queue. A slow store must not take every thread that answers requests: kObjectsAtOnce
// have a turn, `most_waiting` wait a moment for one, and whoever else comes is told at once; all
// are while the store is known to be away, until a thread of its own has heard that it is back.
// Threat: egress or the store may have been taken over: what comes is bounded in size and time,
// goes into a temporary file without a name, and is believed by nobody before its key has opened
// it. Any thread; blocks.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <expected>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <semaphore>
#include <thread>

#include "gateway/ipc/doors.h"
#include "gateway/ipc/frame_limits.h"
#include "gateway/store/objects.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

class ObjectStore final : public store::Objects {
 public:
  struct Settings {
    std::filesystem::path temporaries;           // on the disk that has room for a file
    std::string where{};                         // Objects::where
    std::chrono::milliseconds patience{20'000};  // after so long no attempt begins
    std::chrono::milliseconds first_wait{250};   // then twice as long each time
    // For one attempt: a judge waits ten minutes for a file. To put takes so long besides the time
    // that the slowest store may take for its bytes.
    std::chrono::milliseconds longest{9 * 60'000};
    std::uint64_t most_bytes = std::uint64_t{5} << 30;  // of an object
    unsigned most_waiting = 4;                          // for a turn
    std::chrono::milliseconds for_a_turn{3'000};
    // While it is away it is asked so often whether it is back, and at once where a failure leaves
    // open whether it is; nothing: nobody asks.
    std::optional<std::chrono::milliseconds> between_probes = std::chrono::seconds(2);
    // When it is away, and when it is back; `fault`: "connection", "http-status", ..., `status` of
    // HTTP or 0. On the thread that noticed. May be empty.
    std::function<void(bool there, std::string_view fault, std::uint32_t status)> on_changed;
  };

  // `egress`: one end of its channel for doors to objects.
  ObjectStore(Settings settings, os::Descriptor egress);
  ~ObjectStore() override;
  ObjectStore(const ObjectStore&) = delete;
  ObjectStore& operator=(const ObjectStore&) = delete;

  std::string where() const override { return settings_.where; }
  core::Result<void> put(const std::string& name, const os::Descriptor& file, std::uint64_t size,
                         core::ByteView sha256, Until until) override;
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
  Outcome attempt(const v1::ObjectAsk& ask, int file, const Take& take, Until until = {});
  // Its last answer, when it is its turn.
  core::Result<v1::ObjectOutcome> insist(const std::function<Outcome()>& attempt, Until until = {});
  core::Result<v1::ObjectOutcome> insist(const v1::ObjectAsk& ask, int file = -1, Until until = {});
  core::Result<void> take_turn();
  // What came of an object, and whether the store is there.
  void note(const Outcome& outcome);
  void set_there(const Outcome& outcome);
  bool rest(std::chrono::milliseconds longest);  // false: it is to stop
  void probe();                                  // the thread's

  Settings settings_;
  ipc::Doors doors_;
  std::counting_semaphore<> turns_{ipc::kObjectsAtOnce};
  std::atomic<unsigned> waiting_for_turns_ = 0;
  std::atomic<bool> stopped_ = false;
  std::mutex mutex_;  // guards the next two, and is what waits wait with
  bool there_ = true;
  bool doubtful_ = false;
  std::condition_variable waiting_;
  std::jthread prober_;
};

}  // namespace heyan::service
