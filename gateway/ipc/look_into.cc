#include "gateway/ipc/look_into.h"

namespace heyan::ipc {
namespace {

// By the clock, for work that the sandbox grants 60 seconds of the processor.
constexpr std::chrono::seconds kPatience{75};
constexpr int kMostLost = 2;
// With those that ended because of another job. Longer than four boxes have waits no judge
// (worker/stored_case.cc).
constexpr int kMostAsked = 4;

core::Result<v1::BoxAnswer> hear(Channel& channel, const v1::BoxRequest& ask, int file) {
  const Deadline deadline = within(kPatience);
  const auto sent = channel.send(MessageType::kBoxRequest, ask, file, deadline);
  // Of a box that is gone, the last word is still there.
  if (!sent && sent.error().code != core::ErrorCode::kNotFound) {
    return std::unexpected(sent.error());
  }
  return channel.receive<v1::BoxAnswer>(MessageType::kBoxAnswer, deadline);
}

// In the place of a box that died its parent says that it was lost.
bool is_answer(const core::Result<v1::BoxAnswer>& answer) {
  return answer && answer->has_contents() && !answer->contents().terminated();
}

// Nobody said anything: the box was ended because another one died, or with its parent, or never
// began.
bool was_sent_away(const core::Result<v1::BoxAnswer>& answer) {
  return !answer && answer.error().code == core::ErrorCode::kNotFound;
}

}  // namespace

std::optional<v1::ContentFacts> look_into(Doors& boxes, int file, const v1::LookInto& request) {
  v1::BoxRequest ask;
  *ask.mutable_look_into() = request;
  int lost = 0;
  for (int asked = 0; asked < kMostAsked && lost < kMostLost; ++asked) {
    auto channel = boxes.open_job();
    if (!channel) return std::nullopt;
    auto answer = hear(*channel, ask, file);
    if (is_answer(answer)) return std::move(*answer->mutable_contents());
    if (!was_sent_away(answer)) ++lost;
  }
  if (lost < kMostLost) return std::nullopt;
  v1::ContentFacts facts;
  facts.set_terminated(true);
  return facts;
}

}  // namespace heyan::ipc
