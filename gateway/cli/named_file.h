// The fingerprints of a file that the user names, each by two libraries that agree.
#pragma once

#include <expected>
#include <set>
#include <string>

#include "gateway/cli/progress.h"
#include "gateway/cli/trouble.h"
#include "heyan/v1/case_record.pb.h"
#include "verifier/crypto/digest.h"

namespace heyan::cli {

// `threads`: 0 for one each core.
std::expected<v1::Measured, Trouble> measure_named(const std::string& path,
                                                   const std::set<crypto::Hash>& hashes,
                                                   unsigned threads, Progress& progress);

}  // namespace heyan::cli
