// A witness that cosigns the report log: [[witness]] of a configuration.
//
// Threat: it may be away, or lie; only a signature by the key that stands here counts, whoever
// answers at the address. Values.
#pragma once

#include <filesystem>
#include <string>

#include "gateway/ops/destination.h"

namespace heyan::ops {

struct LogWitness : Destination {
  std::string vkey;          // C2SP signed-note, of type 04; whoever signs looks at it as a whole
  std::string name() const;  // of the key; empty where it is none
};

// `folder` is put before relative paths; defects go to the table.
LogWitness read_log_witness(trust::Table& table, const std::filesystem::path& folder);

}  // namespace heyan::ops
