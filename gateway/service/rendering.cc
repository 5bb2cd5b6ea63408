#include "gateway/service/rendering.h"

namespace heyan::service {

core::Result<std::string> render(Doors& renderers, const v1::RenderJob& job) {
  const auto deadline = ipc::within(std::chrono::seconds(60));
  HEYAN_TRY(ipc::Channel channel, renderers.open_job());
  HEYAN_CHECK_OK(channel.send(ipc::MessageType::kRenderJob, job, -1, deadline));
  HEYAN_TRY(v1::Rendered rendered,
            channel.receive<v1::Rendered>(ipc::MessageType::kRendered, deadline));
  if (rendered.has_refusal()) {
    return core::fail(core::ErrorCode::kUnsupported, "the report cannot be rendered so");
  }
  return std::move(*rendered.mutable_content());
}

}  // namespace heyan::service
