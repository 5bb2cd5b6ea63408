// What a malware scanner said of the files that a court holds.
//
// A file is its bytes at one court (vault.h): looked at once, however many submissions hold it, and
// what is found of it at one court says nothing at another. Times are UTC milliseconds.
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
  std::int64_t at_ms = 0;  // 0: pending
  bool operator==(const Scan&) const = default;
};

// Of a file of a submission, by the path that case.json has for it.
struct ScannedFile {
  std::string path;
  Scan scan;
};

struct DueScan {
  std::string court;
  core::Bytes sha256;
  std::uint64_t size = 0;
  std::string submission{};    // one that holds it
  std::uint32_t attempts = 0;  // before
};

struct ScanCounts {
  std::uint64_t pending = 0;
  std::uint64_t found = 0;
};

}  // namespace heyan::store
