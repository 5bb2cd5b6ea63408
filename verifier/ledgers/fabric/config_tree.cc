#include "verifier/ledgers/fabric/config_tree.h"

#include <algorithm>

namespace heyan::ledgers::fabric {
namespace {

constexpr std::size_t kMaxDepth = 8;
constexpr std::size_t kMaxElements = 100'000;
constexpr std::size_t kMaxName = 249;

// Fabric's validateConfigID, with the underscore that chaincode and ACL names use.
bool is_name(std::string_view name) {
  if (name.empty() || name.size() > kMaxName || name == "." || name == "..") return false;
  return std::ranges::all_of(name, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
           c == '-' || c == '_';
  });
}

class TreeReader {
 public:
  TreeReader(ConfigTree& tree) : tree_(tree) {}

  Result<void> read_group(ByteView bytes, const std::string& path, std::size_t depth) {
    if (depth > kMaxDepth) return core::fail(core::ErrorCode::kLimit, "config groups too deep");
    Element group;
    const auto visit = [&](const Field& field) -> Result<void> {
      switch (field.number) {
        case 1:
          return put(group.version, field);
        case 2:
          return read_member(field, path, depth, ElementKind::kGroup, group.groups);
        case 3:
          return read_member(field, path, depth, ElementKind::kValue, group.values);
        case 4:
          return read_member(field, path, depth, ElementKind::kPolicy, group.policies);
        case 5:
          return put(group.mod_policy, field);
        default:
          return unknown(field);
      }
    };
    HEYAN_CHECK_OK(read_fields(bytes, {2, 3, 4}, visit));
    return add(ElementKind::kGroup, path, std::move(group));
  }

 private:
  Result<void> add(ElementKind kind, const std::string& path, Element element) {
    if (tree_.size() >= kMaxElements)
      return core::fail(core::ErrorCode::kLimit, "config too large");
    tree_.emplace(ElementKey{kind, path}, std::move(element));
    return {};
  }

  Result<void> read_member(const Field& field, const std::string& path, std::size_t depth,
                           ElementKind kind, std::set<std::string_view>& names) {
    HEYAN_TRY(const MapEntry entry, read_map_entry(field));
    if (!is_name(entry.key))
      return core::fail(core::ErrorCode::kMalformed, "config name", field.offset);
    if (!names.insert(entry.key).second) {
      return core::fail(core::ErrorCode::kDuplicate, "config name stands twice", field.offset);
    }
    const std::string member = path + "/" + std::string(entry.key);
    if (kind == ElementKind::kGroup) return read_group(entry.value, member, depth + 1);
    Element element;
    HEYAN_CHECK_OK(kind == ElementKind::kValue ? read_value(entry.value, element)
                                               : read_policy(entry.value, element));
    return add(kind, member, std::move(element));
  }

  static Result<void> read_value(ByteView bytes, Element& element) {
    const auto visit = [&](const Field& field) -> Result<void> {
      switch (field.number) {
        case 1:
          return put(element.version, field);
        case 2:
          return put(element.content, field);
        case 3:
          return put(element.mod_policy, field);
        default:
          return unknown(field);
      }
    };
    return read_fields(bytes, {}, visit);
  }

  static Result<void> read_policy(ByteView bytes, Element& element) {
    ByteView policy;
    const auto visit = [&](const Field& field) -> Result<void> {
      switch (field.number) {
        case 1:
          return put(element.version, field);
        case 2:
          return put(policy, field);
        case 3:
          return put(element.mod_policy, field);
        default:
          return unknown(field);
      }
    };
    HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
    const auto visit_policy = [&](const Field& field) -> Result<void> {
      switch (field.number) {
        case 1:
          return put(element.policy_type, field);
        case 2:
          return put(element.content, field);
        default:
          return unknown(field);
      }
    };
    return read_fields(policy, {}, visit_policy);
  }

  ConfigTree& tree_;
};

Result<void> copy_group(const ConfigTree& from, const std::string& path, ConfigTree& to,
                        std::size_t depth) {
  if (depth > kMaxDepth) return core::fail(core::ErrorCode::kLimit, "config groups too deep");
  const auto group = from.find(ElementKey{ElementKind::kGroup, path});
  if (group == from.end()) return core::fail(core::ErrorCode::kNotFound, "config group is missing");
  to.emplace(group->first, group->second);
  for (const std::string_view name : group->second.groups) {
    HEYAN_CHECK_OK(copy_group(from, path + "/" + std::string(name), to, depth + 1));
  }
  const auto copy = [&](ElementKind kind, std::string_view name) -> Result<void> {
    const auto member = from.find(ElementKey{kind, path + "/" + std::string(name)});
    if (member == from.end())
      return core::fail(core::ErrorCode::kNotFound, "config element is missing");
    to.emplace(member->first, member->second);
    return {};
  };
  for (const std::string_view name : group->second.values)
    HEYAN_CHECK_OK(copy(ElementKind::kValue, name));
  for (const std::string_view name : group->second.policies)
    HEYAN_CHECK_OK(copy(ElementKind::kPolicy, name));
  return {};
}

}  // namespace

bool Element::operator==(const Element& other) const {
  return version == other.version && mod_policy == other.mod_policy &&
         core::equal(content, other.content) && policy_type == other.policy_type &&
         groups == other.groups && values == other.values && policies == other.policies;
}

Result<ConfigTree> parse_config_tree(ByteView group, const core::Limits&) {
  ConfigTree tree;
  TreeReader reader(tree);
  HEYAN_CHECK_OK(reader.read_group(group, "/Channel", 0));
  return tree;
}

Result<ConfigTree> reachable(const ConfigTree& tree) {
  ConfigTree result;
  HEYAN_CHECK_OK(copy_group(tree, "/Channel", result, 0));
  return result;
}

std::string_view parent_path(std::string_view path) { return path.substr(0, path.rfind('/')); }

std::string_view last_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace heyan::ledgers::fabric
