// The text that a log signs: which log, how many entries, which root.
//
//   ORIGIN, SIZE in decimal, BASE64(ROOT), then extension lines, each line with its LF
//
// Threat: a checkpoint is worth what its signatures are worth (note.h); read it after them or
// believe nothing of it. Source: C2SP tlog-checkpoint, "Note text". Errors: kMalformed (not that
// grammar: a number with sign, space or leading zero, above 2^63 - 1; base64 that is not canonical
// or not 32 bytes; an empty line). Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/error.h"
#include "verifier/transparency/merkle.h"

namespace heyan::transparency {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  TreeHash root{};
  std::vector<std::string> extensions;
  bool operator==(const Checkpoint&) const = default;
};

// `text` is Note::text.
core::Result<Checkpoint> parse_checkpoint(std::string_view text);

// The text to sign; the same errors for what parse_checkpoint would refuse.
core::Result<std::string> encode_checkpoint(const Checkpoint& checkpoint);

}  // namespace heyan::transparency
