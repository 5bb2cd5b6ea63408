// What can be noticed of a file that somebody hands in. It touches no bytes and no verdict.
#pragma once

#include <cstdint>
#include <set>
#include <string_view>

namespace heyan::uploads {

enum class Mark : std::uint8_t {
  kTypeNotAllowed,     // of a kind that is not taken
  kTypeMismatch,       // name, declared type and content say different things
  kMalformed,          // not readable as what it is
  kEncrypted,          // so nobody can look into it
  kTrailingData,       // after the end that the format has
  kActiveContent,      // scripts, macros, actions
  kExternalReference,  // draws in what lies elsewhere when it is opened
  kPixelLimit,         // larger than pictures are drawn; the bytes are taken
  // Of archives.
  kUnsafeName,
  kNulInName,
  kLongName,
  kDuplicateName,
  kLink,
  kOverlap,
  kHeadersDiffer,
  kEntryLimit,
  kSizeLimit,
  kRatioLimit,
  kNestingLimit,
};

std::string_view name(Mark mark);  // "type-mismatch"

using Marks = std::set<Mark>;

enum class Judgement : std::uint8_t { kAccept, kFlag, kReject };

// The most severe that any of them asks for.
Judgement judgement_of(const Marks& marks);

}  // namespace heyan::uploads
