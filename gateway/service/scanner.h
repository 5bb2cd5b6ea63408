// Has the files of the vault looked at by the malware scanner of the configuration, by the egress
// process, until each has been.
//
// No filing and no report waits for it, and what it says changes neither. Tried again after 10 s,
// then after twice as long each time, at most a minute, for ever: a scanner that comes back is
// found without anybody's doing. The bytes are hashed before they are shown, so that what is said
// is said of the file that was received. One thread of its own.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>

#include "gateway/ipc/channel.h"
#include "gateway/service/waits.h"
#include "gateway/store/vault.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

class Scanner {
 public:
  struct Settings {
    std::chrono::milliseconds patience{150'000};  // of egress with the scanner
    std::uint64_t max_bytes = 0;                  // of a file
    std::function<std::int64_t()> now_ms;
    std::chrono::milliseconds every{1'000};          // so often the store is asked
    std::chrono::milliseconds between_asks{30'000};  // whether it is there, while nothing is due
    std::int64_t first_wait_ms = 10'000;
    // After each attempt, on its thread; `fault`: "connection", "time", "stored-bytes", ..., empty
    // where the scan was made. May be empty.
    std::function<void(const store::DueScan&, const store::Scan&, std::string_view fault)> on_tried;
  };

  // `egress`: one end of its channel for scans.
  Scanner(Settings settings, store::Store& store, const store::Vault& vault, os::Descriptor egress);
  ~Scanner();
  Scanner(const Scanner&) = delete;
  Scanner& operator=(const Scanner&) = delete;

  // It answered when it was asked last. Any thread.
  bool is_there() const { return there_; }
  // Nothing can be asked any more: this process is to end, and to be started afresh.
  bool is_lost() const { return lost_; }

 private:
  void work(const std::stop_token& stop);
  void rest(const std::stop_token& stop, std::chrono::milliseconds longest);
  bool attempt(const store::DueScan& due, const std::stop_token& stop);
  std::optional<v1::ScanGets> exchange(int file, std::uint64_t size, const std::stop_token& stop);

  Settings settings_;
  store::Store& store_;
  Waits waits_;
  const store::Vault& vault_;
  ipc::Channel egress_;
  std::uint64_t asked_ = 0;
  std::atomic<bool> there_ = false;
  std::atomic<bool> lost_ = false;
  std::mutex mutex_;
  std::condition_variable_any waiting_;
  std::jthread thread_;  // last: ends before what it uses
};

}  // namespace heyan::service
