// The report as one page for a judge: no script, nothing fetched, readable on paper, on a telephone
// and by a screen reader. It says what the text report says (text.h), in the same words.
//
// Declared text is quoted, marked, isolated in its direction, and never on the line of a verdict
// (security decision 20). The style sheet stands in one <style> element, so that a policy can name
// its digest. Pure, any thread.
#pragma once

#include <string>

#include "verifier/report/text.h"

namespace heyan::report {

std::string render_html(const v1::Report& report, const TextOptions& options);

}  // namespace heyan::report
