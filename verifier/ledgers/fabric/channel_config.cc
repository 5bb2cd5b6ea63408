#include "verifier/ledgers/fabric/channel_config.h"

namespace heyan::ledgers::fabric {
namespace {

constexpr std::int32_t kSignaturePolicy = 1;
constexpr std::int32_t kImplicitMetaPolicy = 3;
constexpr std::size_t kMaxPolicyDepth = 16;
constexpr std::string_view kOrderer = "/Channel/Orderer";
constexpr std::string_view kApplication = "/Channel/Application";

struct NumberedConsenter {
  std::uint32_t number = 0;
  Consenter consenter;
};

Result<NumberedConsenter> parse_consenter(const Field& outer) {
  HEYAN_TRY(const ByteView bytes, outer.as_bytes());
  NumberedConsenter result;
  std::string_view msp;
  ByteView certificate;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(result.number, field);
      case 3:
        return skip_number(field);  // port
      case 4:
        return put(msp, field);
      case 5:
        return put(certificate, field);
      case 2:  // host
      case 6:  // TLS certificates
      case 7:
        return skip_bytes(field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  result.consenter = Consenter{std::string(msp), core::to_bytes(certificate)};
  return result;
}

Result<bool> has_capability(ByteView content, std::string_view wanted) {
  bool found = false;
  const auto visit = [&](const Field& field) -> Result<void> {
    if (field.number != 1) return unknown(field);
    HEYAN_TRY(const MapEntry entry, read_map_entry(field));
    found = found || entry.key == wanted;
    return {};
  };
  HEYAN_CHECK_OK(read_fields(content, {1}, visit));
  return found;
}

}  // namespace

Result<ChannelConfig> ChannelConfig::parse(ByteView group, KeptBytes block, Verifier& verifier) {
  ChannelConfig config;
  config.block_ = std::move(block);
  HEYAN_TRY(config.tree_, parse_config_tree(group, verifier.limits()));
  HEYAN_CHECK_OK(config.read_values(verifier));
  HEYAN_CHECK_OK(config.read_policies(verifier));
  return config;
}

Result<void> ChannelConfig::read_values(Verifier& verifier) {
  for (const auto& [key, element] : tree_) {
    if (key.kind != ElementKind::kValue) continue;
    if (last_name(key.path) == "MSP") {
      HEYAN_CHECK_OK(read_msp(key.path, element.content, verifier));
    } else if (key.path == "/Channel/Capabilities") {
      HEYAN_TRY(v3_, has_capability(element.content, "V3_0"));
    } else if (key.path == "/Channel/Orderer/Orderers") {
      const auto visit = [&](const Field& field) -> Result<void> {
        if (field.number != 1) return unknown(field);
        HEYAN_TRY(NumberedConsenter one, parse_consenter(field));
        if (!consenters_.emplace(one.number, std::move(one.consenter)).second) {
          return core::fail(core::ErrorCode::kDuplicate, "two consenters of one number",
                            field.offset);
        }
        return {};
      };
      HEYAN_CHECK_OK(read_fields(element.content, {1}, visit));
    }
  }
  return {};
}

// Organisations stand under Orderer, Application and (system channel) Consortiums. One MSP id must
// mean one thing.
Result<void> ChannelConfig::read_msp(const std::string& path, ByteView content,
                                     Verifier& verifier) {
  HEYAN_TRY(Msp msp, Msp::parse(content, verifier));
  const std::string id = msp.id();
  const auto [place, added] = msp_bytes_.emplace(id, content);
  if (!added && !core::equal(place->second, content)) {
    return core::fail(core::ErrorCode::kDuplicate, "two organisations of one MSP id");
  }
  if (added) msps_.emplace(id, std::move(msp));
  const std::string group(parent_path(path));
  std::map<std::string, std::string>* orgs = nullptr;
  if (parent_path(group) == kOrderer) orgs = &orderer_orgs_;
  if (parent_path(group) == kApplication) orgs = &application_orgs_;
  if (orgs != nullptr && !orgs->emplace(id, group).second) {
    return core::fail(core::ErrorCode::kDuplicate, "two groups of one MSP id");
  }
  return {};
}

Result<void> ChannelConfig::read_policies(Verifier& verifier) {
  for (const auto& [key, element] : tree_) {
    if (key.kind != ElementKind::kPolicy) continue;
    if (element.policy_type == kSignaturePolicy) {
      HEYAN_TRY(SignaturePolicy policy, SignaturePolicy::parse(element.content, verifier.limits()));
      signature_policies_.emplace(key.path, std::move(policy));
    } else if (element.policy_type == kImplicitMetaPolicy) {
      ImplicitMeta meta;
      std::string_view name;
      const auto visit = [&](const Field& field) -> Result<void> {
        switch (field.number) {
          case 1:
            return put(name, field);
          case 2:
            return put(meta.rule, field);
          default:
            return unknown(field);
        }
      };
      HEYAN_CHECK_OK(read_fields(element.content, {}, visit));
      meta.sub_policy = name;
      meta_policies_.emplace(key.path, std::move(meta));
    }
    // Policies of other types are satisfied by nobody.
  }
  return {};
}

const Msp* ChannelConfig::msp(std::string_view id) const {
  const auto found = msps_.find(std::string(id));
  return found == msps_.end() ? nullptr : &found->second;
}

std::string ChannelConfig::application_group(std::string_view msp) const {
  const auto found = application_orgs_.find(std::string(msp));
  return found == application_orgs_.end() ? std::string() : found->second;
}

const Consenter* ChannelConfig::consenter(std::uint32_t number) const {
  const auto found = consenters_.find(number);
  return found == consenters_.end() ? nullptr : &found->second;
}

const SignaturePolicy* ChannelConfig::signature_policy(std::string_view policy_path) const {
  const auto found = signature_policies_.find(std::string(policy_path));
  return found == signature_policies_.end() ? nullptr : &found->second;
}

bool ChannelConfig::satisfied(std::string_view policy_path,
                              std::span<const Identity* const> identities) const {
  return satisfied_at(std::string(policy_path), identities, 0);
}

bool ChannelConfig::satisfied_at(const std::string& path,
                                 std::span<const Identity* const> identities,
                                 std::size_t depth) const {
  if (depth > kMaxPolicyDepth) return false;
  if (const auto found = signature_policies_.find(path); found != signature_policies_.end()) {
    return found->second.evaluate(identities);
  }
  const auto meta = meta_policies_.find(path);
  return meta != meta_policies_.end() &&
         satisfied_meta(parent_path(path), meta->second, identities, depth);
}

// The named policy of every direct child group; a child without it refuses but counts. Without
// children Fabric would accept everything; we accept nothing.
bool ChannelConfig::satisfied_meta(std::string_view group, const ImplicitMeta& meta,
                                   std::span<const Identity* const> identities,
                                   std::size_t depth) const {
  const auto element = tree_.find(ElementKey{ElementKind::kGroup, std::string(group)});
  if (element == tree_.end() || element->second.groups.empty()) return false;
  const std::size_t children = element->second.groups.size();
  std::size_t satisfied_children = 0;
  for (const std::string_view child : element->second.groups) {
    const std::string path = std::string(group) + "/" + std::string(child) + "/" + meta.sub_policy;
    if (satisfied_at(path, identities, depth + 1)) ++satisfied_children;
  }
  switch (meta.rule) {
    case 0:
      return satisfied_children >= 1;
    case 1:
      return satisfied_children == children;
    case 2:
      return satisfied_children >= children / 2 + 1;
    default:
      return false;
  }
}

}  // namespace heyan::ledgers::fabric
