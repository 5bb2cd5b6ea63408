// Has a judge judge the canaries (gateway/canary), all day.
//
// At the start and then every so often; sooner where nothing came of it. The judge brings the
// signer what it makes of them through its own socket: what is right, and what follows from a wrong
// answer, is nothing that is known here. A front that was taken over can leave it, and is late.
// One thread of its own.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "gateway/ipc/doors.h"

namespace heyan::service {

class CanaryCaller {
 public:
  struct Settings {
    std::chrono::milliseconds every{300'000};
    std::chrono::milliseconds again{10'000};      // at most `every`
    std::chrono::milliseconds patience{120'000};  // with one judge
    // On its thread, after each: empty where the signer has the answers; "judges-away",
    // "judge-lost", "judge-late", or what the judge refused it for.
    std::function<void(const std::string& fault)> on_called;
  };
  CanaryCaller(Settings settings, ipc::Doors& judges);
  ~CanaryCaller();
  CanaryCaller(const CanaryCaller&) = delete;
  CanaryCaller& operator=(const CanaryCaller&) = delete;

 private:
  void work(const std::stop_token& stop);
  std::string call(const std::stop_token& stop);

  Settings settings_;
  ipc::Doors& judges_;
  std::mutex mutex_;
  std::condition_variable_any waiting_;
  std::jthread thread_;  // last: ends before what it uses
};

}  // namespace heyan::service
