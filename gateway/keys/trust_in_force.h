// List and policy that are in force, as a program is handed them by whoever starts it: what lies on
// the disk by then may be another list, which the court has approved for later or not at all.
//
// In sealed memory (memfd_create(2), F_SEAL_WRITE): who is handed it reads it and changes nothing.
#pragma once

#include <expected>

#include "gateway/keys/court_trust.h"
#include "gateway/os/descriptor.h"

namespace heyan::keys {

struct TrustInForce {
  intake::LoadedTrust list;
  intake::LoadedPolicy policy;
  core::UtcTime approved_until;  // the next update of the court's bundle
};

// kIo.
core::Result<os::Descriptor> seal_trust(const CourtTrust& trust);

// Of the same memory, as often as one likes. kMalformed: it was not sealed by seal_trust, or by a
// program that reads lists otherwise; kIo.
std::expected<TrustInForce, intake::Refusal> read_sealed_trust(os::Descriptor memory);

}  // namespace heyan::keys
