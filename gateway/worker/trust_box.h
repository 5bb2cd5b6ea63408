// What the box says of trust lists: of the one in force, and of what another would change. Nothing
// is put in force by it.
//
// Threat: the other list comes through an operator's session, so it may be anybody's; its text,
// archive and certificates are read here and nowhere else. Inside the sandbox; one job.
#pragma once

#include "gateway/intake/trust_files.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::worker {

inline constexpr std::size_t kTrustListBytes = 8u << 20;

v1::BoxAnswer show_trust(const intake::LoadedTrust& in_force);

// `given`: the TOML alone, where it names no other file; or a zip archive of the folder, at its
// root or beneath one folder. Of several TOML files at that place the one of the name in force is
// meant. Defects, all of them, where it is no trust list.
v1::BoxAnswer compare_trust(const intake::LoadedTrust& in_force, core::ByteView given);

}  // namespace heyan::worker
