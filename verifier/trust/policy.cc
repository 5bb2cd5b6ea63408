#include "verifier/trust/policy.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "schemas/catalogue/catalogue.h"
#include "verifier/crypto/digest.h"
#include "verifier/trust/document.h"
#include "verifier/trust/nearest.h"
#include "verifier/trust/parts.h"

namespace heyan::trust {
namespace {

constexpr std::string_view kDefaultName = "default-policy.toml";
constexpr std::string_view kDefaultText =
    "[policy]\n"
    "id = \"default\"\n"
    "version = 1\n"
    "max_view_age = \"24h\"\n"
    "\n"
    "[algorithms]\n"
    "\"md5\" = { until = 2004-08-17 }\n"
    "\"sha-1\" = { until = 2015-10-08 }\n";

constexpr std::array<std::string_view, 4> kWeights = {"fail", "warn", "inform", "ignore"};
constexpr std::int64_t kLongestAgeSeconds = 10LL * 366 * 24 * 3600;

// "90s" "30m" "24h" "7d": a whole number and one unit.
std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  if (text.empty() || text.front() < '1' || text.front() > '9') return std::nullopt;
  std::int64_t unit = 0;
  switch (text.back()) {
    case 's':
      unit = 1;
      break;
    case 'm':
      unit = 60;
      break;
    case 'h':
      unit = 3600;
      break;
    case 'd':
      unit = 86'400;
      break;
    default:
      return std::nullopt;
  }
  std::int64_t number = 0;
  const char* const begin = text.begin();
  const char* const end = text.end() - 1;
  const auto [stop, error] = std::from_chars(begin, end, number);
  if (error != std::errc() || stop != end || number > kLongestAgeSeconds / unit) {
    return std::nullopt;
  }
  return std::chrono::seconds(number * unit);
}

void read_head(Table& root, Policy& policy) {
  auto table = root.table("policy");
  if (!table) {
    if (!root.has("policy")) root.defect("policy", "is missing", "Begin with the table [policy]");
    return;
  }
  policy.id = read_id(*table).value_or("");
  const auto version = table->integer("version");
  policy.version = version.value_or(0);
  if (!table->has("version")) table->defect("version", "is missing");
  if (version && *version < 1) table->defect("version", "must be at least 1");
  if (const auto age = table->text("max_view_age")) {
    if (const auto duration = parse_duration(*age)) {
      policy.max_view_age = *duration;
    } else {
      table->defect("max_view_age", "is no duration of at most ten years",
                    "Write a number and a unit: 90s 30m 24h 7d");
    }
  }
  policy.strict_expiry = table->boolean("strict_expiry").value_or(false);
}

void read_algorithms(Table& root, Policy& policy) {
  auto table = root.table("algorithms");
  if (!table) return;
  static constexpr std::array<std::string_view, 6> kAlgorithms = {"md5",     "sha-1",   "sha-256",
                                                                  "sha-384", "sha-512", "sm3"};
  for (const std::string& algorithm : table->keys()) {
    if (!crypto::hash_by_name(algorithm)) {
      table->defect(algorithm, "is no digest algorithm",
                    "The nearest is '" + std::string(nearest(algorithm, kAlgorithms)) + "'");
    }
    auto entry = table->table(algorithm);
    if (!entry) continue;
    if (const auto until = entry->time("until")) {
      policy.algorithm_until[algorithm] = *until;
    } else if (!entry->has("until")) {
      entry->defect("until", "is missing");
    }
  }
}

void read_check(Table& table, const std::string& code, Policy& policy) {
  const catalogue::CheckEntry* check = catalogue::check_by_code(code);
  const auto word = table.word(code, kWeights);
  if (check == nullptr) {
    std::vector<std::string_view> codes;
    for (const catalogue::CheckEntry& entry : catalogue::checks()) codes.push_back(entry.code);
    table.defect(code, "is no check", "The nearest is '" + std::string(nearest(code, codes)) + "'");
    return;
  }
  if (!word) return;
  const auto weight = static_cast<Weight>(std::ranges::find(kWeights, *word) - kWeights.begin());
  if (check->weight == catalogue::CheckWeight::kDecisive && weight != Weight::kFail) {
    table.defect(code, "is decisive and cannot be weakened to '" + *word + "'",
                 "Write \"fail\" or leave it out");
    return;
  }
  policy.checks[check->id] = weight;
}

}  // namespace

std::string_view default_policy_text() { return kDefaultText; }

const Policy& default_policy() {
  static const Policy policy = [] {
    auto parsed = parse_policy(kDefaultName, [](std::string_view) -> core::Result<core::Bytes> {
      return core::to_bytes(kDefaultText);
    });
    if (!parsed) std::abort();  // our own text; a test reads it
    return *std::move(parsed);
  }();
  return policy;
}

std::expected<Policy, std::vector<ConfigError>> parse_policy(std::string_view main_file,
                                                             const FileReader& files) {
  Document document(main_file, files);
  if (!document.readable()) return std::unexpected(document.errors());
  Table root = document.root();
  Policy policy;
  // A policy that is silent on a broken algorithm does not thereby accept it.
  policy.algorithm_until = {{"md5", std::chrono::sys_days(std::chrono::year(2004) / 8 / 17)},
                            {"sha-1", std::chrono::sys_days(std::chrono::year(2015) / 10 / 8)}};
  read_head(root, policy);
  read_algorithms(root, policy);
  if (auto checks = root.table("checks")) {
    for (const std::string& code : checks->keys()) read_check(*checks, code, policy);
  }
  root.finish();
  if (auto errors = document.errors(); !errors.empty()) return std::unexpected(std::move(errors));
  policy.digest = digest_of(document.files());
  return policy;
}

}  // namespace heyan::trust
