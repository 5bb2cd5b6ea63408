// A document laid out on pages of A4: tagged, with an outline, the number of the report, the page
// and the payload's digest at the foot of each, letters embedded.
//
// The same document, options and font files give the same bytes. Text that is longer than a line,
// a cell or a page goes on in the next; nothing is cut. Time and size grow with the text. Sources:
// ISO 32000-1 14.7 and 14.8 (tags) by way of cairo_tag_begin. Opens no file. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/pdf/fonts.h"
#include "verifier/core/time.h"
#include "verifier/report/document.h"

namespace heyan::pdf {

struct PrintOptions {
  core::UtcTime as_of;    // the date that the file says it has
  std::string statement;  // what the QR code on page 1 says; empty: none, and marked as a draft
  // A receipt has neither code nor mark: what its digest at the foot is of was signed by itself.
  enum class Kind : std::uint8_t { kReport, kReceipt };
  Kind kind = Kind::kReport;
};

// PDF 1.5 as Cairo writes it; complete.h makes of it what is handed out.
struct Printed {
  std::string bytes;
  std::vector<std::string> figures;  // what each Figure element shows, in their order
};

// kLimit: more than 5 000 pages, or a statement too long for a QR code; kInternal: a library
// failed.
core::Result<Printed> print(const report::Document& document, const PrintOptions& options,
                            const Fonts& fonts);

}  // namespace heyan::pdf
