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
  document.sections.push_back(first_page(draft));
  document.sections.push_back(case_section(draft));
  int number = 0;
  for (const auto& item : report.evidence()) {
    document.sections.push_back(item_section(draft, item, ++number));
  }
  document.sections.push_back(method_section(draft));
  return document;
}

}  // namespace heyan::report
