#include "gateway/worker/render.h"

#include "heyan/v1/gateway.pb.h"
#include "verifier/core/json.h"
#include "verifier/report/payload.h"
#include "verifier/report/text.h"

namespace heyan::worker {
namespace {

v1::Rendered refused(std::string_view code) {
  v1::Rendered answer;
  answer.mutable_refusal()->set_code(std::string(code));
  answer.mutable_refusal()->set_final(true);
  return answer;
}

// The payload that was signed, from the envelope.
std::optional<core::Bytes> payload_of(const std::string& envelope) {
  core::Limits limits;
  limits.json_bytes = kRenderFrameBytes;
  const auto document = core::json::parse(core::as_bytes(envelope), limits);
  if (!document) return std::nullopt;
  const core::json::Value* payload = document->find("payload");
  const std::string* text = payload == nullptr ? nullptr : payload->as_string();
  return text == nullptr ? std::nullopt : core::from_base64url(*text);
}

v1::Rendered render(const v1::RenderJob& job) {
  const auto payload = payload_of(job.envelope());
  if (!payload || core::to_string(*payload) != report::encode_payload(job.report())) {
    return refused("report-differs");
  }
  report::TextOptions options;
  if (job.language() == "en") {
    options.language = catalogue::Language::kEnglish;
  } else if (job.language() != "zh") {
    return refused("language-unknown");
  }
  if (job.has_submission()) options.declared = &job.submission();
  v1::Rendered answer;
  if (job.format() != "text") return refused("format-unknown");
  answer.set_content(report::render_text(job.report(), options));
  return answer;
}

}  // namespace

bool run_render(ipc::Channel channel) {
  const auto job = channel.receive<v1::RenderJob>(ipc::MessageType::kRenderJob,
                                                  ipc::within(std::chrono::seconds(30)));
  if (!job) return false;
  return channel
      .send(ipc::MessageType::kRendered, render(*job), -1, ipc::within(std::chrono::seconds(30)))
      .has_value();
}

}  // namespace heyan::worker
