// What the front may ask the signer, one question at a time. Any thread.
#pragma once

#include <mutex>

#include "gateway/ipc/channel.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

class SignerClient {
 public:
  explicit SignerClient(os::Descriptor signer) : channel_(std::move(signer), kFrameBytes) {}

  // kIo where the signer does not answer; kUnsupported with what it said stays in the answer's
  // refusal.
  core::Result<v1::FrontGets> ask(const v1::FrontAsks& asks);

 private:
  static constexpr std::size_t kFrameBytes = 64u << 20;
  std::mutex mutex_;
  ipc::Channel channel_;
};

}  // namespace heyan::service
