// ASiC-E and ASiC-S containers, as e-CODEX and others exchange them. Source: ETSI EN 319 162-1.
#include "court_adapters/adapter.h"

#include <algorithm>
#include <array>

#include "court_adapters/asic/answers.h"
#include "court_adapters/asic/assessment.h"
#include "court_adapters/asic/filing.h"
#include "court_adapters/asic/names.h"
#include "verifier/core/text.h"

namespace heyan::court_adapters::asic {

const CourtAdapter& adapter();

namespace {

constexpr std::array<std::string_view, 1> kSettings = {"anchors"};
// Each between spaces; a sender who names none leaves it to the content.
constexpr std::string_view kTypes =
    "  application/vnd.etsi.asic-e+zip application/vnd.etsi.asic-s+zip application/octet-stream ";

// Type and subtype of a Content-Type, in small letters (RFC 9110 8.3.1).
std::string media_type_of(std::string_view content_type) {
  std::string type(content_type.substr(0, content_type.find(';')));
  std::erase_if(type, [](char c) { return c == ' ' || c == '\t'; });
  for (char& c : type) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return type;
}

// The anchors of the installation, DER in base64; `unreadable`: one of them is no certificate.
std::vector<crypto::Certificate> anchors_of(const Settings& settings, const core::Limits& limits,
                                            bool& unreadable) {
  std::vector<crypto::Certificate> anchors;
  const auto found = settings.find(kSettings.front());
  if (found == settings.end()) return anchors;
  for (const std::string& text : found->second) {
    const auto der = core::from_base64(text);
    auto anchor = der ? crypto::Certificate::from_der(*der, limits)
                      : core::Result<crypto::Certificate>(
                            core::fail(core::ErrorCode::kMalformed, "no base64"));
    unreadable = unreadable || !anchor;
    if (anchor) anchors.push_back(*std::move(anchor));
  }
  return anchors;
}

class AsicAdapter final : public CourtAdapter {
 public:
  std::string_view id() const override { return "asic"; }
  std::string_view title() const override {
    return "ASiC-E and ASiC-S containers (ETSI EN 319 162-1), as e-CODEX exchanges them";
  }
  std::span<const std::string_view> settings() const override { return kSettings; }

  std::expected<Filing, std::vector<Defect>> decode(const Request& request,
                                                    const core::Limits& limits) const override {
    const std::string type = media_type_of(request.content_type);
    if (!kTypes.contains(" " + type + " ")) {
      return std::unexpected(
          std::vector<Defect>{{.pointer = {},
                               .code = std::string(kContentTypeCode),
                               .detail = "send the container itself, with the Content-Type " +
                                         std::string(kExtended) + " or " + std::string(kSimple)}});
    }
    bool unreadable = false;
    const auto anchors = anchors_of(*request.settings, limits, unreadable);
    crypto::SignatureChecker checker(crypto::production_engines(), limits);
    const Trust trust{.anchors = anchors, .at = core::from_unix_ms(request.received_at_ms)};
    auto filing = filing_of(assess(*request.message, trust, checker, limits), limits);
    if (filing && unreadable) {
      filing->remarks.push_back(
          {.item = {},
           .code = "anchors-unreadable",
           .pointer = {},
           .detail = "this installation's anchors cannot be read: nobody leads to one of them"});
    }
    return filing;
  }

  Answer acknowledge(const Request& /*request*/, const Accepted& accepted) const override {
    return received(accepted);
  }
  Answer reject(const Request& /*request*/, std::span<const Defect> defects) const override {
    return refused(defects);
  }
  Answer encode(const Request& /*request*/, const Outcome& outcome) const override {
    return result_of(outcome);
  }
};

}  // namespace

const CourtAdapter& adapter() {
  static const AsicAdapter one;
  return one;
}

}  // namespace heyan::court_adapters::asic
