// What a malware scanner said of the files of submissions.
//
// Each submission's are looked at for it alone, also where the same bytes were looked at for
// another: by what was said, or when, or how soon, nobody is to learn that somebody else filed them
// (security decision 30). Times are UTC milliseconds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "verifier/core/bytes.h"

namespace heyan::store {

enum class ScanState : std::uint8_t {
  kPending,   // nobody has looked at it yet
  kClean,     // the scanner knew nothing in it
  kFound,     // it found what it calls `name`
  kTooLarge,  // nobody looked at it: it is larger than the scanner takes
};
std::string_view name(ScanState state);  // "PENDING" ..., as the interface and the tables write it

struct Scan {
  ScanState state = ScanState::kPending;
  std::string name{};      // of kFound, as the scanner gave it: made visible and cut
  std::int64_t at_ms = 0;  // 0: pending, or not known (schema_of_scans.h)
  bool operator==(const Scan&) const = default;
};

// Of a file of a submission, by the path that case.json has for it. Of the same bytes under several
// paths of one submission the same is said.
struct ScannedFile {
  std::string path;
  Scan scan;
};

struct DueScan {
  std::string submission;
  core::Bytes sha256;
  std::uint64_t size = 0;
  std::string court{};         // of the submission
  std::uint32_t attempts = 0;  // before
};

// Of files of submissions: the same bytes count in each that holds them.
struct ScanCounts {
  std::uint64_t pending = 0;
  std::uint64_t found = 0;
};

}  // namespace heyan::store
