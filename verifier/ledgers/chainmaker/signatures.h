// Every signature of a proof with who made it, whether it counts, and why not; and the two quorums:
// of the block, and of those who signed the record itself.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "verifier/judging.h"
#include "verifier/ledgers/chainmaker/transaction_check.h"

namespace heyan::ledgers::chainmaker {

struct JudgedSignature {
  v1::Signature entry;
  std::vector<v1::ReasonCode> reasons;  // why it is not counted, and what is to be noted of it
  bool decides = false;                 // towards the quorum of the block: a vote
  bool voids = false;  // of the transaction, by somebody whom the trust list does not know
};

// Votes, proposer, sender, those who signed the record; in the order of the proof.
std::vector<JudgedSignature> judge_signatures(const BlockCheck& block,
                                              const TransactionCheck& transaction,
                                              const Judging& judging);

struct QuorumFacts {
  v1::Quorum quorum;
  std::optional<v1::Quorum> record_quorum;  // nothing: nobody signed the record itself
};

QuorumFacts count(const std::vector<JudgedSignature>& signatures, const BlockCheck& block,
                  const ChainmakerConfig& config, const trust::LedgerEntry& entry,
                  const Judging& judging);

}  // namespace heyan::ledgers::chainmaker
