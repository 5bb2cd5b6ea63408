#include "gateway/service/stamper.h"

#include <algorithm>

#include "gateway/ipc/frame_limits.h"
#include "gateway/service/standing.h"

namespace heyan::service {
namespace {

constexpr std::int64_t kLongestWaitMs = std::int64_t{6} * 3'600'000;
constexpr std::uint32_t kMostDoublings = 12;
constexpr std::chrono::seconds kGrace{15};  // starting, and resolving the name
constexpr std::chrono::milliseconds kLookForStop{500};

}  // namespace

Stamper::Stamper(Settings settings, store::Store& store, os::Descriptor egress)
    : settings_(std::move(settings)),
      store_(store),
      egress_(std::move(egress), ipc::kEgressFrameBytes),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

Stamper::~Stamper() {
  thread_.request_stop();
  waiting_.notify_all();
}

void Stamper::work(const std::stop_token& stop) {
  while (!stop.stop_requested() && !lost_) {
    const auto due = store_.due_stamp(settings_.now_ms());
    if (due && *due && attempt(**due, stop)) continue;
    std::unique_lock lock(mutex_);
    waiting_.wait_for(lock, stop, settings_.every, [] { return false; });
  }
}

// False: what came of it could not be noted; asked for again after a while.
bool Stamper::attempt(const store::DueStamp& due, const std::stop_token& stop) {
  const auto digest = digest_to_stamp(due.envelope);
  std::optional<v1::StampGets> gets;
  if (digest) gets = ask(*digest, stop);
  if (digest && !gets) return false;
  v1::EgressFailure failure;
  if (gets && gets->has_failure()) failure = gets->failure();
  const bool stamped = gets && gets->has_token();
  core::Result<void> noted;
  if (stamped) {
    noted = store_.stamped(due.report, core::to_bytes(std::string_view(gets->token())));
  } else {
    const std::int64_t wait =
        std::min(settings_.first_wait_ms << std::min(due.attempts, kMostDoublings), kLongestWaitMs);
    noted = store_.not_stamped(due.report, settings_.now_ms() + wait);
  }
  if (settings_.on_tried) settings_.on_tried(due, stamped ? nullptr : &failure);
  return noted.has_value();
}

// An answer to an earlier question, whose time was up, is not the answer to this one. Nothing:
// nobody knows what came of it.
std::optional<v1::StampGets> Stamper::ask(const core::Bytes& sha256, const std::stop_token& stop) {
  v1::StampAsk ask;
  ask.set_id(++asked_);
  ask.set_sha256(core::to_string(sha256));
  const auto until = std::chrono::steady_clock::now() + settings_.patience + kGrace;
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
