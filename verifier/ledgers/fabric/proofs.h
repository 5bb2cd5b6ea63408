// The proofs offered for one item, sorted by what they are: blocks, questions to a peer, signed
// answers.
//
// Threat: the sorting follows structure alone, never a file name; what is none of these is named as
// unreadable. Views of the proofs, which must outlive it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "verifier/ledgers/fabric/answers.h"
#include "verifier/ledgers/fabric/block.h"
#include "verifier/ledgers/fabric/validation.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::ledgers::fabric {

struct OfferedBlock {
  std::size_t proof = 0;  // position among the proofs
  ByteView bytes;
  Block block;
  Bytes header;  // encoded: what names the block
  bool is_config = false;
  std::optional<std::size_t> hint;  // position of the record's transaction, as the party says
  std::vector<ParsedTransaction> transactions;  // of blocks that are no config blocks
};

struct OfferedAnswer {
  std::size_t proof = 0;
  SignedReply reply;
};

struct OfferedProofs {
  std::vector<OfferedBlock> blocks;
  std::vector<SignedQuestion> questions;
  std::vector<OfferedAnswer> answers;
  std::vector<std::size_t> unreadable;
  std::string key;  // of the record that the item names, else of the first hint "key"; may be empty
};

OfferedProofs sort_proofs(std::span<const ProofView> proofs, const v1::Item& item,
                          const core::Limits& limits);

// Do the first bytes look like a block, a question or an answer? Looks at no more than it is given.
bool looks_like_fabric(ByteView head);

}  // namespace heyan::ledgers::fabric
