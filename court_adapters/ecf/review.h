// What became of the documents of a message, as a callback tells it. Pure.
#pragma once

#include "court_adapters/ecf/filing.h"

namespace heyan::court_adapters::ecf {

struct ReviewedFile {
  const Attachment* attachment = nullptr;
  std::uint64_t size = 0;
  std::string sha256;  // as measured, 64 hexadecimal digits; empty: it was not
};

struct ReviewedDocument {
  const SentDocument* document = nullptr;
  std::string said;        // of each file, the verdict's words and why, or that it did not come
  bool delivered = false;  // one at least
  std::vector<ReviewedFile> files;

  // "received" and never "accepted": a court decides that, not we.
  std::string_view status() const { return delivered ? "received" : "not received"; }
};

// In the order of the message, of which they keep pointers.
std::vector<ReviewedDocument> review(const Message& message, const Outcome& outcome);

// The words for the whole submission. Empty without a report.
std::string said_of_all(const Outcome& outcome);

// The signed report as a document of its own: the form that `settings` name under "report_form",
// else PDF, else (where there is none) the JWS.
struct ReportFile {
  std::string_view media_type;
  std::string bytes;
};
std::optional<ReportFile> report_file(const Outcome& outcome, const Settings& settings);

inline constexpr std::string_view kReportForm = "report_form";

}  // namespace heyan::court_adapters::ecf
