#include "gateway/service/stamp_client.h"

#include "gateway/ipc/frame_limits.h"

namespace heyan::service {
namespace {

constexpr std::chrono::seconds kGrace{15};  // starting, and resolving the name
constexpr std::chrono::milliseconds kLookForStop{500};

}  // namespace

StampClient::StampClient(os::Descriptor egress, std::chrono::milliseconds patience)
    : egress_(std::move(egress), ipc::kEgressFrameBytes), patience_(patience) {}

// An answer to an earlier question, whose time was up, is not the answer to this one.
std::optional<v1::StampGets> StampClient::ask(const core::Bytes& sha256, bool any_time,
                                              const std::stop_token& stop) {
  std::unique_lock lock(asking_, std::defer_lock);
  while (!lock.try_lock_for(kLookForStop)) {
    if (stop.stop_requested()) return std::nullopt;
  }
  v1::StampAsk ask;
  ask.set_id(++asked_);
  ask.set_sha256(core::to_string(sha256));
  ask.set_any_time(any_time);
  const auto until = std::chrono::steady_clock::now() + patience_ + kGrace;
  if (!egress_.send(ipc::MessageType::kStampAsk, ask, -1, ipc::within(kGrace))) {
    lost_ = !egress_.is_open();
    return std::nullopt;
  }
  while (!stop.stop_requested()) {
    auto gets =
        egress_.receive<v1::StampGets>(ipc::MessageType::kStampGets, ipc::within(kLookForStop));
    lost_ = !egress_.is_open();
    if (lost_) break;
    if (gets && gets->id() == ask.id()) return *std::move(gets);
    if (!gets && std::chrono::steady_clock::now() >= until) {
      v1::StampGets late;
      late.mutable_failure()->set_fault(v1::EGRESS_FAULT_TIME);
      return late;
    }
  }
  return std::nullopt;
}

}  // namespace heyan::service
