// An audit trail, looked at by somebody who does not trust it: `heyan audit verify`.
//
// Every line is read again: its spelling, its number, both digests of the line before it, its time.
// That shows that the trail is one piece, not that it is the one which was written: whoever can
// write all of it can write all of it anew. So the heads that the signer put into the report log
// are held against it; what follows the last of them is only chained. Times are what the writer, or
// whoever wrote the trail anew, put there: where something hangs on one, it counts as no later than
// the log and the clock of whoever verifies allow. Any thread.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/audit/record.h"
#include "verifier/core/error.h"

namespace heyan::audit {

inline constexpr std::size_t kMostFindings = 100;  // kept; all are counted

// The head of a trail, as the report log has it.
struct LoggedHead {
  std::string writer;
  core::Bytes trail;
  std::uint64_t record = 0;
  core::Bytes sha256;
  core::Bytes sm3;
  core::UtcTime at;
};

struct TrailFinding {
  // Of Fault, or "segment-name" "segment-trail" "segment-missing" "segment-unreadable"
  // "unfinished-line" "empty" "removed-unsaid" "kept-too-short" "head-differs" "head-beyond"
  // "head-order" "head-writer" "head-future" "future" (the last record's time is after that of
  // the verification).
  std::string_view word;
  std::uint64_t record = 0;  // where
  bool operator==(const TrailFinding&) const = default;
};

struct Verified {
  std::string writer;
  core::Bytes trail;
  std::uint64_t first = 0;  // the first record that was kept
  std::uint64_t next = 0;   // one beyond the last that holds
  core::UtcTime first_at;
  core::UtcTime last_at;
  std::size_t unfinished_bytes = 0;  // a line that is being written, or a crash left
  std::map<std::string_view, std::uint64_t> counts;  // of records that hold, by event
  std::uint64_t heads = 0;              // of this trail in the log, that were held against a record
  std::uint64_t heads_before = 0;       // of records that are not kept any more
  std::optional<std::uint64_t> logged;  // the last record that the log's heads cover
  std::vector<TrailFinding> findings;
  std::uint64_t finding_count = 0;

  bool holds() const { return finding_count == 0; }
};

// `logged`: the heads of all trails, in the order of the log. `at`: of the verification. An error
// only where there is nothing to look at: kNotFound (no folder, or no segment in it), kIo.
core::Result<Verified> verify(const std::filesystem::path& folder,
                              std::span<const LoggedHead> logged, core::UtcTime at);

}  // namespace heyan::audit
