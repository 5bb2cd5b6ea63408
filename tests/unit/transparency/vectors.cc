#include "tests/unit/transparency/vectors.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "verifier/transparency/lines.h"
#include "verifier/transparency/tile.h"

namespace heyan::transparency::test {
namespace {

using core::json::Value;

[[noreturn]] void stop(const std::string& why) {
  std::cerr << why << "\n";
  std::abort();
}

// The JSON reader stops at 2^63 - 1; some vectors have this number to be refused.
std::string quoted_largest(std::string line) {
  static const std::string kLargest = "18446744073709551615";
  for (std::size_t at = line.find(": " + kLargest); at != std::string::npos;
       at = line.find(": " + kLargest)) {
    line.replace(at, 2 + kLargest.size(), ": \"" + kLargest + "\"");
  }
  return line;
}

const Value& member(const Value& object, std::string_view name) {
  const Value* value = object.find(name);
  if (value == nullptr) stop("a vector has no " + std::string(name));
  return *value;
}

TreeHash hash_of(const Value& value) {
  const auto bytes = core::from_base64(*value.as_string());
  const auto hash = bytes ? tree_hash(*bytes) : std::nullopt;
  if (!hash) stop("a vector's hash is not 32 bytes");
  return *hash;
}

}  // namespace

std::string read_file(const std::string& name) {
  std::ifstream in(std::string(HEYAN_VECTORS "/tlogs/") + name, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(in), {}};
  if (!in || content.empty()) stop("cannot read " + name);
  return content;
}

std::vector<Value> read_json_lines(const std::string& name) {
  std::vector<Value> values;
  std::istringstream in(read_file(name));
  for (std::string line; std::getline(in, line);) {
    const std::string quoted = quoted_largest(line);
    auto value = core::json::parse(core::as_bytes(quoted), {});
    if (!value) stop(name + " has a line that is no JSON: " + line);
    values.push_back(*std::move(value));
  }
  return values;
}

std::vector<Value> cases(std::string_view type) {
  std::vector<Value> found;
  for (Value& value : read_json_lines("cases.jsonl")) {
    if (text(value, "/type") == type) found.push_back(std::move(value));
  }
  if (found.empty()) stop("no case of type " + std::string(type));
  return found;
}

std::string text(const Value& object, std::string_view pointer) {
  const Value* value = object.at(pointer);
  return value != nullptr && value->as_string() != nullptr ? *value->as_string() : "";
}

std::uint64_t number(const Value& object, std::string_view name) {
  const Value& value = member(object, name);
  if (value.as_integer() != nullptr) return static_cast<std::uint64_t>(*value.as_integer());
  return std::strtoull(value.as_string()->c_str(), nullptr, 10);
}

TreeHash hash(const Value& object, std::string_view name) { return hash_of(member(object, name)); }

std::vector<TreeHash> hashes(const Value& object, std::string_view name) {
  std::vector<TreeHash> path;
  if (member(object, name).is_null()) return path;
  for (const Value& value : *member(object, name).as_array()) path.push_back(hash_of(value));
  return path;
}

TreeHash hash_of_hex(std::string_view digits) {
  return tree_hash(core::from_hex(digits).value()).value();
}

Keys read_keys(const std::string& policy) {
  Keys keys;
  std::istringstream in(read_file(policy));
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string kind;
    std::string vkey;
    words >> kind;
    if (kind == "witness") words >> vkey;  // its name in the policy
    if (kind != "witness" && kind != "log") continue;
    words >> vkey;
    auto verifier = NoteVerifier::parse(vkey);
    if (verifier) (kind == "log" ? keys.log : keys.witnesses).push_back(*std::move(verifier));
  }
  if (keys.log.size() != 1) stop(policy + " names no log");
  return keys;
}

core::Result<TreeHash> MemoryTree::subtree(unsigned level, std::uint64_t index) const {
  const auto found = hashes_.find({level, index});
  if (found == hashes_.end()) return core::fail(core::ErrorCode::kNotFound, "no such subtree");
  return found->second;
}

void MemoryTree::append(const TreeHash& leaf) {
  const auto completed = hashes_to_store(size_, leaf, *this).value();
  for (const SubtreeHash& stored : completed) {
    if (!hashes_.emplace(std::pair(stored.level, stored.index), stored.hash).second) {
      stop("a subtree was stored twice");
    }
  }
  ++size_;
}

core::Result<TreeHash> TileFiles::subtree(unsigned level, std::uint64_t index) const {
  const unsigned tile_level = level / 8;
  const unsigned within = level % 8;
  if (within != 0) {  // between the levels that tiles hold
    HEYAN_TRY(const TreeHash left, subtree(level - 1, 2 * index));
    HEYAN_TRY(const TreeHash right, subtree(level - 1, 2 * index + 1));
    return node_hash(left, right);
  }
  const std::uint64_t count = size_ >> (8 * tile_level);
  Tile tile{tile_level, index / kTileWidth, kTileWidth};
  if (count < (tile.index + 1) * kTileWidth) tile.width = static_cast<unsigned>(count % kTileWidth);
  const std::string bytes = read_file(folder_ + tile_path(tile));
  if (bytes.size() != tile.width * sizeof(TreeHash)) stop("a tile is not as wide as its name");
  const std::size_t at = index % kTileWidth * sizeof(TreeHash);
  return tree_hash(core::as_bytes(std::string_view(bytes).substr(at, sizeof(TreeHash)))).value();
}

EqualLeaves::EqualLeaves(std::string_view entry) {
  levels_.push_back(leaf_hash(core::as_bytes(entry)));
  while (levels_.size() < 63) levels_.push_back(node_hash(levels_.back(), levels_.back()));
}

core::Result<TreeHash> EqualLeaves::subtree(unsigned level, std::uint64_t index) const {
  if (level >= levels_.size() || index > kMaxTreeSize >> level) {
    return core::fail(core::ErrorCode::kNotFound, "no such subtree");
  }
  return levels_[level];
}

}  // namespace heyan::transparency::test
