// Whoever in the front needs a time stamp asks here: one question at a time goes to the egress
// process, over the one channel for it.
//
// A document that is being rendered for somebody waits a few seconds at most, before reports that
// nobody waits for. After a stamp that did not come no document waits for a while: an authority
// that is away costs a reader one short wait, and its documents are given without a stamp. Any
// thread.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>

#include "gateway/ipc/channel.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

class StampDesk {
 public:
  struct Settings {
    std::chrono::milliseconds patience{30'000};                 // of egress with the authority
    std::chrono::milliseconds document_patience{5'000};         // its turn and the answer
    std::chrono::milliseconds rest{30'000};                     // of documents, after a failure
    std::function<void(const v1::EgressFailure*)> on_document;  // asked for; null: stamped
  };

  // `egress`: one end of its channel for stamps.
  StampDesk(Settings settings, os::Descriptor egress);

  // For nobody who waits: its turn, and the answer. `any_time`: the caller holds the token's time
  // against a clock. Nothing: asked to stop, or nobody knows what came of it.
  std::optional<v1::StampGets> ask(core::ByteView sha256, bool any_time,
                                   const std::stop_token& stop);

  // Of a document. Nothing: there is none in time, or the authority rests.
  std::optional<core::Bytes> stamp_document(core::ByteView sha256);

  // Nothing can be asked any more: this process is to end, and to be started afresh.
  bool is_lost() const { return lost_; }

 private:
  using Clock = std::chrono::steady_clock;

  std::optional<v1::StampGets> exchange(core::ByteView sha256, bool any_time,
                                        Clock::time_point until, const std::stop_token& stop);
  bool take_document_turn(Clock::time_point until);
  void give_back(bool failed);

  Settings settings_;
  ipc::Channel egress_;  // of whoever has the turn, as asked_
  std::uint64_t asked_ = 0;
  std::atomic<bool> lost_ = false;
  std::mutex mutex_;  // guards the rest
  std::condition_variable_any changed_;
  bool taken_ = false;
  std::size_t documents_ = 0;  // waiting for their turn
  Clock::time_point rests_until_{};
};

}  // namespace heyan::service
