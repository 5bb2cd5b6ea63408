// Has the witnesses of the configuration cosign the report log: brings each what the signer wants
// signed, by the egress process, and brings the signer what it answered.
//
// All are asked for the same checkpoint, so that their lines come together; the next round begins
// when the log has grown. A witness that is away costs nobody anything: it rests, for ten seconds
// and then for twice as long each time, an hour at most, and is then brought up to date with one
// proof.
//
// Before the first round each is asked what it keeps of this log, and again where it says that it
// knows more, or another history: the signer compares (security decision 16: at its start the head
// is at least every witness's). Threat: what a witness says is believed by the signer alone, and
// only as far as its signature goes. One thread of its own.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "gateway/ipc/channel.h"
#include "gateway/service/signer_client.h"

namespace heyan::service {

struct Cosigning {
  static constexpr std::string_view kClock = "clock";
  enum class Outcome : std::uint8_t {
    kCosigned,
    kUpToDate,  // it had cosigned all that there is: nothing was asked
    kAhead,     // it says that it knows a larger tree than there is: was the log set back?
    kFailed,    // see fault
  };
  Outcome outcome = Outcome::kFailed;
  std::string_view witness;
  std::uint64_t size = 0;       // of the checkpoint
  std::string_view fault = {};  // "signer", "status", "answer", or of egress (egress_words.h);
                                // kClock: it signed, and its clock is not the signer's;
                                // "kept": what it says that it keeps is no checkpoint of this log;
                                // "comparison": with what it keeps, by the signer
  std::uint32_t status = 0;     // of "status"
};

class Cosigner {
 public:
  struct Settings {
    std::vector<std::string> witnesses;              // names
    std::chrono::milliseconds patience{315'000};     // of egress with one of them
    std::chrono::milliseconds every{1'000};          // so often the log is looked at
    std::chrono::milliseconds rest{10'000};          // of a witness, after a failure
    std::chrono::milliseconds meeting{5'000};        // of each, to say what it keeps
    std::function<void(const Cosigning&)> on_tried;  // on its thread
    // Whether witnesses are this gateway's to ask now, of several that share the log. Empty:
    // always.
    std::function<bool()> ours{};
  };

  // `egress`: one end of its channel for witnesses.
  Cosigner(Settings settings, SignerClient& signer, os::Descriptor egress);
  ~Cosigner();
  Cosigner(const Cosigner&) = delete;
  Cosigner& operator=(const Cosigner&) = delete;

  // Returns when each has said what it keeps, or had its time: nothing is to be logged before. From
  // any thread.
  void wait_until_met();

  // Nothing can be asked any more: this process is to end, and to be started afresh.
  bool is_lost() const { return lost_; }

 private:
  using Clock = std::chrono::steady_clock;
  struct Witness {
    std::string name;
    Clock::time_point rests_until{};
    unsigned failures = 0;  // in a row
  };

  void work(const std::stop_token& stop);
  void meet(const std::stop_token& stop);
  // Has the signer look at what it keeps, if it says so until then. Who is away or keeps nothing is
  // passed over.
  void compare(const std::string& witness, Clock::time_point until, const std::stop_token& stop);
  void go_round(const std::stop_token& stop);
  std::optional<Cosigning> bring_up_to_date(const Witness& witness, const std::stop_token& stop);
  std::optional<v1::WitnessGets> exchange(v1::WitnessAsk ask, Clock::time_point until,
                                          const std::stop_token& stop);

  Settings settings_;
  SignerClient& signer_;
  ipc::Channel egress_;
  std::vector<Witness> witnesses_;
  std::uint64_t round_size_ = 0;  // of this round's checkpoint; 0: not known yet
  std::uint64_t asked_ = 0;
  std::atomic<bool> lost_ = false;
  std::mutex mutex_;
  std::condition_variable_any waiting_;
  bool met_ = false;     // guarded by mutex_
  std::jthread thread_;  // last: ends before what it uses
};

}  // namespace heyan::service
