#include "gateway/service/object_store.h"

#include <poll.h>

#include <algorithm>
#include <optional>

#include "gateway/os/nameless_file.h"
#include "gateway/service/egress_words.h"

namespace heyan::service {
namespace {

using core::ErrorCode;

constexpr std::chrono::seconds kGrace{10};  // to take a question
constexpr std::chrono::milliseconds kLookForStop{500};
constexpr std::uint32_t kServersFault = 500;  // of HTTP, and what follows
constexpr std::uint32_t kTooMany = 429;
constexpr std::chrono::seconds kProbe{5};
constexpr core::Error kBusy{ErrorCode::kIo, "too many wait for the object store"};
constexpr core::Error kAway{ErrorCode::kIo, "the object store does not answer"};
constexpr core::Error kAbsent{ErrorCode::kNotFound, "there is no such file"};

v1::EgressFailure failure(v1::EgressFault fault) {
  v1::EgressFailure failed;
  failed.set_fault(fault);
  return failed;
}

// Another attempt may go better without anybody's doing.
bool may_pass(const v1::EgressFailure& failed) {
  switch (failed.fault()) {
    case v1::EGRESS_FAULT_NAME:
    case v1::EGRESS_FAULT_CONNECTION:
    case v1::EGRESS_FAULT_TLS:
    case v1::EGRESS_FAULT_TIME:
    case v1::EGRESS_FAULT_PROTOCOL:
      return true;
    case v1::EGRESS_FAULT_HTTP_STATUS:
      return failed.number() >= kServersFault || failed.number() == kTooMany;
    default:
      return false;
  }
}

// Says that the store is away, and not that it, or we, cannot do with one object.
bool is_the_stores(const v1::EgressFailure& failed) {
  switch (failed.fault()) {
    case v1::EGRESS_FAULT_NAME:
    case v1::EGRESS_FAULT_CONNECTION:
    case v1::EGRESS_FAULT_TLS:
    case v1::EGRESS_FAULT_TIME:
      return true;
    case v1::EGRESS_FAULT_HTTP_STATUS:
      return failed.number() >= kServersFault;
    default:
      return false;
  }
}

v1::ObjectAsk asking(v1::ObjectAct act, const std::string& name) {
  v1::ObjectAsk ask;
  ask.set_act(act);
  ask.set_name(name);
  return ask;
}

// Or has ended; within a moment.
bool says_something(const ipc::Channel& channel) {
  pollfd ready{.fd = channel.fd(), .events = POLLIN, .revents = 0};
  return ::poll(&ready, 1, static_cast<int>(kLookForStop.count())) > 0;
}

bool write(os::NamelessFile& file, core::ByteView bytes) {
  while (!bytes.empty()) {
    const auto space = file.space();
    const std::size_t count = std::min(space.size(), bytes.size());
    std::ranges::copy(bytes.first(count), space.begin());
    if (!file.commit(count)) return false;
    bytes = bytes.subspan(count);
  }
  return true;
}

}  // namespace

ObjectStore::ObjectStore(Settings settings, os::Descriptor egress)
    : settings_(std::move(settings)), doors_(std::move(egress), ipc::kObjectFrameBytes) {
  if (settings_.between_probes) prober_ = std::jthread([this] { probe(); });
}

ObjectStore::~ObjectStore() { stop(); }

void ObjectStore::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  waiting_.notify_all();
}

bool ObjectStore::rest(std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  return !waiting_.wait_for(lock, longest, [this] { return stopped_.load(); });
}

// Whether it is back is asked by this thread and by readiness, and by nobody who has work for it.
void ObjectStore::probe() {
  std::unique_lock lock(mutex_);
  while (true) {
    waiting_.wait(lock, [this] { return stopped_ || doubtful_ || !there_; });
    if (!doubtful_) {
      waiting_.wait_for(lock, *settings_.between_probes, [this] { return stopped_ || doubtful_; });
    }
    if (stopped_) return;
    doubtful_ = false;
    lock.unlock();
    is_there(kProbe);
    lock.lock();
  }
}

ObjectStore::Outcome ObjectStore::attempt(const v1::ObjectAsk& ask, int file, const Take& take,
                                          Until until) {
  auto longest = settings_.longest;
  if (ask.act() == v1::OBJECT_ACT_PUT)
    longest += std::chrono::seconds(ask.size() / ipc::kLeastObjectBytesASecond);
  const auto end = Clock::now() + longest;
  return exchange(ask, file, take, until ? std::min(*until, end) : end);
}

core::Result<void> ObjectStore::take_turn() {
  {
    const std::lock_guard lock(mutex_);
    if (!there_ || stopped_) return std::unexpected(kAway);
  }
  if (turns_.try_acquire()) return {};
  if (waiting_for_turns_++ >= settings_.most_waiting) {
    --waiting_for_turns_;
    return std::unexpected(kBusy);
  }
  const bool taken = turns_.try_acquire_for(settings_.for_a_turn);
  --waiting_for_turns_;
  if (!taken) return std::unexpected(kBusy);
  return {};
}

ObjectStore::Outcome ObjectStore::exchange(const v1::ObjectAsk& ask, int file, const Take& take,
                                           Clock::time_point until) {
  auto channel = doors_.open_job();
  if (!channel || !channel->send(ipc::MessageType::kObjectAsk, ask, file, ipc::within(kGrace)))
    return std::unexpected(failure(v1::EGRESS_FAULT_CONNECTION));
  while (!stopped_) {
    if (Clock::now() >= until) return std::unexpected(failure(v1::EGRESS_FAULT_TIME));
    // A frame that has begun is waited for to its end.
    if (!says_something(*channel)) continue;
    auto gets = channel->receive<v1::ObjectGets>(ipc::MessageType::kObjectGets, until);
    if (!gets) return std::unexpected(failure(v1::EGRESS_FAULT_CONNECTION));
    switch (gets->answer_case()) {
      case v1::ObjectGets::kPiece:
        if (!take || gets->piece().empty())
          return std::unexpected(failure(v1::EGRESS_FAULT_PROTOCOL));
        if (!take(core::as_bytes(gets->piece())))
          return std::unexpected(failure(v1::EGRESS_FAULT_SIZE));
        break;
      case v1::ObjectGets::kOutcome:
        return gets->outcome();
      case v1::ObjectGets::kFailure:
        return std::unexpected(std::move(*gets->mutable_failure()));
      default:
        return std::unexpected(failure(v1::EGRESS_FAULT_PROTOCOL));
    }
  }
  return std::unexpected(failure(v1::EGRESS_FAULT_TIME));
}

// One object's failure says nothing about the others; whether it is one's own the prober asks.
void ObjectStore::note(const Outcome& outcome) {
  if (outcome || is_the_stores(outcome.error())) {
    set_there(outcome);
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    doubtful_ = true;
  }
  waiting_.notify_all();
}

void ObjectStore::set_there(const Outcome& outcome) {
  {
    const std::lock_guard lock(mutex_);
    if (there_ == outcome.has_value() || stopped_) return;
    there_ = outcome.has_value();
  }
  waiting_.notify_all();
  if (!settings_.on_changed) return;
  if (outcome)
    settings_.on_changed(true, {}, 0);
  else
    settings_.on_changed(false, word_of(outcome.error().fault()), outcome.error().number());
}

core::Result<v1::ObjectOutcome> ObjectStore::insist(const std::function<Outcome()>& attempt,
                                                    Until until) {
  HEYAN_CHECK_OK(take_turn());
  const auto end = Clock::now() + settings_.patience;
  const auto last = until ? std::min(*until, end) : end;
  Outcome outcome = attempt();
  for (auto wait = settings_.first_wait; !outcome; wait *= 2) {
    const bool again = may_pass(outcome.error()) && Clock::now() + wait < last && rest(wait);
    if (!again) break;
    outcome = attempt();
  }
  turns_.release();
  // Whoever had no time for it knows nothing of the store.
  if (outcome || !until || Clock::now() < *until) note(outcome);
  if (!outcome) return std::unexpected(kAway);
  return *outcome;
}

core::Result<v1::ObjectOutcome> ObjectStore::insist(const v1::ObjectAsk& ask, int file,
                                                    Until until) {
  return insist([&] { return attempt(ask, file, {}, until); }, until);
}

core::Result<void> ObjectStore::put(const std::string& name, const os::Descriptor& file,
                                    std::uint64_t size, core::ByteView sha256, Until until) {
  v1::ObjectAsk ask = asking(v1::OBJECT_ACT_PUT, name);
  ask.set_size(size);
  ask.set_sha256(core::to_string(sha256));
  HEYAN_TRY(const v1::ObjectOutcome outcome, insist(ask, file.get(), until));
  if (outcome != v1::OBJECT_OUTCOME_DONE) return std::unexpected(kAway);
  return {};
}

core::Result<os::Descriptor> ObjectStore::get(const std::string& name) {
  v1::ObjectAsk ask = asking(v1::OBJECT_ACT_GET, name);
  ask.set_size(settings_.most_bytes);
  std::optional<os::NamelessFile> file;
  HEYAN_TRY(const v1::ObjectOutcome outcome, insist([&]() -> Outcome {
              // Anew each time: what an attempt that failed has brought is nothing.
              auto created =
                  os::NamelessFile::create_in(settings_.temporaries, settings_.most_bytes);
              if (!created) return std::unexpected(failure(v1::EGRESS_FAULT_FILES));
              file.emplace(*std::move(created));
              return attempt(ask, -1, [&](core::ByteView piece) { return write(*file, piece); });
            }));
  if (outcome == v1::OBJECT_OUTCOME_ABSENT) return std::unexpected(kAbsent);
  if (outcome != v1::OBJECT_OUTCOME_DONE) return std::unexpected(kAway);
  HEYAN_TRY(os::OpenFile written, std::move(*file).take());
  return written.take_descriptor();
}

core::Result<void> ObjectStore::find(const std::string& name) {
  HEYAN_TRY(const v1::ObjectOutcome outcome, insist(asking(v1::OBJECT_ACT_FIND, name)));
  if (outcome == v1::OBJECT_OUTCOME_ABSENT) return std::unexpected(kAbsent);
  if (outcome != v1::OBJECT_OUTCOME_DONE) return std::unexpected(kAway);
  return {};
}

core::Result<void> ObjectStore::remove(const std::string& name) {
  HEYAN_TRY(const v1::ObjectOutcome outcome, insist(asking(v1::OBJECT_ACT_REMOVE, name)));
  if (outcome != v1::OBJECT_OUTCOME_DONE) return std::unexpected(kAway);
  return {};
}

bool ObjectStore::is_there(std::chrono::milliseconds patience) {
  const Outcome outcome =
      exchange(asking(v1::OBJECT_ACT_THERE, {}), -1, {}, Clock::now() + patience);
  set_there(outcome);
  return outcome && *outcome == v1::OBJECT_OUTCOME_DONE;
}

}  // namespace heyan::service
