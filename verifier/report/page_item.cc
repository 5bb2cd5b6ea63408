// The page's section of one item.
#include <fmt/format.h>

#include "verifier/core/text.h"
#include "verifier/core/time.h"
#include "verifier/report/page.h"
#include "verifier/report/words.h"

namespace heyan::report {
namespace {

Markup tag(const std::string& codes) { return element("span", codes, "class=\"tag\""); }

Markup file_facts(const Page& page, const v1::ItemReport& item) {
  Markup fields = page.field(Label::kId, page.told(item.id()));
  if (!item.name().empty()) fields += page.field(Label::kName, page.told(item.name()));
  fields += page.field(
      Label::kFile, escaped(fmt::format("{} {}", item.measured().size(), page.in(Label::kBytes))));
  for (const auto& digest : item.measured().digests()) {
    if (digest.first() != digest.second()) continue;
    fields += element("div", element("dt", digest_label(digest.algorithm())) +
                                 element("dd", Page::code(hex(digest.first()))));
  }
  return element("dl", fields);
}

// Identifiers and numbers that the sentence speaks of, for whoever follows it up.
Markup about(const Page& page, const v1::Finding& finding) {
  std::string text;
  const auto add = [&](std::string_view name, std::string_view value) {
    text += fmt::format("{}{}={}", text.empty() ? "" : "; ", name, Wording::cited(value));
  };
  if (!finding.subject().institution().empty()) {
    add(page.in(Label::kInstitution), page.institution(finding.subject().institution()));
  }
  for (const auto& param : finding.params()) add(core::visible(param.name(), 40), param.value());
  if (text.empty()) return {};
  return element("p", page.in(Label::kAbout) + ": " + text, "class=\"about small\"");
}

// Nothing for an answer that does not bear on the verdict.
Markup reason(const Page& page, const v1::Finding& finding) {
  const auto& check = catalogue::entry(finding.check());
  if (finding.code() == v1::REASON_NONE) {
    if (finding.effect() == v1::EFFECT_NONE) return {};
    const std::string text =
        page.in(check.question) + " " + page.in(catalogue::entry(finding.outcome()).label) + " ";
    return element("li", escaped(text) + tag(std::string(check.code)) + about(page, finding));
  }
  const auto& entry = catalogue::entry(finding.code());
  return element("li", escaped(page.in(entry.reason) + " ") +
                           tag(fmt::format("{} {}", entry.code, check.code)) +
                           about(page, finding) +
                           element("p", page.in(Label::kNextStep) + ": " + page.in(entry.next_step),
                                   "class=\"next\""));
}

Markup reasons(const Page& page, const v1::ItemReport& item) {
  Markup lines;
  for (const auto& finding : item.findings()) lines += reason(page, finding);
  return page.heading("h3", Label::kReasons) + (lines.html.empty()
                                                    ? element("p", page.in(Label::kNoReasons))
                                                    : element("ul", lines, "class=\"reasons\""));
}

Markup position(const Page& page, const v1::Position& position) {
  if (!position.has_block()) return {};
  std::string text = fmt::format("{} {}", page.in(Label::kBlock), position.block());
  if (position.has_transaction()) {
    text += fmt::format(", {} {}", page.in(Label::kTransaction), position.transaction());
  }
  Markup value = escaped(text);
  if (!position.transaction_id().empty()) {
    value += escaped(" ") + Page::code(core::visible(position.transaction_id()));
  }
  return page.field(Label::kPosition, value);
}

Markup record(const Page& page, const v1::Attestation& attestation) {
  if (!attestation.has_record()) {
    return page.field(Label::kRecord, page.words(Label::kNoRecord));
  }
  const v1::LedgerRecord& record = attestation.record();
  const Label kind = is_of_operator(attestation) ? Label::kSignedByDepositor : Label::kRecord;
  Markup fields = page.field(kind, page.told(record.id()));
  for (const auto& digest : record.digests()) {
    fields += element("div", element("dt", digest_label(digest.algorithm())) +
                                 element("dd", Page::code(hex(digest.value()))));
  }
  const auto told = [&](Label name, const std::string& value) {
    if (!value.empty()) fields += page.field(name, page.told(value));
  };
  told(Label::kWho, record.who());
  told(Label::kWhat, record.what());
  told(Label::kWhen, record.when());
  told(Label::kWhere, record.where());
  return fields;
}

// An interval: ends that are not known are left out.
Markup time(const Page& page, const v1::TimeInterval& time) {
  if (time.source().empty()) return {};
  if (!time.has_not_before_ms() && !time.has_not_after_ms() && !time.has_stated_ms()) return {};
  std::string text = time.source() == "declared" ? page.in(Label::kTimeDeclared)
                                                 : core::visible(time.source(), 64);
  const auto add = [&](Label name, std::int64_t at_ms) {
    text += fmt::format("; {} {}", page.in(name), core::format_rfc3339(core::from_unix_ms(at_ms)));
  };
  if (time.has_not_before_ms()) add(Label::kNotBefore, time.not_before_ms());
  if (time.has_not_after_ms()) add(Label::kNotAfter, time.not_after_ms());
  if (time.has_stated_ms()) add(Label::kStated, time.stated_ms());
  return page.field(Label::kTime, escaped(text));
}

Markup witness(const Page& page, const v1::Signature& signature) {
  const std::string who = signature.institution().empty()
                              ? page.in(Label::kUnlisted)
                              : page.institution(signature.institution());
  std::string result = fmt::format("{}; {}", page.in(catalogue::entry(signature.outcome()).label),
                                   page.in(standing_of(signature)));
  if (signature.linked_to_party()) result += "; " + page.in(Label::kLinkedToParty);
  Markup cell = escaped(result);
  if (signature.reason() != v1::REASON_NONE) {
    cell += escaped(" ") + tag(std::string(catalogue::entry(signature.reason()).code));
  }
  return element("tr", element("th", who, "scope=\"row\"") +
                           element("td", core::visible(signature.signer(), 64)) +
                           element("td", page.signer_role(signature.role())) + element("td", cell));
}

Markup witnesses(const Page& page, const v1::Attestation& attestation) {
  if (attestation.signatures().empty()) return {};
  Markup columns;
  for (const Label name :
       {Label::kInstitution, Label::kSigner, Label::kSignerRole, Label::kResult}) {
    columns += element("th", page.in(name), "scope=\"col\"");
  }
  Markup rows;
  for (const auto& signature : attestation.signatures()) rows += witness(page, signature);
  const Markup table = element(
      "div", element("table", element("thead", element("tr", columns)) + element("tbody", rows)),
      "class=\"wide\"");
  if (is_of_operator(attestation)) return page.heading("h4", Label::kSignatures) + table;
  const v1::Quorum& quorum = attestation.quorum();
  const std::string counted = fmt::format(fmt::runtime(page.in(Label::kQuorum)), quorum.required(),
                                          quorum.valid(), quorum.neutral());
  Markup record;
  if (attestation.has_record_quorum()) {
    record = element("p", fmt::format(fmt::runtime(page.in(Label::kRecordQuorum)),
                                      attestation.record_quorum().valid(),
                                      attestation.record_quorum().neutral()));
  }
  return page.heading("h4", Label::kWitnesses) + element("p", counted) + record + table;
}

Markup declared(const Page& page, const v1::Attestation& attestation) {
  if (attestation.declared().empty()) return {};
  Markup fields;
  for (const auto& one : attestation.declared()) {
    fields += element("div", element("dt", page.declared_name(one.name())) +
                                 element("dd", page.told(one.value())));
  }
  return page.heading("h4", Label::kStatedByOperator) + element("dl", fields);
}

Markup proof(const Page& page, const v1::Attestation& attestation, int number) {
  const Markup fields = position(page, attestation.position()) + record(page, attestation) +
                        time(page, attestation.time());
  return element("div",
                 element("h3", page.attestation(attestation, number)) + element("dl", fields) +
                     witnesses(page, attestation) + declared(page, attestation),
                 "class=\"proof\"");
}

// What was shown and what was not, from the checks that ran: never more.
Markup limits(const Page& page, const v1::ItemReport& item, bool passed) {
  Markup lines;
  for (const auto& result : item.checks()) {
    if ((result.outcome() == v1::OUTCOME_PASS) != passed) continue;
    const auto& check = catalogue::entry(result.check());
    std::string text = page.in(check.question) + " ";
    if (!passed) text += page.in(catalogue::entry(result.outcome()).label) + " ";
    lines += element("li", escaped(text) + tag(std::string(check.code)));
  }
  return element("div", page.heading("h3", passed ? Label::kProves : Label::kDoesNotProve) +
                            element("ul", lines, "class=\"plain small\""));
}

}  // namespace

Markup item_section(const Page& page, const v1::ItemReport& item, int number) {
  const auto& verdict = catalogue::entry(item.verdict());
  Markup out = element("h2", fmt::format("{} {}", page.in(Label::kItem), number));
  out += verdict_line(page, verdict) + element("p", page.in(verdict.sentence));
  out += file_facts(page, item) + reasons(page, item);
  int count = 0;
  for (const auto& attestation : item.attestations()) out += proof(page, attestation, ++count);
  out += element("div", limits(page, item, true) + limits(page, item, false), "class=\"checks\"");
  return element("section", out, fmt::format("class=\"item\" id=\"item-{}\"", number));
}

}  // namespace heyan::report
