#include "gateway/service/stamp_desk.h"

#include "gateway/ipc/frame_limits.h"

namespace heyan::service {
namespace {

constexpr std::chrono::seconds kGrace{15};  // starting, and resolving the name
constexpr std::chrono::milliseconds kLookForStop{500};

v1::EgressFailure too_late() {
  v1::EgressFailure failure;
  failure.set_fault(v1::EGRESS_FAULT_TIME);
  return failure;
}

}  // namespace

StampDesk::StampDesk(Settings settings, os::Descriptor egress)
    : settings_(std::move(settings)), egress_(std::move(egress), ipc::kEgressFrameBytes) {}

std::optional<v1::StampGets> StampDesk::ask(core::ByteView sha256, bool any_time,
                                            const std::stop_token& stop) {
  {
    std::unique_lock lock(mutex_);
    if (!changed_.wait(lock, stop, [this] { return !taken_ && documents_ == 0; })) {
      return std::nullopt;
    }
    taken_ = true;
  }
  auto gets = exchange(sha256, any_time, Clock::now() + settings_.patience + kGrace, stop);
  give_back(!gets || !gets->has_token());
  return gets;
}

std::optional<core::Bytes> StampDesk::stamp_document(core::ByteView sha256) {
  const auto until = Clock::now() + settings_.document_patience;
  if (!take_document_turn(until)) return std::nullopt;
  const auto gets = exchange(sha256, false, until, {});
  const bool stamped = gets && gets->has_token();
  give_back(!stamped);
  const v1::EgressFailure failure = gets && gets->has_failure() ? gets->failure() : too_late();
  if (settings_.on_document) settings_.on_document(stamped ? nullptr : &failure);
  if (!stamped) return std::nullopt;
  return core::to_bytes(std::string_view(gets->token()));
}

bool StampDesk::take_document_turn(Clock::time_point until) {
  std::unique_lock lock(mutex_);
  if (lost_ || Clock::now() < rests_until_) return false;
  ++documents_;
  const bool free = changed_.wait_until(lock, until, [this] { return !taken_; });
  --documents_;
  if (free) {
    taken_ = true;
    return true;
  }
  rests_until_ = Clock::now() + settings_.rest;
  changed_.notify_all();
  return false;
}

void StampDesk::give_back(bool failed) {
  const std::lock_guard lock(mutex_);
  taken_ = false;
  if (failed) rests_until_ = Clock::now() + settings_.rest;
  changed_.notify_all();
}

// An answer to an earlier question, whose time was up, is not the answer to this one.
std::optional<v1::StampGets> StampDesk::exchange(core::ByteView sha256, bool any_time,
                                                 Clock::time_point until,
                                                 const std::stop_token& stop) {
  v1::StampAsk ask;
  ask.set_id(++asked_);
  ask.set_sha256(core::to_string(sha256));
  ask.set_any_time(any_time);
  // Whoever reads nothing for so long will not read again.
  const auto grace = Clock::now() + kGrace;
  const auto sent = egress_.send(ipc::MessageType::kStampAsk, ask, -1, std::min(until, grace));
  if (!sent) {
    lost_ = !egress_.is_open() || sent.error().code == core::ErrorCode::kNotFound ||
            Clock::now() >= grace;
    return std::nullopt;
  }
  while (!stop.stop_requested()) {
    const auto now = Clock::now();
    if (now >= until) {
      v1::StampGets late;
      *late.mutable_failure() = too_late();
      return late;
    }
    const auto wait = std::min<Clock::duration>(until - now, kLookForStop);
    auto gets = egress_.receive<v1::StampGets>(ipc::MessageType::kStampGets, now + wait);
    lost_ = !egress_.is_open();
    if (lost_) break;
    if (gets && gets->id() == ask.id()) return *std::move(gets);
  }
  return std::nullopt;
}

}  // namespace heyan::service
