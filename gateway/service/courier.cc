#include "gateway/service/courier.h"

#include <algorithm>

#include "gateway/ipc/frame_limits.h"
#include "gateway/service/egress_words.h"
#include "gateway/service/webhook_events.h"

namespace heyan::service {
namespace {

constexpr std::int64_t kLongestWaitMs = std::int64_t{6} * 3'600'000;
constexpr std::int64_t kGiveUpAfterMs = std::int64_t{3} * 86'400'000;
constexpr std::int64_t kNotWithinMs = std::int64_t{12} * 3'600'000;  // of the duty
constexpr std::int64_t kForgetAfterMs = std::int64_t{30} * 86'400'000;
constexpr std::uint32_t kMostDoublings = 12;
constexpr std::chrono::seconds kGrace{15};  // starting, and resolving the name
constexpr std::chrono::milliseconds kLookForStop{500};
constexpr std::chrono::minutes kBetweenForgetting{60};

// Whoever answers at all may take the next event; whoever does not, will not take it either.
bool is_away(v1::EgressFault fault, unsigned status) {
  constexpr unsigned kTooMany = 429;
  constexpr unsigned kBadGateway = 502;
  constexpr unsigned kGatewayTimeout = 504;
  if (fault != v1::EGRESS_FAULT_HTTP_STATUS) return true;
  return status == kTooMany || (status >= kBadGateway && status <= kGatewayTimeout);
}

}  // namespace

Courier::Courier(Settings settings, store::Store& store, os::Descriptor egress)
    : settings_(std::move(settings)),
      store_(store),
      waits_(store, store::Duty::kDeliveries),
      egress_(std::move(egress), ipc::kEgressFrameBytes),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

Courier::~Courier() {
  thread_.request_stop();
  waiting_.notify_all();
}

void Courier::work(const std::stop_token& stop) {
  auto forgotten = std::chrono::steady_clock::time_point{};
  bool ours = false;
  while (!stop.stop_requested() && !lost_) {
    const bool before = std::exchange(ours, waits_.are_ours(settings_.now_ms()));
    if (ours && !before) at_it_since_ms_ = settings_.now_ms();
    if (ours && tell_next(stop)) continue;
    if (const auto now = std::chrono::steady_clock::now();
        now - forgotten > kBetweenForgetting && settings_.has_time()) {
      forgotten = now;
      static_cast<void>(store_.forget_deliveries(settings_.now_ms() - kForgetAfterMs));
    }
    std::unique_lock lock(mutex_);
    waiting_.wait_for(lock, stop, settings_.every, [] { return false; });
  }
}

// False: nothing is due, or what came of it could not be noted; asked for again after a while.
bool Courier::tell_next(const std::stop_token& stop) {
  const auto waiting = store_.accounts_due(settings_.now_ms());
  if (!waiting || waiting->empty()) return false;
  const std::string& account = turns_.next(*waiting);
  const auto due = store_.due_delivery(account, settings_.now_ms());
  if (!due || !*due) return false;
  const auto begun = std::chrono::steady_clock::now();
  const bool noted = attempt(**due, stop);
  turns_.took(account, std::chrono::steady_clock::now() - begun);
  return noted;
}

bool Courier::attempt(const store::Delivery& delivery, const std::stop_token& stop) {
  if (is_overtaken(delivery)) return store_.give_up_delivery(delivery.id).has_value();
  const auto failed = send(delivery, stop);
  if (failed && failed->fault == v1::EGRESS_FAULT_UNSPECIFIED) return false;
  Outcome outcome = Outcome::kDelivered;
  core::Result<void> noted;
  if (!failed) {
    noted = store_.delivered(delivery.id);
  } else if (const bool has_time = settings_.has_time(); has_time && is_hopeless(delivery)) {
    outcome = Outcome::kGivenUp;
    noted = store_.give_up_delivery(delivery.id);
  } else {
    outcome = Outcome::kFailed;
    const std::int64_t now_ms = settings_.now_ms();
    if (!has_time) at_it_since_ms_ = now_ms;
    const std::int64_t wait = std::min(
        settings_.first_wait_ms << std::min(delivery.attempts, kMostDoublings), kLongestWaitMs);
    noted = store_.not_delivered({.id = delivery.id,
                                  .not_before_ms = now_ms + wait,
                                  .away = !failed->ours && is_away(failed->fault, failed->status),
                                  .at_ms = has_time ? std::optional(now_ms) : std::nullopt});
  }
  if (settings_.on_tried) {
    const std::string_view fault = !failed        ? ""
                                   : failed->ours ? "no-answer"
                                                  : word_of(failed->fault);
    settings_.on_tried(delivery, outcome, fault, failed ? failed->status : 0);
  }
  return noted.has_value();
}

// A version that was rejected is verified once more under its own number, and what waits for a
// system that was away would be told after its report. What the store does not say is told.
bool Courier::is_overtaken(const store::Delivery& delivery) {
  const auto rejected = version_rejected(delivery);
  if (!rejected) return false;
  const auto now = store_.find_submission(delivery.submission, store::Scope::whole_installation());
  return now && *now && (*now)->version == *rejected && (*now)->state == store::State::kDone;
}

bool Courier::is_hopeless(const store::Delivery& delivery) const {
  const std::int64_t now_ms = settings_.now_ms();
  return delivery.failing_since_ms && now_ms - *delivery.failing_since_ms >= kGiveUpAfterMs &&
         now_ms - at_it_since_ms_ >= kNotWithinMs;
}

// An answer to an earlier question, whose time was up, is not the answer to this one.
std::optional<Courier::Failed> Courier::send(const store::Delivery& delivery,
                                             const std::stop_token& stop) {
  const auto patience = settings_.patience.find(delivery.account);
  // The configuration changed since: it is not told any more.
  if (patience == settings_.patience.end()) return Failed{.fault = v1::EGRESS_FAULT_UNKNOWN_LEDGER};
  v1::WebhookAsk ask;
  ask.set_account(delivery.account);
  ask.set_id(delivery.id);
  ask.set_content_type(delivery.content_type);
  ask.set_body(core::to_string(delivery.body));
  if (delivery.content_type == kOwnAnswer) {
    // Tried again later, and alone: the system that is told is not away for it.
    auto answer = settings_.own_answer ? settings_.own_answer(delivery)
                                       : core::fail(core::ErrorCode::kIo, "no adapter answers");
    if (!answer) {
      return Failed{.fault = v1::EGRESS_FAULT_PROTOCOL, .status = 0, .ours = true};
    }
    ask.set_content_type(answer->content_type());
    ask.set_body(std::move(*answer->mutable_body()));
  }
  const auto until = std::chrono::steady_clock::now() + patience->second + kGrace;
  if (!egress_.send(ipc::MessageType::kWebhookAsk, ask, -1, ipc::within(kGrace))) {
    lost_ = !egress_.is_open();
    return Failed{};
  }
  while (!stop.stop_requested()) {
    auto gets =
        egress_.receive<v1::WebhookGets>(ipc::MessageType::kWebhookGets, ipc::within(kLookForStop));
    lost_ = !egress_.is_open();
    if (lost_) break;
    if (!gets && std::chrono::steady_clock::now() >= until)
      return Failed{.fault = v1::EGRESS_FAULT_TIME};
    if (!gets || gets->id() != delivery.id) continue;
    if (!gets->has_failure()) return std::nullopt;
    return Failed{.fault = gets->failure().fault(), .status = gets->failure().number()};
  }
  return Failed{};
}

}  // namespace heyan::service
