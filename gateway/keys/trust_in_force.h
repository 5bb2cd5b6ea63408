// List and policy that are in force, as a program is handed them by whoever starts it: what lies on
// the disk by then may be another list, which the court has approved for later or not at all.
//
// In sealed memory (memfd_create(2), F_SEAL_WRITE): who is handed it reads it and changes nothing.
// The court's signature is handed, too, and each program verifies it for itself (security decision
// 3).
//
//   BYTES of the bundle as decimal digits, "\n", the bundle, and list and policy as a case record's
//   file keeps them
#pragma once

#include <expected>

#include "gateway/keys/court_trust.h"
#include "gateway/os/descriptor.h"

namespace heyan::keys {

// kIo.
core::Result<os::Descriptor> seal_trust(const CourtTrust& trust);

// Of the same memory, as often as one likes; verified with the keys that `named` says. kMalformed:
// it was not sealed by seal_trust, or by a program that reads lists otherwise; else as
// load_court_trust().
std::expected<CourtTrust, intake::Refusal> read_sealed_trust(os::Descriptor memory,
                                                             const ops::Trust& named,
                                                             bool production);

}  // namespace heyan::keys
