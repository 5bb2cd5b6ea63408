// Page 1: what a judge must grasp in a minute.
#include <algorithm>
#include <map>

#include "verifier/core/bytes.h"
#include "verifier/core/text.h"
#include "verifier/report/payload.h"
#include "verifier/report/section_list.h"

namespace heyan::report {
namespace {

constexpr std::size_t kShortName = 60;  // characters

void add_notices(Blocks& blocks, const Draft& draft) {
  const auto notice = [&](Label text) { blocks.paragraph(text, Paragraph::Role::kNotice); };
  if (draft.report().trust().sample()) notice(Label::kSampleNotice);
  if (draft.options().origin_unknown) notice(Label::kOriginUnknown);
  if (!draft.report().trust().given()) notice(Label::kNoTrustList);
}

Line renewal(const Draft& draft) {
  if (!draft.report().has_renew_before()) return Line(draft).words(Label::kRenewUnknown);
  const v1::RenewBefore& renew = draft.report().renew_before();
  const std::string until = rfc3339(renew.at_ms());
  if (!renew.algorithm().empty()) {
    return Line(draft).filled(Label::kRenewForAlgorithm, until,
                              core::visible(renew.algorithm(), 32));
  }
  return Line(draft).filled(Label::kRenewForKey, until, draft.institution(renew.institution()));
}

// The verdicts that occur, in the catalogue's order, each with the numbers of the items that have
// it.
std::map<v1::Verdict, std::vector<int>> by_verdict(const v1::Report& report) {
  std::map<v1::Verdict, std::vector<int>> found;
  int number = 0;
  for (const auto& item : report.evidence()) found[item.verdict()].push_back(++number);
  return found;
}

// Which item has which verdict, in a line: the list of them may go on on another page.
Line count_line(const Draft& draft) {
  Line line(draft);
  for (const auto& [verdict, numbers] : by_verdict(draft.report())) {
    if (!line.empty()) line.text(semicolon(draft));
    line.filled(Label::kAnswerOfItems,
                fmt::format("{} {}", draft.in(catalogue::entry(verdict).label), numbers.size()),
                number_list(draft, numbers));
  }
  return line;
}

Fields facts(const Draft& draft) {
  const v1::Report& report = draft.report();
  const bool declared = report.submission_is_declared();
  FieldList out(draft);
  out.add(Label::kNumber, out.line().text(visible_or_dash(report.number())));
  if (!report.court().name().empty() || !report.court().code().empty()) {
    out.add(Label::kCourt,
            out.line().told(report.court().name() + " " + report.court().code(), declared));
  }
  if (!report.case_number().empty()) {
    out.add(Label::kCase, out.line().told(report.case_number(), declared));
  }
  if (report.evidence_size() > 1) out.add(Label::kItemCounts, count_line(draft));
  out.add(Label::kAsOf, out.line().text(rfc3339(report.as_of_ms())));
  out.add(Label::kRenewBefore, renewal(draft));
  if (const std::size_t all = draft.personal_count(); all > 0) {
    const std::size_t withheld = draft.withheld_count();
    out.add(Label::kCopy, withheld == 0 ? out.line().filled(Label::kCopyWhole, all)
                                        : out.line().filled(Label::kCopyWithheld, withheld, all));
  }
  return out.take();
}

// What to do about an item, each step once.
void add_next_steps(Blocks& blocks, const Draft& draft, const v1::ItemReport& item) {
  std::vector<std::string> steps;
  for (const auto& finding : item.findings()) {
    if (finding.code() == v1::REASON_NONE || finding.effect() == v1::EFFECT_NONE) continue;
    std::string step = draft.in(catalogue::entry(finding.code()).next_step);
    if (std::ranges::find(steps, step) == steps.end()) steps.push_back(std::move(step));
  }
  for (const std::string& step : steps) {
    blocks.paragraph(blocks.line().words(Label::kNextStep).text(": ").text(step),
                     Paragraph::Role::kNextStep);
  }
}

// One verdict a line, and nothing on it but words of the catalogue: even an id is declared, and
// could read like a verdict. What a verdict means stands under each item for a litigant, and once
// for all for a court, which has it on one page then.
List items(const Draft& draft) {
  const bool litigant = draft.options().level == Level::kLitigant;
  List list{.numbered = true, .items = {}};
  for (const auto& item : draft.report().evidence()) {
    const auto& verdict = catalogue::entry(item.verdict());
    Blocks blocks(draft);
    blocks.verdict(verdict);
    if (litigant) blocks.paragraph(verdict.sentence);
    Line about = blocks.line().words(Label::kId).text(": ").told(item.id());
    // The section of the item has the whole name.
    if (!item.name().empty()) about.text(" ").told(core::visible(item.name(), kShortName));
    blocks.paragraph(about, Paragraph::Role::kSmall);
    if (litigant) add_next_steps(blocks, draft, item);
    list.items.push_back(blocks.take());
  }
  return list;
}

List meanings(const Draft& draft) {
  Lines lines;
  for (const auto& [verdict, numbers] : by_verdict(draft.report())) {
    const auto& entry = catalogue::entry(verdict);
    lines.add(Line(draft).verdict(entry).text(": ").words(entry.sentence), Paragraph::Role::kSmall);
  }
  return lines.take(false);
}

// Stands beneath the overall conclusion: above it are words of the catalogue alone, so that it is
// on page 1 whatever the number of items and the length of names.
bool stands_above(const catalogue::StandingSentence& sentence) {
  return sentence.id == "BEFORE_RECORDING_NOT_COVERED";
}

void add_limit(Blocks& blocks) {
  for (const auto& sentence : catalogue::standing_sentences()) {
    if (stands_above(sentence)) blocks.paragraph(sentence.text);
  }
}

// The others.
List standing(const Draft& draft) {
  Lines lines;
  for (const auto& sentence : catalogue::standing_sentences()) {
    if (stands_above(sentence)) continue;
    lines.add(Line(draft).words(sentence.text), Paragraph::Role::kSmall);
  }
  return lines.take(true);
}

// What the conclusion was reached under, in brief: the section on method has the digests.
Line reached_under(const Draft& draft) {
  const v1::Report& report = draft.report();
  Line line(draft);
  const auto add = [&](Label name, std::string_view value) {
    if (!line.empty()) line.text(semicolon(draft));
    line.words(name).text(": ").text(value);
  };
  const auto identity = [](const v1::TrustIdentity& value) {
    return fmt::format("{} {}", visible_or_dash(value.id()), value.version());
  };
  add(Label::kTrustList, identity(report.trust()));
  add(Label::kPolicy, identity(report.policy()));
  add(Label::kSoftware, visible_or_dash(report.bindings().software_version()));
  return line;
}

Blocks verify_box(const Draft& draft) {
  FieldList fields(draft);
  fields.add(Label::kPayload,
             fields.line().code(in_fours(core::to_hex(payload_digest(draft.report())))));
  if (const auto& logged = draft.options().logged) {
    fields.add(Label::kLogIndex, place_in_log(draft, logged->report));
  }
  Blocks blocks(draft);
  blocks.heading(3, Label::kVerifyBox).fields(fields.take());
  blocks.paragraph(reached_under(draft), Paragraph::Role::kSmall);
  blocks.paragraph(Label::kVerifyBoxHow, Paragraph::Role::kSmall);
  return blocks;
}

}  // namespace

Section first_page(const Draft& draft) {
  const auto& verdict = catalogue::entry(draft.report().verdict());
  Blocks blocks(draft);
  blocks.heading(1, Label::kTitle);
  add_notices(blocks, draft);
  blocks.heading(2, Label::kOverall).verdict(verdict).paragraph(verdict.sentence);
  add_limit(blocks);
  blocks.fields(facts(draft));
  blocks.heading(2, Label::kItems).list(items(draft));
  if (draft.options().level != Level::kLitigant && draft.report().evidence_size() > 0) {
    blocks.heading(3, Label::kMeanings).list(meanings(draft));
  }
  blocks.heading(2, Label::kStanding).list(standing(draft));
  blocks.group(verify_box(draft));
  return {.id = "overall", .new_page = false, .blocks = blocks.take()};
}

}  // namespace heyan::report
