#include "gateway/egress/objects.h"

#include <poll.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "gateway/ipc/frame_limits.h"

namespace heyan::egress {
namespace {

using ipc::MessageType;

constexpr std::chrono::seconds kToAsk{10};  // from the door's opening
constexpr std::chrono::seconds kToTakeAPiece{30};
constexpr std::size_t kSha256Bytes = 32;

bool may_be_asked(const v1::ObjectAsk& ask, bool with_file) {
  if (with_file != (ask.act() == v1::OBJECT_ACT_PUT)) return false;
  switch (ask.act()) {
    case v1::OBJECT_ACT_PUT:
      return is_object_name(ask.name()) && ask.sha256().size() == kSha256Bytes;
    case v1::OBJECT_ACT_GET:
      return is_object_name(ask.name()) && ask.sha256().empty();
    case v1::OBJECT_ACT_FIND:
    case v1::OBJECT_ACT_REMOVE:
      return is_object_name(ask.name()) && ask.size() == 0 && ask.sha256().empty();
    case v1::OBJECT_ACT_THERE:
      return ask.name().empty() && ask.size() == 0 && ask.sha256().empty();
    default:
      return false;
  }
}

// Whoever asked has hung up: a transfer that may take hours is for nobody.
bool is_gone(const ipc::Channel& asker) {
  pollfd end{.fd = asker.fd(), .events = POLLRDHUP, .revents = 0};
  return ::poll(&end, 1, 0) > 0;
}

bool send_piece(ipc::Channel& to, core::ByteView bytes) {
  while (!bytes.empty()) {
    const core::ByteView piece = bytes.first(std::min(bytes.size(), ipc::kObjectPieceBytes));
    v1::ObjectGets gets;
    gets.set_piece(core::to_string(piece));
    if (!to.send(MessageType::kObjectGets, gets, -1, ipc::within(kToTakeAPiece))) return false;
    bytes = bytes.subspan(piece.size());
  }
  return true;
}

std::expected<Bucket::Found, Failure> have_done(Bucket& bucket, const v1::ObjectAsk& ask, int file,
                                                ipc::Channel& asker) {
  bucket.end_where([&asker] { return is_gone(asker); });
  switch (ask.act()) {
    case v1::OBJECT_ACT_GET:
      return bucket.get(ask.name(), ask.size(),
                        [&](core::ByteView piece) { return send_piece(asker, piece); });
    case v1::OBJECT_ACT_FIND:
      return bucket.find(ask.name());
    case v1::OBJECT_ACT_PUT:
      HEYAN_CHECK_OK(bucket.put(ask.name(), file, ask.size(), core::as_bytes(ask.sha256())));
      break;
    case v1::OBJECT_ACT_REMOVE:
      HEYAN_CHECK_OK(bucket.remove(ask.name()));
      break;
    default:
      HEYAN_CHECK_OK(bucket.there());
  }
  return Bucket::Found::kThere;
}

v1::ObjectGets said(const std::expected<Bucket::Found, Failure>& found) {
  v1::ObjectGets gets;
  if (!found)
    *gets.mutable_failure() = found.error();
  else
    gets.set_outcome(*found == Bucket::Found::kThere ? v1::OBJECT_OUTCOME_DONE
                                                     : v1::OBJECT_OUTCOME_ABSENT);
  return gets;
}

v1::ObjectGets refusal(v1::EgressFault fault) {
  v1::ObjectGets gets;
  gets.mutable_failure()->set_fault(fault);
  return gets;
}

class Server {
 public:
  Server(const std::optional<ops::Bucket>& bucket, const std::optional<BucketFiles>& files,
         ipc::Channel doors)
      : bucket_(bucket), files_(files), doors_(std::move(doors)) {}

  int run() {
    std::vector<std::jthread> threads;
    const unsigned count = bucket_ ? ipc::kObjectsAtOnce + 1 : 1;
    for (unsigned i = 0; i < count; ++i) threads.emplace_back([this] { work(); });
    threads.clear();  // until all have ended
    return status_;
  }

 private:
  void work() {
    std::optional<Bucket> bucket;
    if (bucket_ && files_) bucket.emplace(*bucket_, *files_);
    while (true) {
      os::Descriptor door = next_door();
      if (!door.is_open()) return;
      ipc::Channel asker(std::move(door), ipc::kObjectFrameBytes);
      serve(bucket ? &*bucket : nullptr, asker);
    }
  }

  // One thread waits for whoever comes, the others for it.
  // Closed: nobody comes any more.
  os::Descriptor next_door() {
    const std::lock_guard lock(mutex_);
    if (!doors_.is_open()) return {};
    auto door = doors_.receive_door();
    if (door) return *std::move(door);
    status_ = door.error().code == core::ErrorCode::kNotFound ? 0 : 1;
    doors_.close();
    return {};
  }

  void serve(Bucket* bucket, ipc::Channel& asker) {
    const auto ask =
        asker.receive_with_descriptor<v1::ObjectAsk>(MessageType::kObjectAsk, ipc::within(kToAsk));
    if (!ask || !may_be_asked(ask->message, ask->descriptor.is_open())) return;
    v1::ObjectGets gets;
    if (bucket_ && bucket == nullptr)
      gets = refusal(v1::EGRESS_FAULT_FILES);
    else if (bucket == nullptr)
      gets = refusal(v1::EGRESS_FAULT_UNKNOWN_LEDGER);
    else
      gets = said(have_done(*bucket, ask->message, ask->descriptor.get(), asker));
    static_cast<void>(asker.send(MessageType::kObjectGets, gets, -1, ipc::within(kToTakeAPiece)));
  }

  const std::optional<ops::Bucket>& bucket_;
  const std::optional<BucketFiles>& files_;
  std::mutex mutex_;  // guards the next
  ipc::Channel doors_;
  std::atomic<int> status_ = 0;
};

}  // namespace

int serve_objects(const std::optional<ops::Bucket>& bucket, const std::optional<BucketFiles>& files,
                  ipc::Channel doors) {
  return Server(bucket, files, std::move(doors)).run();
}

}  // namespace heyan::egress
