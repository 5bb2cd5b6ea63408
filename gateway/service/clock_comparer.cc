#include "gateway/service/clock_comparer.h"

#include "gateway/service/egress_words.h"

namespace heyan::service {
namespace {

using Outcome = ClockComparison::Outcome;

ClockComparison failed(std::string_view fault) {
  return {.outcome = Outcome::kFailed, .apart = {}, .fault = fault};
}

}  // namespace

ClockComparer::ClockComparer(Settings settings, SignerClient& signer, StampDesk& egress)
    : settings_(std::move(settings)),
      signer_(signer),
      egress_(egress),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

ClockComparer::~ClockComparer() {
  thread_.request_stop();
  waiting_.notify_all();
}

void ClockComparer::work(const std::stop_token& stop) {
  while (!stop.stop_requested() && !egress_.is_lost()) {
    const auto compared = compare(stop);
    if (compared) settings_.on_compared(*compared);
    rest(stop, compared && compared->outcome == Outcome::kAgrees);
  }
}

void ClockComparer::rest(const std::stop_token& stop, bool agreed) {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + settings_.every;
  do {
    std::unique_lock lock(mutex_);
    waiting_.wait_for(lock, stop, settings_.again, [] { return false; });
  } while (agreed && !stop.stop_requested() && Clock::now() < until && signer_.has_time());
}

// Nothing: asked to stop, or the egress process is gone.
std::optional<ClockComparison> ClockComparer::compare(const std::stop_token& stop) {
  v1::FrontAsks asks;
  asks.mutable_clock_question();
  const auto question = signer_.ask(asks);
  if (!question || !question->has_clock_question()) return failed("signer");
  const core::Bytes drawn = core::to_bytes(std::string_view(question->clock_question().sha256()));
  const auto stamp = egress_.ask(drawn, true, stop);
  if (!stamp) return std::nullopt;
  asks.mutable_clock_answer()->set_token(stamp->token());
  const auto answer = signer_.ask(asks);
  if (!stamp->has_token()) return failed(word_of(stamp->failure().fault()));
  if (!answer || !answer->has_clock_compared()) return failed("signer");
  const v1::ClockCompared& compared = answer->clock_compared();
  return ClockComparison{.outcome = compared.agrees() ? Outcome::kAgrees : Outcome::kDiffers,
                         .apart = std::chrono::milliseconds(compared.apart_ms())};
}

}  // namespace heyan::service
