#include "verifier/ledgers/fabric/selection.h"

#include <algorithm>
#include <set>

namespace heyan::ledgers::fabric {
namespace {

struct Candidate {
  const OfferedBlock* block = nullptr;
  std::string_view key;
  bool matches = false;  // its fingerprint is the file's
};

bool matches_file(ByteView value, std::string_view key, const RecordPlaces& places,
                  const v1::Measured& measured, const core::Limits& limits) {
  const auto parsed = parse_record(value, key, places, limits);
  if (!parsed) return false;
  return std::ranges::any_of(parsed->record.digests(), [&](const v1::Digest& digest) {
    return std::ranges::any_of(measured.digests(), [&](const v1::MeasuredDigest& own) {
      return own.algorithm() == digest.algorithm() && own.first() == digest.value();
    });
  });
}

std::vector<Candidate> find_candidates(const OfferedProofs& proofs, std::string_view chaincode,
                                       const RecordPlaces& places, const v1::Measured& measured,
                                       const core::Limits& limits) {
  std::vector<Candidate> candidates;
  for (const OfferedBlock& block : proofs.blocks) {
    for (std::size_t i = 0; i < block.transactions.size(); ++i) {
      if (block.hint && *block.hint != i) continue;
      const NamespaceSet* set = block.transactions[i].rwset.find(chaincode);
      if (set == nullptr) continue;
      for (const Write& write : set->writes) {
        const std::string_view key = core::as_text(write.key);
        if (write.is_delete || (!proofs.key.empty() && key != proofs.key)) continue;
        candidates.push_back(
            {&block, key, matches_file(write.value, key, places, measured, limits)});
      }
    }
  }
  return candidates;
}

// Without a key that is named, several records leave only the one with the file's fingerprint.
void keep_unambiguous(std::vector<Candidate>& candidates) {
  std::set<std::string_view> keys;
  for (const Candidate& one : candidates) keys.insert(one.key);
  if (keys.size() > 1) std::erase_if(candidates, [](const Candidate& one) { return !one.matches; });
}

// The block that the party points at, then the one with the file's fingerprint, then the latest.
bool is_better(const Candidate& one, const Candidate& other) {
  if (one.block->hint.has_value() != other.block->hint.has_value())
    return one.block->hint.has_value();
  if (one.matches != other.matches) return one.matches;
  return one.block->block.header.number > other.block->block.header.number;
}

// All offered copies of that block, one with validation flags first.
std::vector<const OfferedBlock*> copies_of(const OfferedProofs& proofs,
                                           const OfferedBlock& chosen) {
  std::vector<const OfferedBlock*> copies;
  for (const OfferedBlock& block : proofs.blocks) {
    if (block.header == chosen.header) copies.push_back(&block);
  }
  std::ranges::stable_sort(copies, {},
                           [](const OfferedBlock* one) { return one->block.flags.empty(); });
  return copies;
}

// The block to name where the record is in none: one that has the key in another namespace, else
// any with records.
const OfferedBlock* searched_block(const OfferedProofs& proofs) {
  const OfferedBlock* any = nullptr;
  for (const OfferedBlock& block : proofs.blocks) {
    if (block.is_config) continue;
    if (any == nullptr) any = &block;
    for (const ParsedTransaction& transaction : block.transactions) {
      for (const NamespaceSet& set : transaction.rwset.namespaces) {
        const bool has_key =
            !proofs.key.empty() && std::ranges::any_of(set.writes, [&](const Write& write) {
              return core::as_text(write.key) == proofs.key;
            });
        if (has_key) return &block;
      }
    }
  }
  return any;
}

}  // namespace

std::optional<Selection> select_record(const OfferedProofs& proofs, std::string_view chaincode,
                                       const RecordPlaces& places, const v1::Measured& measured,
                                       const core::Limits& limits) {
  std::vector<Candidate> candidates = find_candidates(proofs, chaincode, places, measured, limits);
  if (proofs.key.empty()) keep_unambiguous(candidates);
  Selection selection;
  selection.key = proofs.key;
  const OfferedBlock* chosen = nullptr;
  if (!candidates.empty()) {
    const Candidate& best = *std::ranges::min_element(candidates, is_better);
    chosen = best.block;
    selection.key = best.key;
    selection.found = true;
  } else {
    chosen = searched_block(proofs);
  }
  if (chosen == nullptr) return std::nullopt;
  selection.transaction = chosen->hint;
  selection.copies = copies_of(proofs, *chosen);
  return selection;
}

std::vector<KeptBytes> contiguous_run(const OfferedProofs& proofs, const OfferedBlock& preferred,
                                      const std::map<std::uint64_t, KeptBytes>& reviewed) {
  std::map<std::uint64_t, const OfferedBlock*> by_number;
  for (const OfferedBlock& block : proofs.blocks) {
    const OfferedBlock*& place = by_number[block.block.header.number];
    const bool more = place != nullptr && place->block.flags.empty() &&
                      !block.block.flags.empty() && place->header == block.header;
    if (place == nullptr || more) place = &block;
  }
  by_number[preferred.block.header.number] = &preferred;
  std::vector<KeptBytes> run;
  for (std::uint64_t number = 0;; ++number) {
    if (const auto offered = by_number.find(number); offered != by_number.end()) {
      run.push_back(KeptBytes::view(offered->second->bytes));
    } else if (const auto kept = reviewed.find(number); kept != reviewed.end()) {
      run.push_back(kept->second);
    } else {
      break;
    }
  }
  if (run.size() <= preferred.block.header.number) run.clear();
  return run;
}

}  // namespace heyan::ledgers::fabric
