// From a report to the document that every form lays out. All that a report says to a reader is
// said here, once: a section of the page is a file, section_*.cc.
//
// The same report and options give the same document. Linear in the items. Pure, any thread.
#pragma once

#include "verifier/report/document.h"
#include "verifier/report/text.h"

namespace heyan::report {

// The report must have been judged: every item has its checks and findings.
Document build_document(const v1::Report& report, const TextOptions& options);

}  // namespace heyan::report
