#include "gateway/service/rendering.h"

#include "gateway/ipc/canonical.h"
#include "gateway/ipc/court_message.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {

namespace {

// Of a court's answer, with the report in several forms.
constexpr int kMostStamps = 8;

std::unexpected<core::Error> unexpected_words() {
  return core::fail(core::ErrorCode::kIo, "the process that renders said what it must not");
}

// What it may ask for is a stamp over 32 bytes, a few times.
core::Result<v1::StampGets> answer_ask(const ipc::Received& received, StampDesk& stamps) {
  v1::StampAsk ask;
  HEYAN_CHECK_OK(ipc::parse_canonical(received.body, ask));
  if (ask.sha256().size() != crypto::digest_bytes(crypto::Hash::kSha256) || ask.any_time()) {
    return unexpected_words();
  }
  v1::StampGets gets;
  gets.set_id(ask.id());
  if (const auto token = stamps.stamp_document(core::as_bytes(ask.sha256()))) {
    gets.set_token(core::to_string(*token));
  } else {
    gets.mutable_failure()->set_fault(v1::EGRESS_FAULT_TIME);
  }
  return gets;
}

core::Result<v1::Rendered> hear(ipc::Channel& channel, StampDesk* stamps, ipc::Deadline deadline) {
  for (int asked = 0;; ++asked) {
    HEYAN_TRY(const ipc::Received received, channel.receive(deadline));
    if (received.type == ipc::MessageType::kRendered) {
      v1::Rendered rendered;
      HEYAN_CHECK_OK(ipc::parse_canonical(received.body, rendered));
      return rendered;
    }
    if (received.type != ipc::MessageType::kStampAsk || stamps == nullptr || asked == kMostStamps) {
      return unexpected_words();
    }
    HEYAN_TRY(const v1::StampGets gets, answer_ask(received, *stamps));
    HEYAN_CHECK_OK(channel.send(ipc::MessageType::kStampGets, gets, -1, deadline));
  }
}

core::Result<v1::Rendered> have_rendered(const Renderers& renderers, v1::RenderJob job,
                                         int descriptor) {
  const auto deadline = ipc::within(std::chrono::seconds(60));
  job.set_stamped(renderers.stamps != nullptr);
  HEYAN_TRY(ipc::Channel channel, renderers.doors.open_job());
  HEYAN_CHECK_OK(channel.send(ipc::MessageType::kRenderJob, job, descriptor, deadline));
  HEYAN_TRY(v1::Rendered rendered, hear(channel, renderers.stamps, deadline));
  if (rendered.refusal().code() == "reader-unknown") {
    return core::fail(core::ErrorCode::kUnknown, "the report has no such reader");
  }
  if (rendered.has_refusal()) {
    return core::fail(core::ErrorCode::kUnsupported, "the report cannot be rendered so");
  }
  return rendered;
}

}  // namespace

core::Result<std::string> render(const Renderers& renderers, v1::RenderJob job) {
  HEYAN_TRY(v1::Rendered rendered, have_rendered(renderers, std::move(job), -1));
  return std::move(*rendered.mutable_content());
}

core::Result<v1::CourtAnswer> render_court(const Renderers& renderers, v1::RenderJob job,
                                           int message) {
  HEYAN_TRY(v1::Rendered rendered, have_rendered(renderers, std::move(job), message));
  if (!ipc::is_answer(rendered.court())) {
    return unexpected_words();
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
