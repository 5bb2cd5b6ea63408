// The fingerprints that were measured, as checks look at them. Inside the verifier; pure, any
// thread.
#pragma once

#include <string_view>

#include "heyan/v1/case_record.pb.h"
#include "heyan/v1/submission.pb.h"
#include "verifier/crypto/digest.h"

namespace heyan::checks {

// Null or nothing for a number that is no algorithm.
std::optional<crypto::Hash> hash_of(v1::DigestAlgorithm algorithm);
// "sha-256" ...; "unknown" for a number that is no algorithm.
std::string_view algorithm_name(v1::DigestAlgorithm algorithm);

enum class Comparison {
  kEqual,
  kDiffers,
  kNotMeasured,  // no such digest was computed, or the two libraries differ and one of them agrees
};

// Compares a digest of a record or declaration with the file's.
Comparison compare(const v1::Digest& stated, const v1::Measured& measured);

// Null where it was not measured.
const v1::MeasuredDigest* find_digest(const v1::Measured& measured, v1::DigestAlgorithm algorithm);

}  // namespace heyan::checks
