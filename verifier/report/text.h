// The report as plain text, for terminals and screen readers: no colour, no table that needs
// columns, symbol and word together.
//
// Declared text (names, titles, what a record says) is shown quoted, cut and marked, controls made
// visible, and never on the line of a verdict (security decision 20). Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "heyan/v1/report.pb.h"
#include "heyan/v1/submission.pb.h"
#include "schemas/catalogue/catalogue.h"
#include "verifier/disclosure.h"
#include "verifier/report/log_entry.h"

namespace heyan::report {

// How much of it: a level picks sections. The machine's level is the payload itself (payload.h).
enum class Level : std::uint8_t {
  kLitigant,  // page 1: each item's verdict in a sentence, and what to do next
  kJudge,     // and all sections but what follows; statutes are cited
  kExpert,    // and the same content elsewhere, glossary, full values, statutes word for word
  // Worksheets beside the report, for who certifies copies elsewhere: section_hash_report.cc.
  kHashReportUs,
  kHashReportIndia,
};
// "litigant", "judge", "expert", "hash-report-us", "hash-report-in"; nothing for any other word.
std::optional<Level> level_by_name(std::string_view name);

struct TextOptions {
  catalogue::Language language = catalogue::Language::kChinese;
  // What the party declared beside what the report holds (claims); null: not
  // shown.
  const v1::Submission* declared = nullptr;
  // Personal fields that the reader may see. What does not open its commitment is not shown, and
  // what is not disclosed is said to be withheld.
  std::span<const Disclosure> disclosures = {};
  // Judged from a record file that no signed report is bound to (security decision 34): said first.
  bool origin_unknown = false;
  Level level = Level::kJudge;
  // The page comes from an address that answers "?lang=en": it links to itself in the other
  // language. A file would link to nothing.
  bool served = false;
  // Where the report and its intake stand in the log; absent where it is not logged.
  std::optional<LoggedAs> logged = std::nullopt;
};

// Lines end with "\n"; at most one sentence a line, unwrapped.
std::string render_text(const v1::Report& report, const TextOptions& options);

}  // namespace heyan::report
