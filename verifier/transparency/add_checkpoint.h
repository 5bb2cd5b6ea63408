// What a log asks of a witness: to cosign a checkpoint that follows the last one it cosigned.
//
//   old N                        size of that one, in decimal; 0 before the first
//   BASE64(HASH)                 the consistency proof from there, up to 63 lines
//   (blank line)
//   the signed checkpoint (note.h)
//
// Threat: every byte is hostile, and means nothing before the log's signature. Source: C2SP
// tlog-witness "add-checkpoint". Errors: kMalformed, kLimit. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/error.h"
#include "verifier/transparency/merkle.h"
#include "verifier/transparency/note.h"

namespace heyan::transparency {

inline constexpr std::size_t kMaxConsistencyProof = 63;
inline constexpr std::size_t kAddCheckpointBytes = kNoteBytes + (8u << 10);

struct AddCheckpoint {
  std::uint64_t old_size = 0;
  std::vector<TreeHash> proof;
  std::string checkpoint;  // the signed note, byte for byte; not looked at
  bool operator==(const AddCheckpoint&) const = default;
};

// What is accepted is what encode_add_checkpoint writes.
core::Result<AddCheckpoint> parse_add_checkpoint(std::string_view body);
std::string encode_add_checkpoint(const AddCheckpoint& request);

// The body of a witness' answer 409: its size and a line feed. kMalformed.
core::Result<std::uint64_t> parse_witness_size(std::string_view body);

}  // namespace heyan::transparency
