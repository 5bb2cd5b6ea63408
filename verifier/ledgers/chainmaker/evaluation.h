// One offered proof, judged: block, transaction, record, signatures and quorums.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "verifier/ledgers/chainmaker/offered.h"
#include "verifier/ledgers/chainmaker/signatures.h"

namespace heyan::ledgers::chainmaker {

struct Evaluation {
  const Offered* offered = nullptr;         // never null
  std::shared_ptr<const BlockCheck> block;  // null where there is no proof
  TransactionCheck transaction;
  Reasons reasons;  // all of them

  bool authentic = false;  // the block is the chain's, and the transaction stands in it, in order
  bool is_record = false;  // the transaction calls the evidence method
  bool other_record = false;  // than the item names
  bool unreadable_record = false;
  std::optional<v1::LedgerRecord> record;  // only where authentic
  std::vector<JudgedSignature> signatures;
  QuorumFacts quorum;
  std::optional<std::uint64_t> fork;  // height from which offered blocks contradict each other

  bool proof_is_unread() const {
    return !offered->proof || !block->header || !transaction.transaction;
  }
};

// `offered` must outlive the result.
Evaluation evaluate(const Offered& offered, const v1::Item& item, const trust::LedgerEntry& entry,
                    Signers& signers, const Judging& judging);

// Blocks of one height, or a block that does not go on from the one offered before it: says so in
// all of them.
void find_fork(std::vector<Evaluation>& evaluations);

}  // namespace heyan::ledgers::chainmaker
