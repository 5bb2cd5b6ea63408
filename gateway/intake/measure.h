// Size and digests of one file, each digest by two libraries, in one pass and bounded memory.
#pragma once

#include <functional>
#include <set>

#include "gateway/os/byte_sink.h"
#include "heyan/v1/case_record.pb.h"
#include "verifier/core/error.h"
#include "verifier/crypto/digest.h"

namespace heyan::intake {

// Called by the reading thread with the bytes read since the last call.
using Advance = std::function<void(std::size_t bytes)>;

struct MeasureOptions {
  std::set<crypto::Hash> hashes = {crypto::Hash::kSha256, crypto::Hash::kSm3};
  unsigned threads = 1;           // that compute digests, besides the one that reads
  std::uint64_t limit_bytes = 0;  // larger files: kLimit
  Advance advance;                // may be empty
};

// Reads through `feed` to the end. A file that was not the same before and after gets
// MEASURE_OUTCOME_CHANGED_WHILE_READING and no digests: they would be of no file that ever existed.
core::Result<v1::Measured> measure(const os::Feed& feed, const MeasureOptions& options);

// The protobuf name of an algorithm, and back; nothing where there is none.
v1::DigestAlgorithm algorithm_of(crypto::Hash hash);
std::optional<crypto::Hash> hash_of(v1::DigestAlgorithm algorithm);

}  // namespace heyan::intake
