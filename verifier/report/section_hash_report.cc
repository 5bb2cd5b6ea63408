// The hash report: the fingerprints of the files as facts, for a person who certifies copies under
// a rule of another country, with what that person has to state left blank.
//
// Sources: Federal Rules of Evidence (United States), rule 902(14); Bharatiya Sakshya Adhiniyam,
// 2023 (India), section 63(4) and Schedule, parts A and B. It claims to meet neither.
#include <fmt/format.h>

#include <initializer_list>

#include "verifier/core/text.h"
#include "verifier/report/item_parts.h"
#include "verifier/report/payload.h"
#include "verifier/report/section_list.h"

namespace heyan::report {
namespace {

constexpr std::string_view kBlank = "____________________";

Fields blanks(const Draft& draft, std::initializer_list<Label> names) {
  FieldList out(draft);
  for (const Label name : names) out.add(name, out.line().text(kBlank));
  return out.take();
}

Fields source(const Draft& draft) {
  const v1::Report& report = draft.report();
  const bool declared = report.submission_is_declared();
  FieldList out(draft);
  out.add(Label::kNumber, out.line().text(visible_or_dash(report.number())));
  out.add(Label::kPayload, out.line().code(in_fours(core::to_hex(payload_digest(report)))));
  if (!report.case_number().empty()) {
    out.add(Label::kCase, out.line().told(report.case_number(), declared));
  }
  out.add(Label::kAsOf, out.line().text(rfc3339(report.as_of_ms())));
  out.add(Label::kSoftware, out.line().text(visible_or_dash(report.bindings().software_version())));
  return out.take();
}

void add_blanks(Blocks& blocks, const Draft& draft, Level level) {
  blocks.heading(2, Label::kHashReportBlanks);
  if (level == Level::kHashReportUs) {
    blocks.fields(blanks(
        draft, {Label::kBlankNameAndPosition, Label::kBlankQualification, Label::kBlankOriginal,
                Label::kBlankCopying, Label::kBlankOriginalFingerprint, Label::kBlankComparison,
                Label::kBlankDeclaration, Label::kBlankSignature}));
    return;
  }
  blocks.heading(3, Label::kHashReportPartA);
  blocks.fields(
      blanks(draft, {Label::kBlankPerson, Label::kBlankDeviceKind, Label::kBlankDeviceMake,
                     Label::kBlankDeviceIdentifier, Label::kBlankDeviceState,
                     Label::kBlankDeviceRelation, Label::kBlankHash, Label::kBlankSignatureIst}));
  blocks.heading(3, Label::kHashReportPartB);
  blocks.fields(blanks(draft, {Label::kBlankNameAndPosition, Label::kBlankQualification,
                               Label::kBlankHash, Label::kBlankSignatureIst}));
}

}  // namespace

Section hash_report(const Draft& draft, Level level) {
  Blocks blocks(draft);
  blocks.heading(1, Label::kHashReportTitle);
  if (draft.report().trust().sample()) {
    blocks.paragraph(Label::kSampleNotice, Paragraph::Role::kNotice);
  }
  blocks.paragraph(Label::kHashReportNotice, Paragraph::Role::kNotice);
  blocks.paragraph(level == Level::kHashReportUs ? Label::kHashReportForUs
                                                 : Label::kHashReportForIndia);
  blocks.heading(2, Label::kHashReportSource).fields(source(draft));
  blocks.paragraph(Label::kHashReportHow);
  int number = 0;
  for (const auto& item : draft.report().evidence()) {
    blocks.heading(2, blocks.line().filled(Label::kItemNumber, ++number));
    add_file_facts(blocks, draft, item);
  }
  add_blanks(blocks, draft, level);
  return {.id = "hash-report", .new_page = false, .blocks = blocks.take()};
}

}  // namespace heyan::report
