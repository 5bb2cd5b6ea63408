#include "gateway/service/rendering.h"

#include "gateway/ipc/court_message.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {

namespace {

core::Result<v1::Rendered> have_rendered(ipc::Doors& renderers, const v1::RenderJob& job,
                                         int descriptor) {
  const auto deadline = ipc::within(std::chrono::seconds(60));
  HEYAN_TRY(ipc::Channel channel, renderers.open_job());
  HEYAN_CHECK_OK(channel.send(ipc::MessageType::kRenderJob, job, descriptor, deadline));
  HEYAN_TRY(v1::Rendered rendered,
            channel.receive<v1::Rendered>(ipc::MessageType::kRendered, deadline));
  if (rendered.refusal().code() == "reader-unknown") {
    return core::fail(core::ErrorCode::kUnknown, "the report has no such reader");
  }
  if (rendered.has_refusal()) {
    return core::fail(core::ErrorCode::kUnsupported, "the report cannot be rendered so");
  }
  return rendered;
}

}  // namespace

core::Result<std::string> render(ipc::Doors& renderers, const v1::RenderJob& job) {
  HEYAN_TRY(v1::Rendered rendered, have_rendered(renderers, job, -1));
  return std::move(*rendered.mutable_content());
}

core::Result<v1::CourtAnswer> render_court(ipc::Doors& renderers, const v1::RenderJob& job,
                                           int message) {
  HEYAN_TRY(v1::Rendered rendered, have_rendered(renderers, job, message));
  if (!ipc::is_answer(rendered.court())) {
    return core::fail(core::ErrorCode::kIo, "the process that renders said what it must not");
  }
  return std::move(*rendered.mutable_court());
}

std::string page_policy(std::string_view page) {
  constexpr std::string_view kBegin = "<style>";
  std::string style = "'none'";
  const std::size_t begin = page.find(kBegin);
  const std::size_t end = page.find("</style>");
  if (begin != std::string_view::npos && end != std::string_view::npos && begin < end) {
    const std::size_t from = begin + kBegin.size();
    const core::Bytes digest = crypto::sha256(core::as_bytes(page.substr(from, end - from)));
    style = "'sha256-" + core::to_base64(digest) + "'";
  }
  return "default-src 'none'; style-src " + style +
         "; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
}

}  // namespace heyan::service
