// The policy: how strictly. Read from TOML (docs/policy.md), or the built-in default. A value,
// immutable once read.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "heyan/v1/finding.pb.h"
#include "verifier/core/time.h"
#include "verifier/trust/table.h"

namespace heyan::trust {

// What a check that did not pass does. Decisive checks know kFail only (security decision 6).
enum class Weight : std::uint8_t { kFail, kWarn, kInform, kIgnore };

struct Policy {
  std::string id = "default";
  std::int64_t version = 1;
  std::chrono::seconds max_view_age = std::chrono::hours(24);
  // Until when a collision was not feasible; algorithms that are not named are acceptable. MD5 and
  // SHA-1 are always named: a document that is silent on them gets the dates of the default.
  std::map<std::string, core::UtcTime> algorithm_until;
  std::map<v1::CheckId, Weight> checks;  // only those that the document names
  // Expired certificates without time evidence are not counted.
  bool strict_expiry = false;
  core::Bytes digest;  // as TrustList::digest; of the built-in text for the default
};

// MD5 until 2004-08-17, SHA-1 until 2015-10-08 (dates of feasible collisions, security decision 9).
const Policy& default_policy();
// The document that it is read from, for showing; it names no other file.
std::string_view default_policy_text();

std::expected<Policy, std::vector<ConfigError>> parse_policy(std::string_view main_file,
                                                             const FileReader& files);

}  // namespace heyan::trust
