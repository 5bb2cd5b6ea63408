// Every time that is known of an item: what says it, since when or until when, by whose clock, and
// what that clock is worth. Internal to verifier/report.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "verifier/report/draft.h"

namespace heyan::report {

enum class TimeKind : std::uint8_t { kClaim, kFile, kRecord, kProof, kFiling };

struct TimeRow {
  TimeKind kind = TimeKind::kProof;
  int item = 0;  // from 1
  std::string party = {};
  std::string what = {};      // "Ledger proof"
  std::string source = {};    // who says so
  std::string strength = {};  // what that is worth
  v1::TimeInterval time = {};
  bool established = false;  // a proof that holds
  // What it says as one instant: as stated, or when a stamp was made.
  std::optional<std::int64_t> at_ms = {};
};

// Of every item, in their order; each item's by time, the filing only beside others. Claims are
// known only where the submission is shown.
std::vector<TimeRow> time_rows(const Draft& draft);

// What strikes one about these rows of one item, in words that assume nothing: differences of eight
// hours, and a long while between the file's own time or its record and the first proof of time.
// The first few.
List time_remarks(const Draft& draft, const std::vector<TimeRow>& rows);

}  // namespace heyan::report
