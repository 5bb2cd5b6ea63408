#include "gateway/service/scanner.h"

#include <algorithm>

#include "gateway/ipc/frame_limits.h"
#include "gateway/service/egress_words.h"
#include "gateway/service/served_file.h"

namespace heyan::service {
namespace {

using Clock = std::chrono::steady_clock;
using store::ScanState;

constexpr std::int64_t kLongestWaitMs = 60'000;
constexpr std::uint32_t kMostDoublings = 12;
constexpr std::chrono::seconds kGrace{15};  // starting
constexpr std::chrono::milliseconds kLookForStop{500};

// Nothing: no such answer is given about a file.
std::optional<ScanState> state_of(v1::ScanOutcome outcome) {
  switch (outcome) {
    case v1::SCAN_OUTCOME_CLEAN:
      return ScanState::kClean;
    case v1::SCAN_OUTCOME_FOUND:
      return ScanState::kFound;
    case v1::SCAN_OUTCOME_TOO_LARGE:
      return ScanState::kTooLarge;
    default:
      return std::nullopt;
  }
}

}  // namespace

Scanner::Scanner(Settings settings, store::Store& store, const store::Vault& vault,
                 os::Descriptor egress)
    : settings_(std::move(settings)),
      store_(store),
      waits_(store, store::Duty::kScans),
      vault_(vault),
      egress_(std::move(egress), ipc::kScanFrameBytes),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

Scanner::~Scanner() {
  thread_.request_stop();
  waiting_.notify_all();
}

void Scanner::work(const std::stop_token& stop) {
  static_cast<void>(store_.scan_up_to(settings_.max_bytes));
  auto asked = Clock::time_point{};
  while (!stop.stop_requested() && !lost_) {
    const bool ours = waits_.are_ours(settings_.now_ms());
    const auto due =
        ours ? store_.due_scan(settings_.now_ms()) : core::Result<std::optional<store::DueScan>>();
    if (due && *due) {
      asked = Clock::now();
      if (attempt(**due, stop)) continue;
    } else if (Clock::now() - asked >= settings_.between_asks) {
      asked = Clock::now();
      const auto gets = exchange(-1, 0, stop);
      there_ = gets && gets->said().outcome() == v1::SCAN_OUTCOME_THERE;
    }
    rest(stop, settings_.every);
  }
}

void Scanner::rest(const std::stop_token& stop, std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  waiting_.wait_for(lock, stop, longest, [] { return false; });
}

// True: it was looked at, and that is noted.
bool Scanner::attempt(const store::DueScan& due, const std::stop_token& stop) {
  store::Scan scan;
  std::string_view fault = "stored-bytes";
  const auto file = ServedFile::open(vault_, {.court = due.court, .submission = due.submission},
                                     {.path = {}, .size = due.size, .sha256 = due.sha256});
  if (const auto bytes = file ? file->whole() : std::unexpected(file.error())) {
    const auto gets = exchange(bytes->get(), due.size, stop);
    if (!gets) return false;  // nobody knows what came of it
    const auto state = state_of(gets->said().outcome());
    there_ = gets->has_said();
    fault = state ? std::string_view() : word_of(gets->failure().fault());
    if (state) scan = {.state = *state, .name = gets->said().name(), .at_ms = settings_.now_ms()};
  }
  core::Result<void> noted;
  if (fault.empty()) {
    noted = store_.scanned(due, scan);
  } else {
    const std::int64_t wait =
        std::min(settings_.first_wait_ms << std::min(due.attempts, kMostDoublings), kLongestWaitMs);
    noted = store_.not_scanned(due, settings_.now_ms() + wait);
  }
  if (settings_.on_tried) settings_.on_tried(due, scan, fault);
  return noted.has_value() && fault.empty();
}

// An answer to an earlier question, whose time was up, is not the answer to this one.
std::optional<v1::ScanGets> Scanner::exchange(int file, std::uint64_t size,
                                              const std::stop_token& stop) {
  v1::ScanAsk ask;
  ask.set_id(++asked_);
  ask.set_size(size);
  const auto until = Clock::now() + settings_.patience + kGrace;
  if (!egress_.send(ipc::MessageType::kScanAsk, ask, file, ipc::within(kGrace))) {
    lost_ = true;
    return std::nullopt;
  }
  while (!stop.stop_requested()) {
    const auto now = Clock::now();
    if (now >= until) {
      v1::ScanGets late;
      late.mutable_failure()->set_fault(v1::EGRESS_FAULT_TIME);
      return late;
    }
    const auto wait = std::min<Clock::duration>(until - now, kLookForStop);
    auto gets = egress_.receive<v1::ScanGets>(ipc::MessageType::kScanGets, now + wait);
    lost_ = !egress_.is_open();
    if (lost_) break;
    if (gets && gets->id() == ask.id()) return *std::move(gets);
  }
  return std::nullopt;
}

}  // namespace heyan::service
