// The sections of a document, one function each, in their order. Internal to verifier/report.
#pragma once

#include "verifier/report/draft.h"

namespace heyan::report {

Section first_page(const Draft& draft);
Section case_section(const Draft& draft);
Section summary_section(const Draft& draft);
// `number`: its place among the items, from 1.
Section item_section(const Draft& draft, const v1::ItemReport& item, int number);
Section timeline_section(const Draft& draft);
Section elsewhere_section(const Draft& draft);
Section objections_section(const Draft& draft);
Section law_section(const Draft& draft);
Section method_section(const Draft& draft);
Section recheck_section(const Draft& draft);
Section glossary_section(const Draft& draft);
// Full values of every item, then the articles relied on.
std::vector<Section> annex_sections(const Draft& draft);
// All of a worksheet. `level`: one of the hash reports.
Section hash_report(const Draft& draft, Level level);

}  // namespace heyan::report
