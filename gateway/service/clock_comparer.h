// Has the signer hold its clock against that of the time-stamp authority of the configuration:
// gets what the signer drew stamped, and brings it the token (security decision 11).
//
// At the start and every hour; after a quarter of a minute where nothing came of it, where the
// clocks differ until they agree, and where the signer believes its own no more. That nothing came
// the signer is told, too: it does not wait for it then. What the clocks say is the signer's to
// compare, and so is what follows from it. One thread of its own.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>

#include "gateway/service/signer_client.h"
#include "gateway/service/stamp_desk.h"

namespace heyan::service {

struct ClockComparison {
  enum class Outcome : std::uint8_t { kAgrees, kDiffers, kFailed };
  Outcome outcome = Outcome::kFailed;
  std::chrono::milliseconds apart{0};  // at least; above zero: the signer's clock is behind
  std::string_view fault = {};         // of kFailed: "signer", or of egress (egress_words.h)
};

class ClockComparer {
 public:
  struct Settings {
    std::chrono::milliseconds every{std::chrono::hours(1)};
    std::chrono::milliseconds again{std::chrono::seconds(15)};
    std::function<void(const ClockComparison&)> on_compared;  // on its thread
  };

  ClockComparer(Settings settings, SignerClient& signer, StampDesk& egress);
  ~ClockComparer();
  ClockComparer(const ClockComparer&) = delete;
  ClockComparer& operator=(const ClockComparer&) = delete;

 private:
  void work(const std::stop_token& stop);
  void rest(const std::stop_token& stop, bool agreed);
  std::optional<ClockComparison> compare(const std::stop_token& stop);

  Settings settings_;
  SignerClient& signer_;
  StampDesk& egress_;
  std::mutex mutex_;
  std::condition_variable_any waiting_;
  std::jthread thread_;  // last: ends before what it uses
};

}  // namespace heyan::service
