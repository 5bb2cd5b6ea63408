// What a proof system gives to the conformance test: proofs that its ledger accepts, and which of
// their bytes nobody signs.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "heyan/v1/case_record.pb.h"
#include "heyan/v1/submission.pb.h"
#include "verifier/core/bytes.h"

namespace heyan::conformance {

struct Sample {
  std::string name;
  std::string ledger;  // id of the ledger in the trust list; empty: what it judges has none,
  std::string format;  // and is of this format
  std::map<std::string, core::Bytes> trust_files;  // "trust.toml" and what it names
  v1::Item item;                                   // without proofs
  v1::ItemRecord measured;
  core::Bytes proof;
  // May this byte change without the proof losing anything? Everything else must not.
  std::function<bool(std::size_t offset)> is_unsigned = [](std::size_t) { return false; };
};

struct SampleFolder {
  std::string format_folder;  // name of the proof system's folder
  std::vector<Sample> (*samples)();
};

std::vector<SampleFolder> all_samples();

// Test files, read whole; a missing one ends the test run.
core::Bytes read_test_file(const std::string& path);

}  // namespace heyan::conformance
