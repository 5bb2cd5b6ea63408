// All signatures of a container: XML files by themselves, CMS and time stamps by their manifests,
// or in ASiC-S by their names.
#pragma once

#include <vector>

#include "court_adapters/asic/package.h"
#include "court_adapters/asic/signature.h"

namespace heyan::court_adapters::asic {

// In one container; what is more is not looked at, which is told.
inline constexpr std::size_t kMostSignatures = 64;
inline constexpr std::size_t kMostSignatureFiles = 256;  // and manifests

// Those that can be read, in the order of the container; what cannot be is added to `faults`.
// `simple`: ASiC-S. There the content of CMS and time stamps is the object: its name is left empty.
std::vector<Signature> read_signatures(Package& package, bool simple,
                                       crypto::SignatureChecker& checker,
                                       const core::Limits& limits, std::vector<Fault>& faults);

}  // namespace heyan::court_adapters::asic
