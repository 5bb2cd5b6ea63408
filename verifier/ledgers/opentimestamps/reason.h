// OpenTimestamps proofs in their own words (docs/opentimestamps.md).
#pragma once

#include <cstdint>
#include <set>
#include <string_view>

#include "heyan/v1/attestation.pb.h"

namespace heyan::ledgers::opentimestamps {

enum class Reason : std::uint8_t {
  kParse,  // breaks the format or its limits
  kDocumentMismatch,
  kRootMismatch,
  kMessageLength,  // a Bitcoin attestation over other than 32 bytes
  kHeaderUnknown,
  kHeaderTarget,  // none, or an easier one than the main chain has
  kHeaderWork,
  kHeaderPeriod,      // bits or time are not those of the period, or the period is not known
  kHeaderNotOnChain,  // another header is known at this height
  kHeaderTime,        // not above the median of the eleven before, or later than now
  kLink,              // does not name the header before it
  kPending,           // waits for a calendar
  kUnsupported,       // of another chain, or of a kind not known
  kWeakDigest,        // the file is named by its SHA-1
};

// "ROOT_MISMATCH", ...
std::string_view name(Reason reason);

using Reasons = std::set<Reason>;

}  // namespace heyan::ledgers::opentimestamps
