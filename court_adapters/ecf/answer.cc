#include "court_adapters/ecf/answer.h"

#include <algorithm>
#include <array>

#include "verifier/core/time.h"

namespace heyan::court_adapters::ecf {
namespace {

constexpr std::string_view kType = "text/xml; charset=utf-8";

Answer finished(int status, const markup::Draft& draft) {
  auto body = draft.canonical();
  if (!body) return {.status = 500, .content_type = "text/plain", .body = "no memory"};
  return {.status = status, .content_type = std::string(kType), .body = *std::move(body)};
}

}  // namespace

std::string own_address(const Request& request) {
  if (request.settings != nullptr) {
    const auto set = request.settings->find(kAddress);
    if (set != request.settings->end() && !set->second.empty()) return set->second.front();
  }
  return "urn:heyan";
}

std::string time_text(std::int64_t ms) { return core::format_rfc3339(core::from_unix_ms(ms)); }

Answer write_answer(int status, bool enveloped, const markup::Namespace& space, const char* name,
                    std::span<const markup::Namespace* const> declared,
                    const std::function<void(const markup::DraftElement&)>& fill) {
  std::vector<const markup::Namespace*> all(declared.begin(), declared.end());
  if (!enveloped) {
    markup::Draft draft(space, name, all);
    fill(draft.root());
    return finished(status, draft);
  }
  all.push_back(&kSoapSpace);
  markup::Draft draft(kSoapSpace, "Envelope", all);
  fill(draft.root().add(kSoapSpace, "Body").add(space, name));
  return finished(status, draft);
}

Answer write_fault(std::span<const Defect> defects) {
  const bool header = std::ranges::any_of(
      defects, [](const Defect& defect) { return defect.code == "must-understand"; });
  static constexpr markup::Namespace kHeyan = {"urn:heyan:defects:1", "hy"};
  const std::array<const markup::Namespace*, 2> declared = {&kSoapSpace, &kHeyan};
  markup::Draft draft(kSoapSpace, "Envelope", declared);
  const markup::DraftElement fault = draft.root().add(kSoapSpace, "Body").add(kSoapSpace, "Fault");
  fault.add(markup::kNoNamespace, "faultcode", header ? "soap:MustUnderstand" : "soap:Client");
  fault.add(markup::kNoNamespace, "faultstring", "The message could not be read.");
  const markup::DraftElement detail = fault.add(markup::kNoNamespace, "detail");
  for (const Defect& defect : defects) {
    detail.add(kHeyan, "Defect", defect.detail)
        .set("code", defect.code)
        .set("place", defect.pointer);
  }
  return finished(500, draft);
}

}  // namespace heyan::court_adapters::ecf
