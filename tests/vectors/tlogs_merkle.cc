// Types merkle-inclusion-jsonl, merkle-consistency-jsonl and merkle-roots: verifier/transparency.
#include <array>

#include "tests/vectors/tlogs_case.h"
#include "tests/vectors/tlogs_tree.h"

namespace heyan::vectors::tlogs {
namespace {

using core::json::Value;
using namespace transparency;

// What the line says of itself is compared with what was found.
std::optional<std::string> compare(const Value& line, bool valid) {
  const Value* wanted = line.find("wantErr");
  if (wanted == nullptr || wanted->as_bool() == nullptr) return "without wantErr";
  if (*wanted->as_bool() != valid) return std::nullopt;
  return valid ? "accepted" : "refused";
}

std::optional<std::string> inclusion_fault(const Case&, const Value& line) {
  Checker checker;
  const auto index = number_of(line, "leafIdx");
  const auto size = number_of(line, "treeSize");
  const auto leaf = hash_of(line, "leafHash");
  const auto root = hash_of(line, "root");
  const auto path = hashes_of(line, "proof");
  return compare(line, index && size && leaf && root && path &&
                           verify_inclusion(*leaf, *index, *size, *path, *root, checker));
}

std::optional<std::string> consistency_fault(const Case&, const Value& line) {
  Checker checker;
  const auto before = number_of(line, "size1");
  const auto after = number_of(line, "size2");
  const auto old_root = hash_of(line, "root1");
  const auto new_root = hash_of(line, "root2");
  const auto proof = hashes_of(line, "proof");
  return compare(line,
                 before && after && old_root && new_root && proof &&
                     verify_consistency(*before, *old_root, *after, *new_root, *proof, checker));
}

Found run_inclusion(const Case& one) { return all_lines(one, "per-line", inclusion_fault); }
Found run_consistency(const Case& one) { return all_lines(one, "per-line", consistency_fault); }

// Entries, their hashes, and the root after each.
Found run_roots(const Case& one) {
  const auto text = one.file("file");
  const auto tree = text ? core::json::parse(core::as_bytes(*text), {})
                         : std::unexpected(core::json::ParseError{});
  if (!tree) return found("no input");
  MemoryLog log;
  const auto nth = [&](std::string_view member, std::size_t i) {
    const Value* value = tree->at("/" + std::string(member) + "/" + std::to_string(i));
    return value == nullptr || value->as_string() == nullptr ? std::optional<core::Bytes>()
                                                             : core::from_hex(*value->as_string());
  };
  const auto root_is = [&](std::size_t size) {
    const auto root = transparency::root(size, log);
    const auto wanted = nth("roots_hex", size);
    return root && wanted && core::equal(*root, *wanted);
  };
  const auto empty = nth("roots_hex", 0);
  if (!empty || !core::equal(empty_root(), *empty)) return found("another root", "0");
  for (std::size_t i = 0;; ++i) {
    const auto entry = nth("leaves_hex", i);
    if (!entry)
      return i > 0 ? found("known-answer", std::to_string(i) + " leaves") : found("no input");
    const TreeHash leaf = leaf_hash(*entry);
    const auto wanted = nth("leaf_hashes_hex", i);
    if (!wanted || !core::equal(leaf, *wanted))
      return found("another leaf hash", std::to_string(i));
    if (!log.append(leaf) || !root_is(i + 1)) return found("another root", std::to_string(i + 1));
  }
}

constexpr std::array kTypes = {Type{"merkle-inclusion-jsonl", run_inclusion},
                               Type{"merkle-consistency-jsonl", run_consistency},
                               Type{"merkle-roots", run_roots}};

}  // namespace

std::span<const Type> merkle_types() { return kTypes; }

}  // namespace heyan::vectors::tlogs
