#include "gateway/service/cosigner.h"

#include <algorithm>

#include "gateway/ipc/frame_limits.h"
#include "gateway/service/egress_words.h"

namespace heyan::service {
namespace {

using Outcome = Cosigning::Outcome;

constexpr std::chrono::milliseconds kLookForStop{500};
constexpr std::chrono::milliseconds kLongestRest{3'600'000};
constexpr unsigned kMostDoublings = 9;
constexpr std::uint32_t kCosigned = 200;
constexpr std::uint32_t kShown = 200;
constexpr std::uint32_t kOtherSize = 409;
constexpr std::uint32_t kOtherHistory = 422;

Cosigning failed(std::string_view witness, std::string_view fault, std::uint32_t status = 0) {
  return {
      .outcome = Outcome::kFailed, .witness = witness, .size = 0, .fault = fault, .status = status};
}

// Somebody is there, and says what no witness says.
bool is_no_answer(v1::EgressFault fault) {
  return fault == v1::EGRESS_FAULT_SIZE || fault == v1::EGRESS_FAULT_PROTOCOL;
}

std::string_view fault_of(const core::Result<v1::FrontGets>& taken) {
  const bool differs = taken && taken->refusal().code() == core::name(core::ErrorCode::kChanged);
  return differs ? Cosigning::kClock : "answer";
}

}  // namespace

Cosigner::Cosigner(Settings settings, SignerClient& signer, os::Descriptor egress)
    : settings_(std::move(settings)),
      signer_(signer),
      egress_(std::move(egress), ipc::kEgressFrameBytes) {
  for (const std::string& name : settings_.witnesses) {
    witnesses_.push_back({.name = name, .rests_until = {}, .failures = 0});
  }
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

Cosigner::~Cosigner() {
  thread_.request_stop();
  waiting_.notify_all();
}

void Cosigner::work(const std::stop_token& stop) {
  meet(stop);
  {
    const std::lock_guard lock(mutex_);
    met_ = true;
  }
  waiting_.notify_all();
  while (!stop.stop_requested() && !lost_) {
    go_round(stop);
    std::unique_lock lock(mutex_);
    waiting_.wait_for(lock, stop, settings_.every, [] { return false; });
  }
}

void Cosigner::wait_until_met() {
  std::unique_lock lock(mutex_);
  waiting_.wait(lock, [this] { return met_; });
}

void Cosigner::meet(const std::stop_token& stop) {
  for (const Witness& witness : witnesses_) {
    if (stop.stop_requested() || lost_) return;
    compare(witness.name, Clock::now() + settings_.meeting, stop);
  }
}

void Cosigner::compare(const std::string& witness, Clock::time_point until,
                       const std::stop_token& stop) {
  v1::WitnessAsk ask;
  ask.set_witness(witness);
  ask.set_kept(true);
  const auto gets = exchange(std::move(ask), until, stop);
  if (!gets) return;
  if (is_no_answer(gets->failure().fault())) settings_.on_tried(failed(witness, "kept"));
  if (gets->said().status() != kShown) return;
  v1::FrontAsks brings;
  brings.mutable_witness_kept()->set_witness(witness);
  brings.mutable_witness_kept()->set_checkpoint(gets->said().body());
  const auto compared = signer_.ask(brings);
  if (compared && compared->has_witness_kept()) return;
  // What is no checkpoint of this log says nothing of it, and something of whom we asked.
  const bool garbage =
      compared && compared->refusal().code() == core::name(core::ErrorCode::kMalformed);
  settings_.on_tried(failed(witness, garbage ? "kept" : "comparison"));
}

void Cosigner::go_round(const std::stop_token& stop) {
  round_size_ = 0;
  for (Witness& witness : witnesses_) {
    if (stop.stop_requested() || lost_ || Clock::now() < witness.rests_until) continue;
    const auto tried = bring_up_to_date(witness, stop);
    if (!tried) continue;
    if (tried->outcome == Outcome::kAhead || tried->status == kOtherHistory) {
      compare(witness.name, Clock::now() + settings_.patience, stop);
    }
    if (tried->outcome == Outcome::kCosigned || tried->outcome == Outcome::kUpToDate) {
      witness.failures = 0;
    } else {
      if (!signer_.has_time()) witness.failures = 0;  // our clock's fault, and soon mended
      const auto rest = settings_.rest * (1U << std::min(witness.failures, kMostDoublings));
      witness.rests_until = Clock::now() + std::min(rest, kLongestRest);
      ++witness.failures;
    }
    settings_.on_tried(*tried);
  }
}

// Nothing: it is another gateway's to ask, or nobody knows what came of it.
std::optional<Cosigning> Cosigner::bring_up_to_date(const Witness& witness,
                                                    const std::stop_token& stop) {
  v1::FrontAsks asks;
  asks.mutable_witness_question()->set_witness(witness.name);
  // A second time where it says that it stands elsewhere than the signer remembers.
  for (int i = 0; i < 2; ++i) {
    asks.mutable_witness_question()->set_size(round_size_);
    const auto question = signer_.ask(asks);
    if (!question || !question->has_witness_question()) return failed(witness.name, "signer");
    const v1::WitnessQuestion& wanted = question->witness_question();
    if (wanted.ahead()) {
      return Cosigning{.outcome = Outcome::kAhead, .witness = witness.name, .size = wanted.size()};
    }
    if (round_size_ == 0) round_size_ = wanted.size();
    // Asked also where there is nothing to do: who does what one does for all is told by it.
    if (settings_.ours && !settings_.ours()) return std::nullopt;
    if (wanted.body().empty()) {
      return Cosigning{
          .outcome = Outcome::kUpToDate, .witness = witness.name, .size = wanted.size()};
    }
    v1::WitnessAsk ask;
    ask.set_witness(witness.name);
    ask.set_body(wanted.body());
    const auto gets = exchange(std::move(ask), Clock::now() + settings_.patience, stop);
    if (!gets) return std::nullopt;
    if (!gets->has_said()) return failed(witness.name, word_of(gets->failure().fault()));
    const v1::WitnessSaid& said = gets->said();
    if (said.status() == kOtherSize && i == 0 && !said.body().empty()) {
      asks.mutable_witness_question()->set_said(said.body());
      continue;
    }
    if (said.status() != kCosigned) return failed(witness.name, "status", said.status());
    v1::FrontAsks brings;
    brings.mutable_cosigned()->set_witness(witness.name);
    brings.mutable_cosigned()->set_size(wanted.size());
    brings.mutable_cosigned()->set_lines(said.body());
    const auto taken = signer_.ask(brings);
    if (!taken || !taken->has_cosigned()) return failed(witness.name, fault_of(taken));
    return Cosigning{.outcome = Outcome::kCosigned, .witness = witness.name, .size = wanted.size()};
  }
  return failed(witness.name, "status", kOtherSize);
}

// An answer to an earlier question, whose time was up, is not the answer to this one.
std::optional<v1::WitnessGets> Cosigner::exchange(v1::WitnessAsk ask, Clock::time_point until,
                                                  const std::stop_token& stop) {
  ask.set_id(++asked_);
  if (!egress_.send(ipc::MessageType::kWitnessAsk, ask, -1, until)) {
    lost_ = true;
    return std::nullopt;
  }
  while (!stop.stop_requested()) {
    const auto now = Clock::now();
    if (now >= until) {
      v1::WitnessGets late;
      late.mutable_failure()->set_fault(v1::EGRESS_FAULT_TIME);
      return late;
    }
    const auto wait = std::min<Clock::duration>(until - now, kLookForStop);
    auto gets = egress_.receive<v1::WitnessGets>(ipc::MessageType::kWitnessGets, now + wait);
    lost_ = !egress_.is_open();
    if (lost_) break;
    if (gets && gets->id() == ask.id()) return *std::move(gets);
  }
  return std::nullopt;
}

}  // namespace heyan::service
