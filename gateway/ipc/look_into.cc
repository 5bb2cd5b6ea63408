#include "gateway/ipc/look_into.h"

namespace heyan::ipc {
namespace {

// By the clock, for work that the sandbox grants 60 seconds of the processor.
constexpr std::chrono::seconds kPatience{75};
constexpr int kAttempts = 2;

}  // namespace

std::optional<v1::ContentFacts> look_into(Doors& boxes, int file, const v1::LookInto& request) {
  v1::BoxRequest ask;
  *ask.mutable_look_into() = request;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    auto channel = boxes.open_job();
    if (!channel) return std::nullopt;
    if (!channel->send(MessageType::kBoxRequest, ask, file, within(kPatience))) continue;
    auto answer = channel->receive<v1::BoxAnswer>(MessageType::kBoxAnswer, within(kPatience));
    if (answer && answer->has_contents()) return std::move(*answer->mutable_contents());
  }
  v1::ContentFacts facts;
  facts.set_terminated(true);
  return facts;
}

}  // namespace heyan::ipc
