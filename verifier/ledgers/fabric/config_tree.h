// A channel's config as a flat map from paths to elements: the form in which Fabric compares and
// updates it.
//
// Threat: elements come with the evidence. Names are restricted to Fabric's own alphabet, so that a
// path names one element; groups are walked to a bounded depth. All views stand in the block that
// the caller keeps. Source: fabric common/configtx/configmap.go, update.go; fabric-protos
// common/configtx.proto.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "verifier/core/limits.h"
#include "verifier/ledgers/fabric/message.h"

namespace heyan::ledgers::fabric {

enum class ElementKind : std::uint8_t { kGroup, kValue, kPolicy };

// "/Channel", "/Channel/Orderer/BatchSize", ...: a group, a value and a policy may share a path.
struct ElementKey {
  ElementKind kind = ElementKind::kGroup;
  std::string path;
  auto operator<=>(const ElementKey&) const = default;
};

struct Element {
  std::uint64_t version = 0;
  std::string_view mod_policy;
  ByteView content;                   // of values: the value; of policies: Policy.value
  std::int32_t policy_type = 0;       // 1 SIGNATURE, 3 IMPLICIT_META
  std::set<std::string_view> groups;  // of groups: names of the members
  std::set<std::string_view> values;
  std::set<std::string_view> policies;

  bool operator==(const Element& other) const;
};

using ConfigTree = std::map<ElementKey, Element>;

// `group`: the channel's ConfigGroup.
Result<ConfigTree> parse_config_tree(ByteView group, const core::Limits& limits);

// What is reachable from "/Channel" by the members of its groups; the rest falls away (Fabric's
// configMapToConfig). kNotFound where a member is missing.
Result<ConfigTree> reachable(const ConfigTree& tree);

// The path without its last name, and that name.
std::string_view parent_path(std::string_view path);
std::string_view last_name(std::string_view path);

}  // namespace heyan::ledgers::fabric
