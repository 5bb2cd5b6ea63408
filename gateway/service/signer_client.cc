#include "gateway/service/signer_client.h"

namespace heyan::service {

core::Result<v1::FrontGets> SignerClient::ask(const v1::FrontAsks& asks) {
  const auto deadline = ipc::within(std::chrono::seconds(30));
  const std::lock_guard lock(mutex_);
  HEYAN_CHECK_OK(channel_.send(ipc::MessageType::kFrontAsks, asks, -1, deadline));
  auto gets = channel_.receive<v1::FrontGets>(ipc::MessageType::kFrontGets, deadline);
  // An answer that came too late would be taken for that of the next question.
  if (!gets) channel_.close();
  return gets;
}

}  // namespace heyan::service
