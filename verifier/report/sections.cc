#include "verifier/report/sections.h"

#include "verifier/core/bytes.h"
#include "verifier/core/text.h"
#include "verifier/report/payload.h"
#include "verifier/report/section_list.h"

namespace heyan::report {

Document build_document(const v1::Report& report, const TextOptions& options) {
  const Draft draft(report, options);
  Document document{.language = options.language,
                    .title = draft.in(Label::kTitle),
                    .number = visible_or_dash(report.number()),
                    .payload_digest = core::to_hex(payload_digest(report)),
                    .sections = {}};
  const auto add = [&](Section section) { document.sections.push_back(std::move(section)); };
  if (options.level == Level::kHashReportUs || options.level == Level::kHashReportIndia) {
    document.title = draft.in(Label::kHashReportTitle);
    add(hash_report(draft, options.level));
    return document;
  }
  add(first_page(draft));
  if (options.level == Level::kLitigant) return document;
  add(case_section(draft));
  add(summary_section(draft));
  int number = 0;
  for (const auto& item : report.evidence()) add(item_section(draft, item, ++number));
  add(timeline_section(draft));
  add(elsewhere_section(draft));
  add(objections_section(draft));
  add(law_section(draft));
  add(method_section(draft));
  add(recheck_section(draft));
  if (options.level != Level::kExpert) return document;
  add(glossary_section(draft));
  for (Section& section : annex_sections(draft)) add(std::move(section));
  return document;
}

}  // namespace heyan::report
