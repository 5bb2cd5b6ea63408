#include "verifier/ledgers/fabric/config_update.h"

#include <algorithm>
#include <array>

namespace heyan::ledgers::fabric {
namespace {

// Elements of the read set must be at the version that the config has.
bool is_current(const ConfigTree& read_set, const ConfigTree& config) {
  return std::ranges::all_of(read_set, [&](const auto& entry) {
    const auto existing = config.find(entry.first);
    return existing != config.end() && existing->second.version == entry.second.version;
  });
}

ConfigTree delta_of(const ConfigTree& read_set, const ConfigTree& write_set) {
  ConfigTree delta;
  for (const auto& [key, element] : write_set) {
    const auto read = read_set.find(key);
    if (read != read_set.end() && read->second.version == element.version) continue;
    delta.emplace(key, element);
  }
  return delta;
}

// Path of the policy that guards an element. Relative names start at the group itself, or at the
// group that holds a value or policy.
std::string guarding_policy(const ElementKey& key, std::string_view mod_policy) {
  if (mod_policy.starts_with('/')) return std::string(mod_policy);
  const std::string_view base =
      key.kind == ElementKind::kGroup ? std::string_view(key.path) : parent_path(key.path);
  return std::string(base) + "/" + std::string(mod_policy);
}

// Each changed element existed one version before and its guard is satisfied, or is new at version
// 0.
bool is_permitted(const ConfigTree& delta, const ChannelConfig& before,
                  std::span<const Identity* const> signers) {
  return std::ranges::all_of(delta, [&](const auto& entry) {
    const auto& [key, element] = entry;
    if (element.mod_policy.empty()) return false;
    const auto existing = before.tree().find(key);
    if (existing == before.tree().end()) return element.version == 0;
    if (element.version != existing->second.version + 1 || existing->second.mod_policy.empty())
      return false;
    return before.satisfied(guarding_policy(key, existing->second.mod_policy), signers);
  });
}

std::vector<const Identity*> signers_of(const ConfigUpdate& update, const ChannelConfig& before,
                                        Identities& identities) {
  std::vector<Claim> claims;
  for (const ConfigSignature& one : update.signatures) {
    const auto header = parse_signature_header(one.signature_header);
    if (!header) return {};
    claims.push_back(Claim{.identity = &identities.resolve(before, header->creator),
                           .message = {one.signature_header, update.bytes},
                           .signature = one.signature});
  }
  return good_identities(check_signers(claims, before, identities.verifier()));
}

// Values that say how the network runs, not whom it trusts.
bool is_operational(const ElementKey& key) {
  static constexpr std::array<std::string_view, 8> kNames{
      "BatchSize",    "BatchTimeout",     "AnchorPeers",         "Endpoints",
      "KafkaBrokers", "OrdererAddresses", "ChannelRestrictions", "Consortium"};
  return key.kind == ElementKind::kValue &&
         std::ranges::find(kNames, last_name(key.path)) != kNames.end();
}

}  // namespace

bool is_authorised(const ChannelConfig& before, const ConfigUpdate& update,
                   std::string_view channel, const ConfigTree& after, Identities& identities) {
  if (update.channel != channel) return false;
  const core::Limits& limits = identities.verifier().limits();
  const auto read_set = parse_config_tree(update.read_set, limits);
  const auto write_set = parse_config_tree(update.write_set, limits);
  if (!read_set || !write_set || !is_current(*read_set, before.tree())) return false;
  const ConfigTree delta = delta_of(*read_set, *write_set);
  if (delta.empty()) return false;
  if (!is_permitted(delta, before, signers_of(update, before, identities))) return false;

  ConfigTree proposed = before.tree();
  for (const auto& [key, element] : delta) proposed.insert_or_assign(key, element);
  const bool complete = std::ranges::all_of(
      *write_set, [&](const auto& entry) { return proposed.contains(entry.first); });
  const auto result = reachable(proposed);
  return complete && result && *result == after;
}

bool changes_trust(const ConfigTree& before, const ConfigTree& after) {
  const auto differs = [](const ConfigTree& one, const ConfigTree& other) {
    return std::ranges::any_of(one, [&](const auto& entry) {
      const auto& [key, element] = entry;
      if (is_operational(key)) return false;
      const auto match = other.find(key);
      if (match == other.end()) return true;
      Element same_version = match->second;
      same_version.version = element.version;
      if (key.kind != ElementKind::kGroup) return !(same_version == element);
      // Which operational values a group has is no matter of trust either.
      return same_version.mod_policy != element.mod_policy ||
             same_version.groups != element.groups || same_version.policies != element.policies;
    });
  };
  return differs(before, after) || differs(after, before);
}

}  // namespace heyan::ledgers::fabric
