// The report as plain text, for terminals and screen readers: no colour, no table that needs
// columns, symbol and word together.
//
// Declared text (names, titles, what a record says) is shown quoted, cut and marked, controls made
// visible, and never on the line of a verdict (security decision 20). Pure, any thread.
#pragma once

#include <string>

#include "heyan/v1/report.pb.h"
#include "heyan/v1/submission.pb.h"
#include "schemas/catalogue/catalogue.h"

namespace heyan::report {

struct TextOptions {
  catalogue::Language language = catalogue::Language::kChinese;
  // Where the reader may see the parties' names, which the report itself holds only as commitments;
  // null: not shown.
  const v1::Submission* declared = nullptr;
  // Judged from a record file that no signed report is bound to (security decision 34): said first.
  bool origin_unknown = false;
};

// Lines end with "\n"; at most one sentence a line, unwrapped.
std::string render_text(const v1::Report& report, const TextOptions& options);

}  // namespace heyan::report
