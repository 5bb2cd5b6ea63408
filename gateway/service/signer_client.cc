#include "gateway/service/signer_client.h"

#include <fcntl.h>

namespace heyan::service {
namespace {

constexpr std::size_t kFrameBytes = 64u << 20;
constexpr std::chrono::seconds kPatience{30};
// Whatever is wrong between the two of us, it is not the caller's request.
constexpr core::Error kNoSigner{core::ErrorCode::kIo, "the signer does not answer"};

v1::FrontAsks backlog() {
  v1::FrontAsks asks;
  asks.mutable_backlog();
  return asks;
}

// Without a second descriptor nothing is ever answered: the channel is closed from the start.
os::Descriptor second(const os::Descriptor& socket) {
  return os::Descriptor(::fcntl(socket.get(), F_DUPFD_CLOEXEC, 0));
}

}  // namespace

SignerClient::SignerClient(os::Descriptor signer)
    : questions_(second(signer), kFrameBytes), answers_(std::move(signer), kFrameBytes) {}

core::Result<v1::FrontGets> SignerClient::ask(const v1::FrontAsks& asks) {
  HEYAN_TRY(const std::uint64_t turn, send(asks));
  return receive(turn);
}

bool SignerClient::has_time() {
  const auto gets = ask(backlog());
  return gets && gets->has_backlog();
}

bool SignerClient::answers() { return ask(backlog()).has_value(); }

core::Result<std::uint64_t> SignerClient::send(const v1::FrontAsks& asks) {
  const std::lock_guard lock(sending_);
  const auto sent = questions_.send(ipc::MessageType::kFrontAsks, asks, -1, ipc::within(kPatience));
  if (!sent) {
    if (sent.error().code != core::ErrorCode::kLimit) lost_ = true;
    return std::unexpected(kNoSigner);
  }
  return sent_++;
}

core::Result<v1::FrontGets> SignerClient::receive(std::uint64_t turn) {
  std::unique_lock lock(receiving_);
  next_.wait(lock, [&] { return received_ == turn; });
  auto gets = answers_.receive<v1::FrontGets>(ipc::MessageType::kFrontGets, ipc::within(kPatience));
  // An answer that came too late would be taken for that of the next question.
  if (!gets) {
    answers_.close();
    lost_ = true;
  }
  ++received_;
  next_.notify_all();
  if (!gets) return std::unexpected(kNoSigner);
  return gets;
}

}  // namespace heyan::service
