// The fingerprint that an attestation of an operator speaks of, against the file that was measured.
//
// Pure; any thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "heyan/v1/case_record.pb.h"
#include "heyan/v1/finding.pb.h"
#include "heyan/v1/submission.pb.h"
#include "verifier/core/bytes.h"

namespace heyan::ledgers::zhixin {

std::optional<v1::DigestAlgorithm> algorithm_by_name(std::string_view name);  // "sm3"
std::string_view algorithm_name(v1::DigestAlgorithm algorithm);
std::size_t digest_bytes(v1::DigestAlgorithm algorithm);

struct Match {
  // The algorithm, where the file or the only candidate tells it.
  std::optional<v1::DigestAlgorithm> algorithm;
  std::optional<v1::Finding> finding;  // MATCH-1; absent where nothing could be compared
};

// `candidates`: what the fingerprint may be; those of another length are passed over. It differs
// only where each of them was measured and none is equal. `source` says in the finding where the
// fingerprint stands.
Match match_file(core::ByteView fingerprint, std::span<const v1::DigestAlgorithm> candidates,
                 const v1::Measured& measured, std::string_view source);

}  // namespace heyan::ledgers::zhixin
