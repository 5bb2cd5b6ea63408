#include "verifier/report/text.h"

#include <fmt/format.h>

#include "verifier/core/text.h"
#include "verifier/core/time.h"
#include "verifier/report/text_item.h"
#include "verifier/report/text_writer.h"
#include "verifier/report/words.h"

namespace heyan::report {
namespace {

std::string visible_or_dash(std::string_view text) {
  return text.empty() ? "-" : core::visible(text);
}

void write_head(TextWriter& out, const v1::Report& report, const TextOptions& options) {
  out.heading(label(Label::kTitle));
  if (report.trust().sample()) out.line("*** " + out.in(label(Label::kSampleNotice)) + " ***");
  if (options.origin_unknown) out.line("*** " + out.in(label(Label::kOriginUnknown)) + " ***");
  if (!report.trust().given()) out.line("*** " + out.in(label(Label::kNoTrustList)) + " ***");
  out.field(Label::kNumber, visible_or_dash(report.number()));
  out.field(Label::kAsOf, core::format_rfc3339(core::from_unix_ms(report.as_of_ms())));
  const bool declared = report.submission_is_declared();
  if (!report.court().name().empty() || !report.court().code().empty()) {
    out.told(Label::kCourt, report.court().name() + " " + report.court().code(), declared);
  }
  if (!report.case_number().empty()) out.told(Label::kCase, report.case_number(), declared);
  if (report.has_filed_at_ms()) {
    out.told(Label::kFiledAt, core::format_rfc3339(core::from_unix_ms(report.filed_at_ms())),
             declared);
  }
  const auto& overall = catalogue::entry(report.verdict());
  out.field(Label::kOverall, fmt::format("{} {}", overall.symbol, out.in(overall.label)));
  out.line(out.in(overall.sentence));
}

// The name of a party stands in the submission, not in the report.
const v1::Party* declared_party(const TextOptions& options, std::string_view id) {
  if (options.declared == nullptr) return nullptr;
  for (const auto& party : options.declared->parties()) {
    if (party.id() == id) return &party;
  }
  return nullptr;
}

void write_parties(TextWriter& out, const v1::Report& report, const TextOptions& options) {
  if (report.parties().empty()) return;
  out.heading(label(Label::kParties));
  for (const auto& party : report.parties()) {
    std::string line = "- " + out.quoted(party.id());
    if (const auto role = role_label(party.role())) line += " " + out.in(label(*role));
    if (const v1::Party* declared = declared_party(options, party.id());
        declared != nullptr && !declared->name().empty()) {
      line += " " + out.quoted(declared->name());
    }
    line += "; " + out.in(label(party.identifier_checked() ? Label::kPartyChecked
                                                           : Label::kPartyNotChecked));
    if (!party.linked_institutions().empty()) {
      line += "; " + out.in(label(Label::kLinkedTo)) + ":";
      for (const auto& id : party.linked_institutions()) line += " " + out.institution(id);
    }
    out.line(line);
  }
}

// Page 1: one verdict a line, and nothing on it but a number and words of the catalogue: even an id
// is declared, and could read like a verdict.
void write_summary(TextWriter& out, const v1::Report& report) {
  out.heading(label(Label::kItems));
  int number = 0;
  for (const auto& item : report.evidence()) {
    const auto& verdict = catalogue::entry(item.verdict());
    out.line(fmt::format("{}. {} {}", ++number, verdict.symbol, out.in(verdict.label)));
    out.line(fmt::format("   {}: {}", out.in(label(Label::kId)), out.quoted(item.id())));
    out.line("   " + out.in(verdict.sentence));
  }
}

void write_basis(TextWriter& out, const v1::Report& report) {
  out.heading(label(Label::kBasis));
  const auto identity = [](const v1::TrustIdentity& value, const std::string& digest) {
    return fmt::format("{} {} (SHA-256 {})", visible_or_dash(value.id()), value.version(),
                       hex(digest));
  };
  out.field(Label::kTrustList, identity(report.trust(), report.bindings().trust_list()));
  out.field(Label::kPolicy, identity(report.policy(), report.bindings().policy()));
  out.field(Label::kSoftware, visible_or_dash(report.bindings().software_version()));
  out.field(Label::kRecheck, out.in(label(Label::kRecheckText)));
  out.heading(label(Label::kStanding));
  int count = 0;
  for (const auto& sentence : catalogue::standing_sentences()) {
    out.line(fmt::format("{}. {}", ++count, out.in(sentence.text)));
  }
}

}  // namespace

std::string render_text(const v1::Report& report, const TextOptions& options) {
  TextWriter out(report, options.language);
  write_head(out, report, options);
  write_summary(out, report);
  write_parties(out, report, options);
  int number = 0;
  for (const auto& item : report.evidence()) write_item(out, item, ++number);
  write_basis(out, report);
  return out.take();
}

}  // namespace heyan::report
