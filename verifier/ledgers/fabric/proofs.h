// The proofs offered for one item, sorted by what they are: blocks, questions to a peer, signed
// answers.
//
// Threat: the sorting follows structure alone, never a file name; what is none of these is named as
// unreadable. Bytes that are offered twice are one proof. Views of the proofs, which must outlive
// it.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "verifier/ledgers/fabric/answers.h"
#include "verifier/ledgers/fabric/read_block.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::ledgers::fabric {

struct OfferedBlock {
  std::size_t proof = 0;  // position among the proofs: the first one with these bytes
  std::shared_ptr<const ReadBlock> read;

  const Block& block() const { return read->block(); }
  std::uint64_t number() const { return read->number(); }
  bool is_config() const { return read->is_config(); }
};

struct OfferedAnswer {
  std::size_t proof = 0;
  SignedReply reply;
};

// A record that the party names: by its key, by a position in a block, or by both; neither:
// whatever record the blocks hold.
struct NamedRecord {
  std::string key;                   // may be empty
  const ReadBlock* block = nullptr;  // with `transaction`
  std::optional<std::size_t> transaction;
  // The item names another record than the hint does.
  bool contradicts_item = false;
};

struct OfferedProofs {
  std::vector<OfferedBlock> blocks;  // each content once
  std::vector<SignedQuestion> questions;
  std::vector<OfferedAnswer> answers;
  std::vector<std::size_t> unreadable;
  std::vector<NamedRecord> named;      // at least one, each different
  std::set<std::string> unread_hints;  // names of hints whose value says nothing
};

// kLimit where the proofs are larger, or name more records, than one item may.
Result<OfferedProofs> sort_proofs(std::span<const ProofView> proofs, const v1::Item& item,
                                  ReadBlocks& blocks, const core::Limits& limits);

// Do the first bytes look like a block, a question or an answer? Looks at no more than it is given.
bool looks_like_fabric(ByteView head);

}  // namespace heyan::ledgers::fabric
