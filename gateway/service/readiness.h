// Can a submission be taken in and verified now? Asked of each part, not assumed.
//
// Threat: anybody may ask, so the parts are asked once a while and not once a question. Any thread;
// blocks.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string_view>
#include <vector>

#include "gateway/ipc/doors.h"
#include "gateway/os/load.h"
#include "gateway/service/signer_client.h"
#include "gateway/store/store.h"

namespace heyan::service {

struct Part {
  std::string_view name;  // "signer" "trust" "signing" "canary" "box" "judge" "render" "store"
                          // "vault" "memory" "disk"; "vault" where evidence lies in a bucket
  bool ready = false;
};

// What the store counts.
struct Counts {
  store::Backlog jobs;
  std::uint64_t to_tell = 0;   // events of webhooks
  std::uint64_t to_stamp = 0;  // reports; zero where there is no authority
  store::ScanCounts scans;     // zeros where there is no scanner
  store::DeletionCounts deletions;
  std::chrono::milliseconds deletion_overdue{0};  // the oldest that could have been done
};

struct Health {
  std::vector<Part> parts;  // always all of them, in the order above
  v1::Backlog intakes;      // as the signer says; zeros where it does not answer
  v1::PublishedKeys keys;   // likewise; none where it does not
  // Nothing where the store does not answer: that none waits is said by who has looked.
  std::optional<Counts> counts;
  // A malware scanner answers; absent: there is none. Nothing waits for it, so it is no part.
  std::optional<bool> scanner;
  std::vector<store::DutyHeld> duties;
  os::Load load;
  bool ready() const;
  std::string_view scanner_word() const;  // "NONE" "READY" "AWAY"
};

class Readiness {
 public:
  struct Settings {
    std::function<core::Result<os::Load>()> load;
    std::function<std::int64_t()> now_ms;
    std::filesystem::path staging;
    double full = 0.9;                          // of memory and disk
    bool stamps = false;                        // reports are stamped
    std::function<bool()> scanner{};            // whether it answers; empty: there is none
    std::chrono::milliseconds patience{5'000};  // with each worker, and with the bucket
    // Whether the bucket answers within that; empty: evidence lies in the state folder.
    std::function<bool(std::chrono::milliseconds)> vault{};
    std::chrono::milliseconds valid_for{2'000};  // an answer
    std::chrono::milliseconds load_valid_for{500};
  };
  Readiness(Settings settings, SignerClient& signer, store::Store& store, ipc::Doors& box,
            ipc::Doors& judge, ipc::Doors& render)
      : settings_(std::move(settings)),
        signer_(signer),
        store_(store),
        box_(box),
        judge_(judge),
        render_(render) {}

  Health look();

  // Is there room for another submission? Looks at memory and disk alone, so that it can be asked
  // for each. "memory", "disk"; empty where there is. What cannot be read does not refuse.
  std::string_view lacking();

 private:
  using Clock = std::chrono::steady_clock;
  Health look_anew();
  void ask_signer(Health& now);
  core::Result<Counts> count();
  core::Result<void> store_takes() const;
  core::Result<os::Load> load();

  Settings settings_;
  SignerClient& signer_;
  store::Store& store_;
  ipc::Doors& box_;
  ipc::Doors& judge_;
  ipc::Doors& render_;
  std::mutex looking_;  // guards the next two
  Health last_;
  Clock::time_point looked_{};
  std::mutex loading_;  // guards the next two
  core::Result<os::Load> last_load_ = os::Load{};
  Clock::time_point loaded_{};
};

}  // namespace heyan::service
