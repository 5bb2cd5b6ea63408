// From the catalogue's tables to the C++ source that holds them. Runs while building; tests run it
// on faulty tables.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace heyan::catalogue {

// The file names of the tables, in the order in which their defects are told.
const std::vector<std::string>& table_files();

struct Generated {
  std::string source;                // of tables.cc; empty where there is a defect
  std::string labels;                // of label_ids.h; likewise
  std::vector<std::string> defects;  // "FILE:LINE: what"
};

// `tables`: file name -> content. Tables and the protobuf enums must name the same checks, reasons
// and verdicts.
Generated generate(const std::map<std::string, std::string>& tables);

}  // namespace heyan::catalogue
