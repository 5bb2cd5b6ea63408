// Which of the offered blocks holds the item's record.
//
// Nothing is verified yet: a wrong choice among an attacker's proofs is judged like any other, and
// can only fail.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "verifier/ledgers/fabric/proofs.h"
#include "verifier/ledgers/fabric/record.h"

namespace heyan::ledgers::fabric {

struct Selection {
  std::vector<const OfferedBlock*>
      copies;  // the block that holds the record; a copy with flags first
  std::string key;
  std::optional<std::size_t> transaction;  // where the party names one
  bool found =
      false;  // false: no offered block holds such a record; `copies` is one that was searched
};

// The block with the key that is named; where it is written several times, the one whose
// fingerprint is the file's, else the latest. Where no key is named: the only record, else the one
// with the file's fingerprint. Nothing without blocks.
std::optional<Selection> select_record(const OfferedProofs& proofs, std::string_view chaincode,
                                       const RecordPlaces& places, const v1::Measured& measured,
                                       const core::Limits& limits);

// One block for each number from the first block on without a gap, up to the highest; those of
// `preferred` where it has the number, and `reviewed` where nothing else has. Empty where the first
// or the preferred block cannot be reached.
std::vector<KeptBytes> contiguous_run(const OfferedProofs& proofs, const OfferedBlock& preferred,
                                      const std::map<std::uint64_t, KeptBytes>& reviewed);

}  // namespace heyan::ledgers::fabric
