#include "gateway/service/identity_desk.h"

#include "gateway/ipc/frame_limits.h"

namespace heyan::service {
namespace {

constexpr std::chrono::seconds kGrace{15};  // starting, and resolving the name

v1::IdentityGets failed(v1::EgressFault fault) {
  v1::IdentityGets gets;
  gets.mutable_failure()->set_fault(fault);
  return gets;
}

}  // namespace

IdentityDesk::IdentityDesk(std::chrono::milliseconds patience, os::Descriptor egress)
    : patience_(patience), egress_(std::move(egress), ipc::kEgressFrameBytes) {}

v1::IdentityGets IdentityDesk::ask(v1::IdentityAsk ask) {
  const std::unique_lock turn(turn_, patience_);
  if (!turn.owns_lock()) return failed(v1::EGRESS_FAULT_TIME);
  if (lost_) return failed(v1::EGRESS_FAULT_CONNECTION);
  ask.set_id(++asked_);
  // Whoever reads nothing for so long will not read again.
  const auto grace = Clock::now() + kGrace;
  if (!egress_.send(ipc::MessageType::kIdentityAsk, ask, -1, grace)) {
    lost_ = true;
    return failed(v1::EGRESS_FAULT_CONNECTION);
  }
  const auto until = Clock::now() + 2 * patience_ + kGrace;
  while (Clock::now() < until) {
    auto gets = egress_.receive<v1::IdentityGets>(ipc::MessageType::kIdentityGets, until);
    lost_ = !egress_.is_open();
    if (lost_) return failed(v1::EGRESS_FAULT_CONNECTION);
    // An answer to an earlier question, whose time was up, is not the answer to this one.
    if (gets && gets->id() == ask.id()) return *std::move(gets);
  }
  return failed(v1::EGRESS_FAULT_TIME);
}

}  // namespace heyan::service
