// Which transaction of the offered blocks holds the record that the party names.
//
// Threat: the choice is among an attacker's proofs. It can pass over what does not count (blocks
// that nobody signed, duplicates, transactions that are not valid) where something counts, and
// falls back to it where nothing does, so that the findings say what was wrong.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "verifier/ledgers/fabric/key_history.h"
#include "verifier/ledgers/fabric/record.h"

namespace heyan::ledgers::fabric {

struct Selection {
  const BlockGroup* group = nullptr;  // that holds the record, or that was searched; never null
  std::string key;
  std::optional<std::size_t> transaction;  // of the record, or where the party said that it is
  bool found = false;                      // false: `group` has no such record
  bool duplicate = false;                  // its transaction stands in an earlier block already
};

// The key where none is named: of the only record in the blocks (or at the position
// named), else of one with the file's fingerprint, the latest first. Empty where there is none.
std::string resolve_key(const NamedRecord& named, const Scene& scene, std::string_view chaincode,
                        const RecordPlaces& places, const v1::Measured& measured,
                        const core::Limits& limits);

// At the position that is named; without one among the writes of the key the effective ones
// first, of those the one with the file's fingerprint, else the latest. A duplicate leads to where
// the same envelope stands first. Nothing without blocks.
std::optional<Selection> select_record(const NamedRecord& named, KeyHistory& history,
                                       const Scene& scene, std::string_view chaincode,
                                       const RecordPlaces& places, const v1::Measured& measured,
                                       const core::Limits& limits);

// One block for each number from the first block on without a gap, up to the highest; `preferred`
// where it has the number, and `reviewed` where nothing else has. Empty where the first or the
// preferred block cannot be reached.
std::vector<KeptBytes> contiguous_run(const OfferedProofs& proofs, const ReadBlock& preferred,
                                      const std::map<std::uint64_t, KeptBytes>& reviewed);

}  // namespace heyan::ledgers::fabric
