#include "gateway/service/signer_client.h"

namespace heyan::service {

core::Result<v1::FrontGets> SignerClient::ask(const v1::FrontAsks& asks) {
  // Whatever is wrong between the two of us, it is not the caller's request.
  constexpr core::Error kNoSigner{core::ErrorCode::kIo, "the signer does not answer"};
  const auto deadline = ipc::within(std::chrono::seconds(30));
  const std::lock_guard lock(mutex_);
  if (!channel_.send(ipc::MessageType::kFrontAsks, asks, -1, deadline)) {
    return std::unexpected(kNoSigner);
  }
  auto gets = channel_.receive<v1::FrontGets>(ipc::MessageType::kFrontGets, deadline);
  if (gets) return gets;
  // An answer that came too late would be taken for that of the next question.
  channel_.close();
  return std::unexpected(kNoSigner);
}

}  // namespace heyan::service
