#include "gateway/worker/render.h"

#include <algorithm>
#include <array>

#include "gateway/bundle/bundle.h"
#include "gateway/bundle/excerpt.h"
#include "gateway/intake/judge_again.h"
#include "gateway/worker/parent.h"
#include "gateway/worker/receipt_page.h"
#include "gateway/worker/sealing.h"
#include "heyan/v1/gateway.pb.h"
#include "verifier/elsewhere.h"
#include "verifier/report/copy.h"
#include "verifier/report/envelope.h"
#include "verifier/report/html.h"
#include "verifier/report/payload.h"
#include "verifier/report/record_file.h"
#include "verifier/report/sections.h"
#include "verifier/report/text.h"

namespace heyan::worker {
namespace {

constexpr std::array<std::string_view, 8> kFormats = {"html", "text", "pdf",  "xml",
                                                      "zip",  "jws",  "asic", "court"};
// Of no report.
constexpr std::string_view kReceipt = "receipt";

// The reader who filed: it sees what it declared, and not what was found in cases of others.
constexpr std::string_view kFiler = "filer";

// A reader of report::disclosures_for, or kFiler.
core::Result<std::vector<Disclosure>> shown_to(std::string_view reader, const Judged& judged) {
  const bool filer = reader == kFiler;
  HEYAN_TRY(std::vector<Disclosure> shown,
            report::disclosures_for(filer ? report::kCourt : reader,
                                    report::payload_value(judged.report), judged.disclosures));
  if (filer) std::erase_if(shown, [](const auto& one) { return is_search(one.pointer); });
  return shown;
}

v1::Rendered refused(std::string_view code) {
  v1::Rendered answer;
  answer.mutable_refusal()->set_code(std::string(code));
  answer.mutable_refusal()->set_final(true);
  return answer;
}

v1::Rendered rendered(std::string content) {
  v1::Rendered answer;
  answer.set_content(std::move(content));
  return answer;
}

struct Rendering {
  const v1::RenderJob& job;
  const v1::Report& report;
  const report::TextOptions& options;
  const std::string& payload;
  const std::string& copy;     // the envelope, with what it discloses
  const std::string& excerpt;  // of the record, for a party's bundle; else empty
};

// Whom this child asks.
struct Peers {
  ipc::Channel& signer;
  Stamps& stamps;
};

v1::Rendered render(const Rendering& rendering, const pdf::Fonts& fonts, const Peers& peers) {
  auto& [signer, stamps] = peers;
  const auto& [job, report, options, payload, copy, excerpt] = rendering;
  if (job.format() == "jws") return rendered(copy);
  if (job.format() == "html") return rendered(report::render_html(report, options));
  if (job.format() == "text") return rendered(report::render_text(report, options));
  const auto begun = begin_sealing(payload, signer);
  if (!begun) return refused("not-sealed");
  bundle::Bundle made{.payload = payload,
                      .envelope = copy,
                      .pdf = {},
                      .xml = {},
                      .record = excerpt.empty() ? job.record() : std::string(),
                      .excerpt = excerpt};
  if (job.format() == "xml" || job.format() == "zip") {
    // XML holds what was signed, and no names: it is the same for every reader.
    auto file = seal_xml({.payload = payload, .envelope = job.envelope()}, *begun, signer, stamps);
    if (!file) return refused("not-sealed");
    made.xml = *std::move(file);
  }
  if (job.format() == "xml") return rendered(std::move(made.xml));
  auto file = seal_pdf({.payload = payload, .envelope = copy}, *begun,
                       {.document = report::build_document(report, options),
                        .as_of = core::from_unix_ms(report.as_of_ms())},
                       fonts, signer, stamps);
  if (!file) return refused("not-sealed");
  if (job.format() == "pdf") return rendered(*std::move(file));
  if (job.format() == "asic") {
    auto container = seal_container(*file, signer);
    return container ? rendered(*std::move(container)) : refused("not-sealed");
  }
  made.pdf = *std::move(file);
  auto bundle = bundle::write(made);
  return bundle ? rendered(*std::move(bundle)) : refused("not-bundled");
}

// The answer to a court's own message; whatever form of the report its adapter asks for.
v1::Rendered answer_court(const CourtBench& courts, os::Descriptor message,
                          const Rendering& rendering, const pdf::Fonts& fonts, const Peers& peers) {
  const auto state = os::state_of(message);
  if (!state) return refused("message-unreadable");
  const court_adapters::Rendition rendition =
      [&](std::string_view form) -> core::Result<std::string> {
    v1::RenderJob job = rendering.job;
    job.set_format(std::string(form));
    const bool known = form != "court" && std::ranges::find(kFormats, form) != kFormats.end();
    v1::Rendered made = known ? render({.job = job,
                                        .report = rendering.report,
                                        .options = rendering.options,
                                        .payload = rendering.payload,
                                        .copy = rendering.copy,
                                        .excerpt = rendering.excerpt},
                                       fonts, peers)
                              : refused("format-unknown");
    if (made.has_refusal()) {
      return core::fail(core::ErrorCode::kUnsupported, "the report cannot be rendered so");
    }
    return std::move(*made.mutable_content());
  };
  auto answer =
      encode_report(courts, os::OpenFile(std::move(message), *state), rendering.job.court(),
                    {.report = rendering.report,
                     .link = "/v1/reports/" + rendering.report.number(),
                     .rendition = rendition});
  if (!answer) return refused("format-unknown");
  v1::Rendered rendered;
  *rendered.mutable_court() = *std::move(answer);
  return rendered;
}

v1::Rendered render(const v1::RenderJob& job, os::Descriptor message, const RenderBench& bench,
                    const Peers& peers) {
  const bool english = job.language() == "en";
  if (!english && job.language() != "zh") return refused("language-unknown");
  if (job.format() == kReceipt) {
    auto file = print_receipt(
        job.receipt(), english ? catalogue::Language::kEnglish : catalogue::Language::kChinese,
        bench.fonts);
    return file ? rendered(*std::move(file)) : refused("receipt-unreadable");
  }
  if (std::ranges::find(kFormats, job.format()) == kFormats.end()) return refused("format-unknown");
  const auto level = report::level_by_name(job.level());
  if (!level) return refused("level-unknown");
  const auto file = report::decode_record_file(core::as_bytes(job.record()), core::Limits());
  if (!file) return refused("record-unreadable");
  const auto judged = intake::judge_again(*file);
  core::Limits limits;
  limits.json_bytes = kRenderFrameBytes;
  const auto payload = report::payload_within(core::as_bytes(job.envelope()), limits);
  if (!judged || !payload || core::to_string(*payload) != report::encode_payload(judged->report)) {
    return refused("report-differs");
  }
  const auto disclosures = shown_to(job.reader(), *judged);
  if (!disclosures) return refused("reader-unknown");
  const auto copy =
      report::make_copy(core::as_bytes(job.envelope()), *disclosures,
                        job.reader() == kFiler ? report::kCourt : job.reader(), limits);
  if (!copy) return refused("report-differs");
  const report::TextOptions options{
      .language = english ? catalogue::Language::kEnglish : catalogue::Language::kChinese,
      .declared = &file->record().submission(),
      .disclosures = *disclosures,
      .origin_unknown = false,
      .level = *level,
      .served = true,
      .logged = report::logged_as(core::as_bytes(job.envelope()), limits)};
  // A bundle with the record holds everything, and is the court's alone.
  std::string excerpt;
  const bool may_be_bundle = job.format() == "zip" || job.format() == "court";
  if (may_be_bundle && job.reader() != report::kCourt) {
    const auto made = bundle::excerpt_for(*file, *judged, *disclosures);
    if (!made) return refused("not-bundled");
    excerpt = core::to_string(report::encode_record_file(*made));
  }
  const std::string text = core::to_string(*payload);
  const Rendering rendering{.job = job,
                            .report = judged->report,
                            .options = options,
                            .payload = text,
                            .copy = *copy,
                            .excerpt = excerpt};
  if (job.format() == "court") {
    return answer_court(bench.courts, std::move(message), rendering, bench.fonts, peers);
  }
  return render(rendering, bench.fonts, peers);
}

}  // namespace

bool run_render(const RenderBench& bench, ipc::Channel channel, ipc::Channel signer) {
  auto job = channel.receive_with_descriptor<v1::RenderJob>(ipc::MessageType::kRenderJob,
                                                            ipc::within(std::chrono::seconds(30)));
  if (!job) return was_a_knock(job.error());
  Stamps stamps(job->message.stamped() ? &channel : nullptr);
  const v1::Rendered answer =
      render(job->message, std::move(job->descriptor), bench, {.signer = signer, .stamps = stamps});
  return said_or_unwanted(
      channel.send(ipc::MessageType::kRendered, answer, -1, ipc::within(std::chrono::seconds(30))));
}

}  // namespace heyan::worker
