#include "verifier/ledgers/fisco_bcos/merkle.h"

#include <algorithm>

#include "verifier/ledgers/fisco_bcos/fields.h"
#include "verifier/ledgers/fisco_bcos/rlp.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

constexpr std::size_t kWidth = 16;
constexpr std::size_t kMostWideLevels = 16;  // 2^60 leaves
constexpr std::size_t kMostBinaryLevels = 60;

std::unexpected<core::Error> bad_shape(std::string_view what) {
  return core::fail(core::ErrorCode::kMalformed, what);
}

// Siblings at the leaf level carry their own index; further up they are bare hashes.
bool are_siblings(const std::vector<Bytes>& nodes, std::size_t level, std::uint64_t first) {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Bytes prefix = level == 0 ? encode_rlp_number(first + i) : Bytes();
    if (nodes[i].size() != prefix.size() + kHashBytes) return false;
    if (!std::ranges::equal(prefix, ByteView(nodes[i]).first(prefix.size()))) return false;
  }
  return true;
}

Bytes joined(const std::vector<Bytes>& nodes) {
  Bytes all;
  for (const Bytes& node : nodes) all.insert(all.end(), node.begin(), node.end());
  return all;
}

// 1 or 2 in the first four bytes, nothing in the others.
std::optional<std::size_t> read_count(ByteView element) {
  const bool plain =
      std::ranges::all_of(element.first(3), [](std::uint8_t octet) { return octet == 0; }) &&
      std::ranges::all_of(element.subspan(4), [](std::uint8_t octet) { return octet == 0; });
  const std::uint8_t count = element[3];
  return plain && (count == 1 || count == 2) ? std::optional<std::size_t>(count) : std::nullopt;
}

}  // namespace

Result<WidePath> parse_wide_path(const core::json::Value* json) {
  if (json == nullptr || json->as_array() == nullptr) return bad_shape("proof");
  if (json->as_array()->size() > kMostWideLevels) return bad_shape("proof");
  WidePath path;
  for (const core::json::Value& level : *json->as_array()) {
    HEYAN_TRY(const Fields fields, Fields::of(&level, "proof"));
    WideLevel& read = path.emplace_back();
    HEYAN_TRY(read.left, fields.bytes_list("left", 0));
    HEYAN_TRY(read.right, fields.bytes_list("right", 0));
  }
  return path;
}

Result<Bytes> fold_wide_path(const WidePath& path, ByteView leaf, std::uint64_t index,
                             const Digest& digest) {
  if (path.empty() || path.size() > kMostWideLevels || leaf.size() != kHashBytes)
    return bad_shape("proof");
  Bytes current = encode_rlp_number(index);
  current.insert(current.end(), leaf.begin(), leaf.end());
  bool is_last = false;  // the group below was not full: only the last one of a level is not
  std::uint64_t rest = index;
  for (std::size_t level = 0; level < path.size(); ++level) {
    const auto& [left, right] = path[level];
    const std::size_t place = rest % kWidth;
    const std::uint64_t group = level == 0 ? index - place : 0;
    const bool top = level + 1 == path.size();
    if (left.size() != place || place + 1 + right.size() > kWidth)
      return bad_shape("place in group");
    if (is_last && !right.empty()) return bad_shape("nodes after the last group");
    if (top && (!left.empty() || !right.empty())) return bad_shape("last level");
    const bool below_top = level + 2 == path.size();
    if (below_top && left.empty() && right.empty()) return bad_shape("top of one node");
    if (!are_siblings(left, level, group) || !are_siblings(right, level, index + 1))
      return core::fail(core::ErrorCode::kNotFound, "a sibling is of another place");
    is_last = place + 1 + right.size() < kWidth;
    rest /= kWidth;
    const Bytes before = joined(left);
    const Bytes after = joined(right);
    Bytes all = before;
    all.insert(all.end(), current.begin(), current.end());
    all.insert(all.end(), after.begin(), after.end());
    current = digest(all);
  }
  if (rest != 0) return bad_shape("index");
  return current;
}

std::uint64_t BinaryFold::position() const {
  std::uint64_t result = 0;
  for (std::size_t level = 0; level < sides.size(); ++level)
    result |= std::uint64_t{sides[level] == Side::kRight ? 1U : 0U} << level;
  return result;
}

Result<BinaryPath> parse_binary_path(const core::json::Value* json, ByteView leaf) {
  if (json == nullptr || json->as_array() == nullptr) return bad_shape("proof");
  std::vector<Bytes> elements;
  for (const core::json::Value& value : *json->as_array()) {
    auto bytes = value.as_string() != nullptr ? read_hex(*value.as_string()) : std::nullopt;
    if (!bytes || bytes->size() != kHashBytes) return bad_shape("proof");
    elements.push_back(*std::move(bytes));
  }
  if (elements.empty()) return bad_shape("proof");
  BinaryPath path;
  if (elements.size() == 1) {
    if (!core::equal(elements.front(), leaf))
      return core::fail(core::ErrorCode::kNotFound, "the path holds another leaf");
    return path;
  }
  for (std::size_t at = 0; at < elements.size();) {
    const auto count = read_count(elements[at]);
    if (!count || elements.size() - at - 1 < *count) return bad_shape("count of a level");
    if (path.size() == kMostBinaryLevels) return bad_shape("proof");
    path.push_back({.left = elements[at + 1], .right = *count == 2 ? elements[at + 2] : Bytes()});
    at += 1 + *count;
  }
  return path;
}

Result<BinaryFold> fold_binary_path(const BinaryPath& path, ByteView leaf, const Digest& digest) {
  BinaryFold fold{.root = core::to_bytes(leaf), .sides = {}};
  bool is_last = false;  // a lone node is the last of its level, and so is what stands above it
  for (const auto& [left, right] : path) {
    const bool is_left = left == fold.root;
    const bool is_right = !right.empty() && right == fold.root;
    if (!is_left && !is_right)
      return core::fail(core::ErrorCode::kNotFound, "a level does not hold the node");
    Side side = is_left ? Side::kLeft : Side::kRight;
    if (is_left && is_right) side = Side::kBoth;
    if (right.empty()) side = Side::kAlone;
    if (is_last && side == Side::kLeft) return bad_shape("node after the last");
    is_last = is_last || side == Side::kAlone;
    fold.sides.push_back(side);
    Bytes both = left;
    both.insert(both.end(), right.begin(), right.end());
    fold.root = digest(both);
  }
  // A root with nothing beside it is not hashed again.
  if (!fold.sides.empty() && fold.sides.back() == Side::kAlone) return bad_shape("lone root");
  return fold;
}

bool same_position(const BinaryFold& transaction, const BinaryFold& receipt) {
  return std::ranges::equal(transaction.sides, receipt.sides, [](Side one, Side other) {
    return one == other || (other == Side::kBoth && one != Side::kAlone);
  });
}

}  // namespace heyan::ledgers::fisco_bcos
