#include "tests/faults/log_copy.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "verifier/transparency/note.h"
#include "verifier/transparency/tile.h"

namespace heyan::faults {
namespace {

using transparency::kTileWidth;

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

transparency::NoteVerifier key_of(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  auto key = transparency::NoteVerifier::parse(text);
  if (!key) throw std::runtime_error("that is no key of a log");
  return *std::move(key);
}

// Entries, each after its length in two bytes.
std::vector<std::string> split(const std::string& bundle) {
  std::vector<std::string> entries;
  for (std::size_t at = 0; at + 2 <= bundle.size();) {
    const std::size_t length = std::size_t{static_cast<std::uint8_t>(bundle[at])} << 8 |
                               static_cast<std::uint8_t>(bundle[at + 1]);
    if (at + 2 + length > bundle.size()) return {};
    entries.push_back(bundle.substr(at + 2, length));
    at += 2 + length;
  }
  return entries;
}

}  // namespace

LogCopy::LogCopy(std::filesystem::path folder, const std::string& vkey)
    : folder_(std::move(folder)), key_(key_of(vkey)) {
  seen_.origin = key_.name();
  seen_.root = transparency::empty_root();
}

core::Result<transparency::TreeHash> LogCopy::subtree(unsigned level, std::uint64_t index) const {
  const auto found = hashes_.find({level, index});
  if (found == hashes_.end()) return core::fail(core::ErrorCode::kNotFound, "not in this copy");
  return found->second;
}

bool LogCopy::store(const std::string& entry) {
  const auto leaf = transparency::leaf_hash(core::as_bytes(entry));
  const auto hashes = transparency::hashes_to_store(entries_.size(), leaf, *this);
  if (!hashes) return false;
  for (const auto& [level, index, hash] : *hashes) hashes_[{level, index}] = hash;
  entries_.push_back(entry);
  return true;
}

// What is known of the bundle must be there again; what is new is kept.
bool LogCopy::read_bundle(std::uint64_t index, std::uint64_t size) {
  const std::uint64_t first = index * kTileWidth;
  const auto width = static_cast<unsigned>(std::min<std::uint64_t>(kTileWidth, size - first));
  std::string bytes = content(folder_ / transparency::entry_bundle_path(index, width));
  // Meanwhile there may be more of it.
  if (bytes.empty()) bytes = content(folder_ / transparency::entry_bundle_path(index));
  const std::vector<std::string> entries = split(bytes);
  if (entries.size() < width) return false;
  for (unsigned i = 0; i < width; ++i) {
    if (first + i < entries_.size() ? entries_[first + i] != entries[i] : !store(entries[i])) {
      return false;
    }
  }
  return true;
}

std::string LogCopy::prove(const transparency::Checkpoint& next) const {
  const auto root = transparency::root(next.size, *this);
  if (!root || *root != next.root) return "the entries do not lead to the signed root";
  const auto proof = transparency::consistency_proof(seen_.size, next.size, *this);
  if (!proof) return "there is no proof of consistency";
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
  if (!transparency::verify_consistency(seen_.size, seen_.root, next.size, next.root, *proof,
                                        checker)) {
    return "what was seen before is no beginning of this log";
  }
  return {};
}

std::string LogCopy::follow() {
  const std::string text = content(folder_ / "checkpoint");
  if (text.empty()) return seen_.size == 0 ? "" : "there is no checkpoint any more";
  const auto note = transparency::parse_note(text);
  if (!note) return "the checkpoint is no signed note";
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
  if (!transparency::verify_note(*note, std::span(&key_, 1), checker)) {
    return "the checkpoint is not signed by the log";
  }
  const auto next = transparency::parse_checkpoint(note->text);
  if (!next || next->origin != seen_.origin) return "the checkpoint is another log's";
  if (next->size < seen_.size) return "the log became shorter";
  for (std::uint64_t i = seen_.size / kTileWidth; i * kTileWidth < next->size; ++i) {
    if (!read_bundle(i, next->size)) {
      return "entries of bundle " + std::to_string(i) + " are missing, or others than before";
    }
  }
  std::string wrong = prove(*next);
  if (wrong.empty()) seen_ = *next;
  return wrong;
}

}  // namespace heyan::faults
