// Trust lists and policies from disk, and again from a record file: the documents and every file
// that they name.
//
// Each file is read once, and the buffer that is hashed is the one that is parsed and kept
// (security decision 6). Files are opened beneath the folder of the document only.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "gateway/intake/refusal.h"
#include "heyan/v1/case_record.pb.h"
#include "verifier/trust/policy.h"
#include "verifier/trust/trust_list.h"

namespace heyan::intake {

using SourceFiles = google::protobuf::RepeatedPtrField<v1::SourceFile>;

struct LoadedTrust {
  trust::TrustList list;
  SourceFiles files;  // the document first; empty: none was given
};
struct LoadedPolicy {
  trust::Policy policy;
  SourceFiles files;  // empty: the built-in default
};

// kMalformed with every defect, or kIo. An empty path: no trust list, or the default policy.
std::expected<LoadedTrust, Refusal> load_trust(const std::filesystem::path& path);
std::expected<LoadedPolicy, Refusal> load_policy(const std::filesystem::path& path);

// From what a record file holds.
std::expected<LoadedTrust, Refusal> parse_trust(const SourceFiles& files);
std::expected<LoadedPolicy, Refusal> parse_policy(const SourceFiles& files);

}  // namespace heyan::intake
