// Messages of Electronic Court Filing from any bytes, alone or in parts: a filing is a submission
// that can be read again and names no path of the sender's; every answer is XML.
#include <cstdlib>
#include <string>

#include "court_adapters/adapter.h"
#include "gateway/http/related.h"
#include "verifier/contents/safe_path.h"
#include "verifier/core/text.h"
#include "verifier/markup/document.h"

namespace {

using namespace heyan;
using court_adapters::Answer;
using court_adapters::CourtAdapter;
using court_adapters::Request;

void require(bool condition) {
  if (!condition) std::abort();
}

void require_xml(const Answer& answer) {
  markup::ReadLimits limits;
  limits.tag_bytes = 8u << 20;
  require(markup::Document::read(core::as_bytes(answer.body), limits).has_value());
}

struct Sent {
  std::string root;
  std::string root_type = "text/xml";
  std::vector<http::RelatedPart> parts;
  std::vector<std::string> bodies;
};

bool take_apart(core::ByteView input, Sent& sent) {
  auto parser = http::RelatedParser::create(
      "multipart/related; type=\"application/xop+xml\"; boundary=ecf-boundary-7f3a", {});
  std::string* body = nullptr;
  while (true) {
    const auto event = parser->next(input);
    if (!event) return false;
    if (event->kind == http::MultipartEvent::Kind::kMore) return parser->finish().has_value();
    if (event->kind == http::MultipartEvent::Kind::kPart && event->part.root) {
      sent.root_type = event->part.content_type;
      body = &sent.root;
    } else if (event->kind == http::MultipartEvent::Kind::kPart) {
      sent.parts.push_back(event->part);
      body = &sent.bodies.emplace_back();
    }
    if (body != nullptr) *body += core::as_text(event->data);
  }
}

void require_sound(const court_adapters::Filing& filing) {
  require(static_cast<std::size_t>(filing.submission.evidence_size()) == filing.files.size());
  const std::string json =
      core::json::write_canonical(contents::write_submission(filing.submission));
  require(contents::read_submission(core::as_bytes(json), {}).has_value());
  for (const auto& file : filing.files) require(!contents::unsafe_path(file.path));
}

void run(const CourtAdapter& adapter, const Request& request) {
  const auto filing = adapter.decode(request, {});
  if (filing) {
    require_sound(*filing);
    require_xml(adapter.acknowledge(request, {}));
  } else {
    require(!filing.error().empty());
    for (const auto& defect : filing.error()) {
      const std::string shown = defect.pointer + defect.code + defect.detail;
      require(core::is_utf8(shown) && !core::has_control(shown));
    }
    require_xml(adapter.reject(request, filing.error()));
  }
  court_adapters::Outcome outcome;
  v1::Report report;
  report.set_verdict(v1::SUBMISSION_VERDICT_INCOMPLETE);
  outcome.report = &report;
  require_xml(adapter.encode(request, outcome));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A transmission of the vectors has its header first: its body begins after an empty line.
  std::string_view text = core::as_text({data, size});
  Sent sent;
  if (text.starts_with("MIME-Version")) {
    const std::size_t end = text.find("\r\n\r\n");
    if (end == std::string_view::npos) return 0;
    if (!take_apart(core::as_bytes(text.substr(end + 4)), sent)) return 0;
  } else {
    sent.root = text;
  }
  const contents::MemorySource root(core::as_bytes(sent.root));
  std::vector<contents::MemorySource> sources;
  for (const std::string& body : sent.bodies) sources.emplace_back(core::as_bytes(body));
  std::vector<court_adapters::Part> parts;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    parts.push_back({.name = sent.parts[i].content_id,
                     .file_name = {},
                     .content_type = sent.parts[i].content_type,
                     .bytes = &sources[i]});
  }
  const court_adapters::Settings settings;
  Request request;
  request.content_type = sent.root_type;
  request.message = &root;
  request.parts = parts;
  request.settings = &settings;
  for (const std::string_view id : {"ecf5", "ecf4"}) run(*court_adapters::find(id), request);
  return 0;
}
