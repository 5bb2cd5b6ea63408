// What this machine can do at best while nothing else runs: the bounds of the gateway's speed.
#pragma once

#include <filesystem>

#include "tests/unit/fabric/network.h"

namespace heyan::bench {

// P-256 signatures that one core verifies with both libraries, per second.
double verified_per_second(const ledgers::fabric::testing::Network& network);

// Small files made durable under a name (write, fsync, rename, fsync of the folder) one after the
// other, per second.
double durable_files_per_second(const std::filesystem::path& folder);

// Records appended to a file that are each made durable, one after the other, per second: what a
// database's log does for a transaction.
double durable_appends_per_second(const std::filesystem::path& folder);

}  // namespace heyan::bench
