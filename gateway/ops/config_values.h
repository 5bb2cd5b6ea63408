// How single values of the configuration are read, from the file or the environment alike.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ops/config.h"
#include "verifier/trust/document.h"

namespace heyan::ops {

inline constexpr std::int64_t kMostJudges = 256;
inline constexpr std::int64_t kMostSeconds = std::int64_t{30} * 86'400;
inline constexpr std::int64_t kLeastSession = 10;  // seconds
inline constexpr std::int64_t kMostAccessHours = 168;
inline constexpr std::int64_t kMostCanarySeconds = 3'600;
inline constexpr std::int64_t kLeastKept = 184;  // days: six months have up to so many
inline constexpr std::int64_t kMostKept = 36'500;
inline constexpr std::int64_t kLeastWait = 30;  // days, before what was confirmed is deleted
inline constexpr std::int64_t kMostRequests = 1'000'000;
// As many as a listener of court systems has of all its clients (gateway/front/options.h).
inline constexpr std::int64_t kMostConnections = 1'024;
inline constexpr std::int64_t kMostPatience = 60;  // seconds, with a database that is away
inline constexpr std::int64_t kLeastBytes = 1 << 10;
// As much as a judge measures (core::Limits::file_bytes), and has the time for.
inline constexpr std::int64_t kMostBytes = std::int64_t{64} << 30;

// As it is where it stands there and is from `least` to `most`.
template <typename Number>
void read_number(trust::Table& table, std::string_view key, std::int64_t least, std::int64_t most,
                 Number& into) {
  const auto value = table.integer(key);
  if (!value) return;
  if (*value < least || *value > most) {
    table.defect(key, fmt::format("must be from {} to {}", least, most));
  } else {
    into = static_cast<Number>(*value);
  }
}

// A TOML basic string. Control characters never come out of a file that was read strictly.
std::string in_quotes(std::string_view text);
// What read_destination reads.
std::string destination_text(const Destination& to, std::string_view url = "url");

// Nothing unless a numeric address, a colon and a port that prints back to the same digits.
std::optional<Address> parse_address(std::string_view text);

// A numeric address, and not a name.
bool is_numeric_host(std::string_view host);
// One of this machine alone.
bool is_loopback(std::string_view host);

// What is wrong with the listeners' addresses, each by its key in [listen]: plain HTTP is of this
// machine alone, and no two are at one address.
struct ListenerFault {
  std::string_view key;
  std::string what;
  std::string remedy;
};
std::vector<ListenerFault> faults_of_listeners(const Config& config);

// What is wrong with limits.file_bytes beside [vault.s3], or empty.
std::string unlike_bucket(const Config& config);

// Relative paths are relative to the folder of the configuration; empty stays empty.
std::filesystem::path resolve_path(const std::filesystem::path& folder, std::string_view text);

}  // namespace heyan::ops
