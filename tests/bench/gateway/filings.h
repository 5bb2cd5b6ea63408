// Cases for the load bench: each with a case number, files and blocks of its own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/unit/fabric/network.h"

namespace heyan::bench {

struct Filing {
  std::string case_number;           // no other has it
  std::vector<std::string> digests;  // hex SHA-256 of its files, one for each item
  std::string boundary;
  std::string body;  // multipart/form-data: case.json, files, one block that holds all records
};

// Signatures in the proof of one filing: creator and two endorsers of each record, one orderer.
constexpr std::size_t signatures_of(std::size_t items) { return 3 * items + 1; }

Filing make_filing(const ledgers::fabric::testing::Network& network, std::size_t number,
                   std::size_t items);

// trust.toml of that network and what it names, for `heyan serve --sample`.
void write_trust(const ledgers::fabric::testing::Network& network,
                 const std::filesystem::path& folder);

}  // namespace heyan::bench
