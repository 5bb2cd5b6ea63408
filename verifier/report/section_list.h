// The sections of a document, one function each. Internal to verifier/report.
#pragma once

#include "verifier/report/draft.h"

namespace heyan::report {

Section first_page(const Draft& draft);
Section case_section(const Draft& draft);
// `number`: its place among the items, from 1.
Section item_section(const Draft& draft, const v1::ItemReport& item, int number);
Section method_section(const Draft& draft);

}  // namespace heyan::report
