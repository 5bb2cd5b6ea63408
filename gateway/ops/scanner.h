// The malware scanner that this installation asks: [scanner], a clamd of this machine.
//
// Threat: whoever may write the file decides whom the evidence is shown to, so it is a socket of
// the file system or a loopback address and never another machine: clamd neither encrypts nor says
// who it is. Values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "verifier/trust/table.h"

namespace heyan::ops {

struct Scanner {
  std::filesystem::path socket;  // empty: `host` and `port`
  std::string host;              // numeric, of the loopback
  std::uint16_t port = 0;
  std::uint64_t max_bytes = 100ull << 20;  // of a file: more is not shown to it
  unsigned seconds = 150;                  // for one file
};

// `folder` is put before relative paths; defects go to the table.
Scanner read_scanner(trust::Table& table, const std::filesystem::path& folder);

}  // namespace heyan::ops
