#include "court_adapters/ecf/review.h"

#include <algorithm>
#include <array>

#include "court_adapters/reasons.h"
#include "schemas/catalogue/catalogue.h"

namespace heyan::court_adapters::ecf {
namespace {

catalogue::Language language_of(const Outcome& outcome) {
  return outcome.language == "en" ? catalogue::Language::kEnglish : catalogue::Language::kChinese;
}

std::string words(const catalogue::VerdictEntry& verdict, const Outcome& outcome) {
  const catalogue::Language language = language_of(outcome);
  const bool chinese = language == catalogue::Language::kChinese;
  return std::string(verdict.label.in(language)) + (chinese ? "：" : ": ") +
         std::string(verdict.sentence.in(language));
}

// What the verdict's sentence refers to: each reason once, with what to do next.
std::string reasons(const v1::ItemReport& item, const Outcome& outcome) {
  const catalogue::Language language = language_of(outcome);
  std::string text;
  for (const catalogue::ReasonEntry* const entry : reasons_of(item)) {
    text += " " + std::string(entry->reason.in(language));
    if (!entry->next_step.in(language).empty()) {
      text += " " + std::string(entry->next_step.in(language));
    }
  }
  return text;
}

std::string not_delivered(const Outcome& outcome) {
  const auto* const entry = catalogue::remark_by_code("not-delivered");
  return entry == nullptr ? std::string() : std::string(entry->text.in(language_of(outcome)));
}

std::string hex_of(const v1::Measured& measured) {
  for (const v1::MeasuredDigest& digest : measured.digests()) {
    if (digest.algorithm() == v1::DIGEST_ALGORITHM_SHA_256) {
      return core::to_hex(core::as_bytes(digest.first()));
    }
  }
  return {};
}

struct Form {
  std::string_view name;
  std::string_view media_type;
};
constexpr std::array kForms = {Form{"pdf", "application/pdf"},
                               Form{"xml", "application/xml"},
                               Form{"html", "text/html"},
                               Form{"zip", "application/zip"},
                               Form{"asic", "application/vnd.etsi.asic-s+zip"},
                               Form{"jws", "application/jose+json"}};

}  // namespace

std::vector<ReviewedDocument> review(const Message& message, const Outcome& outcome) {
  std::vector<ReviewedDocument> reviewed;
  for (const SentDocument& document : message.documents) {
    reviewed.push_back({.document = &document, .said = {}, .files = {}});
  }
  for (const ListedItem& listed : list_items(message)) {
    const auto at = static_cast<std::size_t>(listed.document - message.documents.data());
    ReviewedDocument& document = reviewed[at];
    ReviewedFile& file = document.files.emplace_back();
    file.attachment = listed.attachment;
    if (outcome.report == nullptr) continue;
    const auto& items = outcome.report->evidence();
    const auto item = std::ranges::find(items, listed.id, &v1::ItemReport::id);
    if (!document.said.empty()) document.said += " ";
    if (item == items.end()) {
      document.said += not_delivered(outcome);
      continue;
    }
    document.delivered = true;
    file.size = item->measured().size();
    file.sha256 = hex_of(item->measured());
    document.said += words(catalogue::entry(item->verdict()), outcome) + reasons(*item, outcome);
  }
  for (ReviewedDocument& document : reviewed) {
    if (document.files.empty()) document.said = not_delivered(outcome);
  }
  return reviewed;
}

std::string said_of_all(const Outcome& outcome) {
  return outcome.report == nullptr ? std::string()
                                   : words(catalogue::entry(outcome.report->verdict()), outcome);
}

std::optional<ReportFile> report_file(const Outcome& outcome, const Settings& settings) {
  if (!outcome.rendition) return std::nullopt;
  std::vector<std::string_view> wanted = {"pdf", "jws"};
  if (const auto set = settings.find(kReportForm); set != settings.end() && !set->second.empty()) {
    wanted.insert(wanted.begin(), set->second.front());
  }
  for (const std::string_view name : wanted) {
    const auto form = std::ranges::find(kForms, name, &Form::name);
    if (form == kForms.end()) continue;
    if (auto bytes = outcome.rendition(name)) {
      return ReportFile{.media_type = form->media_type, .bytes = *std::move(bytes)};
    }
  }
  return std::nullopt;
}

}  // namespace heyan::court_adapters::ecf
