// Known answers with every algorithm, by each library alone and by both together; what was changed
// must be refused.
//
// Run by `heyan selftest`, and by each program that verifies or signs before it takes anything in:
// libraries that load code or configuration when first used have done so before a sandbox is
// entered. One thread.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace heyan::selftest {

struct Outcome {
  std::string name;
  bool passed = false;
};

// Digests first, then signatures, in the order of known_answers.h.
std::vector<Outcome> run_known_answers();

// One key of each algorithm that signs here is made and used.
std::vector<Outcome> run_signing();

// True for nothing but a list in which every entry passed; an empty one has shown nothing.
bool all_passed(std::span<const Outcome> outcomes);

}  // namespace heyan::selftest
