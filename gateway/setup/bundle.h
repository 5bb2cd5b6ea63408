// Signing a trust bundle: which trust list and policy a court approved (verifier/trust/bundle.h).
#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "gateway/intake/refusal.h"
#include "verifier/core/time.h"

namespace heyan::setup {

struct BundleRequest {
  std::filesystem::path trust_list;
  std::filesystem::path policy;         // empty: the built-in default
  std::string id;                       // empty: that of the trust list
  std::optional<std::int64_t> version;  // otherwise that of the trust list
  core::UtcTime issued;
  std::optional<core::UtcTime> next_update;  // otherwise that of the trust list, never later
};

// The document, signed with each of the keys (PEM files of P-256 keys that are their owner's
// alone). kMalformed: list or policy with every defect, no key, one key twice, dates that cannot
// be.
std::expected<std::string, intake::Refusal> sign_bundle(
    const BundleRequest& request, std::span<const std::filesystem::path> keys);

}  // namespace heyan::setup
