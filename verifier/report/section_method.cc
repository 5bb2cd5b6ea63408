// By which rules and with which program, how to check that, and what the words mean.
#include "verifier/core/bytes.h"
#include "verifier/report/payload.h"
#include "verifier/report/section_list.h"
#include "verifier/report/words.h"

namespace heyan::report {
namespace {

Line identity(const Draft& draft, const v1::TrustIdentity& value, const std::string& digest) {
  return Line(draft)
      .text(fmt::format("{} {} · SHA-256 ", visible_or_dash(value.id()), value.version()))
      .code(hex(digest));
}

Line self_test(const Draft& draft) {
  if (!draft.report().has_self_test()) return Line(draft).words(Label::kSelfTestNotRun);
  const v1::SelfTest& test = draft.report().self_test();
  return Line(draft).filled(test.passed() ? Label::kSelfTestPassed : Label::kSelfTestFailed,
                            rfc3339(test.at_ms()));
}

Table views(const Draft& draft) {
  Table table =
      table_of(draft, {Label::kChain, Label::kReachable, Label::kViewTime, Label::kBlockHeight});
  for (const auto& view : draft.report().views()) {
    table.rows.push_back({Line(draft).text(draft.ledger(view.ledger())).spans(),
                          Line(draft).words(view.reachable() ? Label::kYes : Label::kNo).spans(),
                          Line(draft).text(rfc3339(view.taken_at_ms())).spans(),
                          Line(draft).text(std::to_string(view.height())).spans()});
  }
  return table;
}

}  // namespace

Section method_section(const Draft& draft) {
  const v1::Report& report = draft.report();
  const v1::Bindings& bindings = report.bindings();
  FieldList fields(draft);
  fields.add(Label::kTrustList, identity(draft, report.trust(), bindings.trust_list()));
  fields.add(Label::kPolicy, identity(draft, report.policy(), bindings.policy()));
  fields.add(Label::kSoftware, fields.line().text(visible_or_dash(bindings.software_version())));
  fields.add(Label::kSelfTest, self_test(draft));
  fields.add(Label::kCaseRecord, fields.line().code(hex(bindings.case_record())));
  fields.add(Label::kCircumstances, fields.line().code(hex(bindings.circumstances())));
  fields.add(Label::kPayload, fields.line().code(core::to_hex(payload_digest(report))));
  Blocks blocks(draft);
  blocks.heading(2, Label::kBasis).paragraph(Label::kMethodHow).fields(fields.take());
  blocks.heading(3, Label::kViews);
  Table asked = views(draft);
  if (asked.rows.empty()) blocks.paragraph(Label::kNoViews, Paragraph::Role::kSmall);
  blocks.table(std::move(asked));
  return {.id = "method", .new_page = true, .blocks = blocks.take()};
}

Section recheck_section(const Draft& draft) {
  Lines steps;
  for (const Label step : {Label::kRecheckScan, Label::kRecheckPage, Label::kRecheckOffline,
                           Label::kRecheckAgain, Label::kRecheckByHand}) {
    steps.add(Line(draft).words(step));
  }
  Blocks blocks(draft);
  blocks.heading(2, Label::kRecheck).list(steps.take(true));
  return {.id = "recheck", .new_page = false, .blocks = blocks.take()};
}

Section glossary_section(const Draft& draft) {
  Table table = table_of(draft, {Label::kTermZh, Label::kTermEn, Label::kMeaning});
  for (const catalogue::GlossaryEntry& entry : catalogue::glossary()) {
    table.rows.push_back({Line(draft).text(entry.term.zh).spans(),
                          Line(draft).text(entry.term.en).spans(),
                          Line(draft).words(entry.meaning).spans()});
  }
  Blocks blocks(draft);
  blocks.heading(2, Label::kGlossary).table(std::move(table));
  return {.id = "glossary", .new_page = false, .blocks = blocks.take()};
}

}  // namespace heyan::report
