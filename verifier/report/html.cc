#include "verifier/report/html.h"

#include <fmt/format.h>

#include "verifier/core/text.h"
#include "verifier/core/time.h"
#include "verifier/report/page.h"
#include "verifier/report/payload.h"
#include "verifier/report/words.h"

namespace heyan::report {
namespace {

Markup visible_or_dash(std::string_view text) {
  return escaped(text.empty() ? "-" : core::visible(text));
}

std::string rfc3339(std::int64_t at_ms) { return core::format_rfc3339(core::from_unix_ms(at_ms)); }

Markup head(const Page& page, const v1::Report& report) {
  const std::string title = page.in(Label::kTitle) + " " + core::visible(report.number());
  return element("head", single("meta", "charset=\"utf-8\"") +
                             single("meta",
                                    "name=\"viewport\" content=\"width=device-width, "
                                    "initial-scale=1\"") +
                             single("meta", "name=\"robots\" content=\"noindex\"") +
                             element("title", title) +
                             element("style", Markup{std::string(page_style())}));
}

Markup navigation(const Page& page) {
  const bool chinese = page.language() == catalogue::Language::kChinese;
  return element("a", page.in(Label::kSkip), "class=\"skip\" href=\"#report\"") +
         element("nav", element("a", page.in(Label::kOtherLanguage),
                                chinese ? "href=\"?lang=en\" hreflang=\"en\" lang=\"en\""
                                        : "href=\"?lang=zh\" hreflang=\"zh\" lang=\"zh\""));
}

Markup notices(const Page& page, const v1::Report& report, const TextOptions& options) {
  Markup out;
  const auto notice = [&](Label text) {
    out += element("p", page.in(text), "class=\"notice\" role=\"note\"");
  };
  if (report.trust().sample()) notice(Label::kSampleNotice);
  if (options.origin_unknown) notice(Label::kOriginUnknown);
  if (!report.trust().given()) notice(Label::kNoTrustList);
  return out;
}

Markup overall(const Page& page, const v1::Report& report) {
  const auto& verdict = catalogue::entry(report.verdict());
  const bool declared = report.submission_is_declared();
  Markup facts = page.field(Label::kNumber, visible_or_dash(report.number()));
  facts += page.field(Label::kAsOf, escaped(rfc3339(report.as_of_ms())));
  if (!report.court().name().empty() || !report.court().code().empty()) {
    facts += page.field(Label::kCourt,
                        page.told(report.court().name() + " " + report.court().code(), declared));
  }
  if (!report.case_number().empty()) {
    facts += page.field(Label::kCase, page.told(report.case_number(), declared));
  }
  if (report.has_filed_at_ms()) {
    const std::string filed = rfc3339(report.filed_at_ms());
    facts += page.field(Label::kFiledAt, declared ? page.told(filed) : escaped(filed));
  }
  return element("section",
                 page.heading("h2", Label::kOverall) + verdict_line(page, verdict) +
                     element("p", page.in(verdict.sentence)) + element("dl", facts),
                 "class=\"overall\"");
}

Markup summary(const Page& page, const v1::Report& report) {
  Markup lines;
  int number = 0;
  for (const auto& item : report.evidence()) {
    const auto& verdict = catalogue::entry(item.verdict());
    const std::string target = fmt::format("href=\"#item-{}\"", ++number);
    Markup about = element("a", fmt::format("{} {}", page.in(Label::kItem), number), target) +
                   escaped(" ") + page.told(item.id());
    if (!item.name().empty()) about += page.told(item.name());
    lines += element("li", verdict_line(page, verdict) + element("p", page.in(verdict.sentence)) +
                               element("p", about, "class=\"about\""));
  }
  return element("section",
                 page.heading("h2", Label::kItems) + element("ol", lines, "class=\"items\""));
}

Markup standing(const Page& page) {
  Markup sentences;
  for (const auto& sentence : catalogue::standing_sentences()) {
    sentences += element("li", page.in(sentence.text));
  }
  return element("section", page.heading("h2", Label::kStanding) +
                                element("ol", sentences, "class=\"plain small\""));
}

Markup party_line(const Page& page, const v1::PartyReport& party) {
  Markup line = page.told(party.id());
  if (const auto role = role_label(party.role())) line += page.words(*role) + escaped(" ");
  if (const v1::Party* declared = page.declared_party(party.id());
      declared != nullptr && !declared->name().empty()) {
    line += page.told(declared->name());
  }
  line += element(
      "span", page.in(party.identifier_checked() ? Label::kPartyChecked : Label::kPartyNotChecked));
  std::string linked;
  for (const auto& id : party.linked_institutions()) {
    linked += (linked.empty() ? ": " : ", ") + page.institution(id);
  }
  if (!linked.empty()) line += element("p", page.in(Label::kLinkedTo) + linked);
  return element("li", line);
}

Markup parties(const Page& page, const v1::Report& report) {
  if (report.parties().empty()) return {};
  Markup lines;
  for (const auto& party : report.parties()) lines += party_line(page, party);
  return element("section",
                 page.heading("h2", Label::kParties) + element("ul", lines, "class=\"plain\""));
}

Markup basis(const Page& page, const v1::Report& report) {
  const auto identity = [&](const v1::TrustIdentity& value, const std::string& digest) {
    return visible_or_dash(value.id()) + escaped(fmt::format(" {} · SHA-256 ", value.version())) +
           Page::code(hex(digest));
  };
  const v1::Bindings& bindings = report.bindings();
  Markup fields = page.field(Label::kTrustList, identity(report.trust(), bindings.trust_list()));
  fields += page.field(Label::kPolicy, identity(report.policy(), bindings.policy()));
  fields += page.field(Label::kSoftware, visible_or_dash(bindings.software_version()));
  fields += page.field(Label::kPayload, Page::code(core::to_hex(payload_digest(report))));
  fields += page.field(Label::kRecheck, page.words(Label::kRecheckText));
  return element("section", page.heading("h2", Label::kBasis) + element("dl", fields));
}

}  // namespace

std::string render_html(const v1::Report& report, const TextOptions& options) {
  const Page page(report, options);
  Markup main = element("h1", page.in(Label::kTitle)) + notices(page, report, options) +
                overall(page, report) + summary(page, report) + standing(page) +
                parties(page, report);
  int number = 0;
  for (const auto& item : report.evidence()) main += item_section(page, item, ++number);
  main += basis(page, report);
  const Markup body = navigation(page) + element("main", main, "id=\"report\" tabindex=\"-1\"") +
                      element("footer", page.words(Label::kNumber) + escaped(": ") +
                                            visible_or_dash(report.number()));
  const bool chinese = page.language() == catalogue::Language::kChinese;
  return "<!doctype html>\n" +
         element("html",
                 head(page, report) + element("body", element("div", body, "class=\"sheet\"")),
                 chinese ? "lang=\"zh-CN\"" : "lang=\"en\"")
             .html;
}

}  // namespace heyan::report
