// The time-stamp authority that this installation asks: [tsa] of a configuration or a file of
// nodes.
//
// Threat: what it answers comes over any network and is believed by the certificates named here
// alone; whoever may write the file decides whose clock counts. Values.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gateway/ops/destination.h"
#include "verifier/crypto/certificate.h"

namespace heyan::ops {

struct Tsa : Destination {
  std::vector<std::filesystem::path> authorities;  // PEM: its certificate, or those of its CAs
  std::string policy;                              // "1.2.3.4", asked for; empty: its own
};

// `folder` is put before relative paths; defects go to the table.
Tsa read_tsa(trust::Table& table, const std::filesystem::path& folder);

// The certificates of `authorities`. kNotFound, kIo, kMalformed and others of a reader.
core::Result<std::vector<crypto::Certificate>> load_authorities(const Tsa& tsa);

}  // namespace heyan::ops
