// A copy of the public log that somebody outside keeps: with each look at it what is published must
// be signed, hold together, and go on from what was seen before.
//
// Trusts nothing but the log's key. Source: C2SP tlog-tiles, tlog-checkpoint; RFC 9162 2.1.4.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/note_key.h"
#include "verifier/transparency/tree.h"

namespace heyan::faults {

class LogCopy final : public transparency::HashReader {
 public:
  // `folder`: the published files; `vkey`: the key as it was pinned. Throws where that is no key.
  LogCopy(std::filesystem::path folder, const std::string& vkey);

  // Looks again. What is wrong with the log, in words; empty: nothing.
  std::string follow();

  std::uint64_t size() const { return seen_.size; }
  // The leaves, as published.
  const std::vector<std::string>& entries() const { return entries_; }

  core::Result<transparency::TreeHash> subtree(unsigned level, std::uint64_t index) const override;

 private:
  bool read_bundle(std::uint64_t index, std::uint64_t size);
  bool store(const std::string& entry);
  std::string prove(const transparency::Checkpoint& next) const;

  std::filesystem::path folder_;
  transparency::NoteVerifier key_;
  transparency::Checkpoint seen_;
  std::vector<std::string> entries_;
  std::map<std::pair<unsigned, std::uint64_t>, transparency::TreeHash> hashes_;
};

}  // namespace heyan::faults
