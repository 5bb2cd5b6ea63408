// An installation for development and demonstration, made in one folder: keys, certificates of its
// own authority, a court system, the sample trust list signed by two of three court keys made for
// it, and the configuration that names it all.
//
//   heyan.toml   keys/   court/ (court-1..3)   trust/ (the sample, bundle.jws)
//   front/tls/{ca,server}.{key,cert}.pem   demo/court-system.{key,cert}.pem
//
// Threat: every key of the installation lies in one folder, also those that a court keeps apart. It
// is for this machine alone, and its reports bear the mark of a sample.
#pragma once

#include <expected>
#include <filesystem>

#include "gateway/intake/refusal.h"
#include "verifier/core/time.h"

namespace heyan::setup {

struct Development {
  std::filesystem::path state;   // a new or empty folder
  std::filesystem::path sample;  // folder of trust.toml
  std::uint16_t port = 8443;     // court systems: the next one; metrics: 1000 more
  core::UtcTime now;
};

// The path of heyan.toml, which is written last: without it the folder is not an installation.
std::expected<std::filesystem::path, intake::Refusal> make_development(const Development& wanted);

}  // namespace heyan::setup
