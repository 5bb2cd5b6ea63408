#include "gateway/service/drawing.h"

namespace heyan::service {
namespace {

// A child has half of it before it is killed (gateway/drawing/main.cc), which its parent tells.
// Where nobody says anything for so long, it waited for others to end.
constexpr auto kPatience = std::chrono::seconds(60);

std::unexpected<core::Error> nobody() {
  return core::fail(core::ErrorCode::kIo, "nobody draws now");
}

// As an honest child answers: a fault, or how many pages there are and the one that was asked for.
bool is_answer(const v1::DrawGets& gets, std::uint32_t page) {
  if (gets.fault() != v1::DRAW_FAULT_UNSPECIFIED) {
    return v1::DrawFault_IsValid(gets.fault()) && gets.pages() == 0 && gets.picture().empty();
  }
  return gets.pages() > 0 && page <= gets.pages() && gets.picture().empty() == (page == 0);
}

}  // namespace

core::Result<v1::DrawGets> draw(ipc::Doors& drawers, int file, const v1::DrawAsk& ask) {
  const auto deadline = ipc::within(kPatience);
  auto channel = drawers.open_job();
  if (!channel || !channel->send(ipc::MessageType::kDrawAsk, ask, file, deadline)) return nobody();
  auto gets = channel->receive<v1::DrawGets>(ipc::MessageType::kDrawGets, deadline);
  // Who ends without a word was not at fault (worker/parent.h). Where no time is left and nothing
  // was said, the channel is open still.
  if (!gets && (gets.error().code == core::ErrorCode::kNotFound || channel->is_open())) {
    return nobody();
  }
  if (gets && is_answer(*gets, ask.page())) return *std::move(gets);
  v1::DrawGets none;
  none.set_fault(v1::DRAW_FAULT_LIMIT);
  return none;
}

}  // namespace heyan::service
