// Carries out deletions whose time has come (store/deletions.h): what a crash, a full disk or a
// signer that is away leaves half done is gone on with, at the next start and every minute.
//
// The order is the contract: nobody can stop it any more; the signer logs it; it is recorded
// that it begins; encrypted files lose their key, and all files go, which is recorded; the rows
// that told of them go. So nothing is removed that the log does not tell of, and whoever restores a
// backup learns from the log what to remove again. One thread of its own.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "gateway/service/signer_client.h"
#include "gateway/store/store.h"
#include "gateway/store/vault.h"

namespace heyan::service {

class Deleter {
 public:
  enum class Step : std::uint8_t {
    kBegins,   // logged, and not removed yet
    kRemoved,  // its files are gone
  };
  struct Settings {
    std::function<std::int64_t()> now_ms;
    std::string log;  // origin of the one that the signer continues
    std::chrono::milliseconds every = std::chrono::minutes(1);
    // That it begins is recorded once, however often the rest is tried; after an error nothing is
    // removed, and it is tried again.
    std::function<core::Result<void>(Step, const store::Deletion&)> record;
    // After each attempt; null: all is gone. May be empty.
    std::function<void(const store::Deletion&, const core::Error*)> on_tried;
  };

  Deleter(Settings settings, store::Store& store, store::Vault& vault, SignerClient& signer);

 private:
  void work(const std::stop_token& stop);
  core::Result<void> carry_out(store::Deletion& deletion);
  core::Result<void> remove_files(const store::Deletion& deletion);

  Settings settings_;
  store::Store& store_;
  store::Vault& vault_;
  SignerClient& signer_;
  std::set<std::string> begun_;  // recorded as that
  std::mutex mutex_;
  std::condition_variable_any waiting_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace heyan::service
