// One block judged alone: is the record in it, ordered and endorsed as the network's rules want?
//
// A block alone cannot show replays, reads of older versions, or what came later; flags are
// unsigned and can only lower the outcome. Source: docs/fabric.md. One thread; views live
// as long as the blocks.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "verifier/ledgers/fabric/config_chain.h"
#include "verifier/ledgers/fabric/endorsement_policy.h"
#include "verifier/ledgers/fabric/ordering.h"
#include "verifier/ledgers/fabric/read_block.h"
#include "verifier/ledgers/fabric/record.h"
#include "verifier/ledgers/fabric/validation.h"

namespace heyan::ledgers::fabric {

struct SingleQuestion {
  std::span<const Block* const>
      copies;  // the same block from several nodes; entries and flags of the first count
  std::string_view chaincode;
  std::string_view key;                    // state key of the record
  std::optional<std::size_t> transaction;  // position, where the party names one
  const EndorsementPolicy* policy =
      nullptr;  // of the chaincode; null: not known, endorsements then never suffice
  std::uint32_t min_orderer_orgs = 1;
  const ReadBlock* read = nullptr;          // the first copy, where it has been read already
  const OrderingCheck* ordering = nullptr;  // of these copies, where it has been checked already
};

struct SingleAnswer {
  Reasons reasons;
  const ConfigLink* config = nullptr;  // in force
  OrderingCheck ordering;
  std::optional<std::size_t> transaction;  // where the key is written
  std::string txid;
  std::optional<Timestamp> client_time;
  std::uint8_t code = kValid;               // recomputed, of that transaction
  std::optional<std::uint8_t> flag;         // in this copy
  std::optional<TransactionCheck> check;    // of that transaction
  ByteView value;                           // what it writes; only where `ordering.authenticated`
  std::vector<std::string> endorsing_msps;  // good endorsements that the policy names, sorted
};

// What one block's judge knows: the policy of the records' chaincode (null: not known, never
// satisfied) and that of definitions. Other chaincodes' policies stand elsewhere on the chain; what
// they would refuse is part of what a single block does not prove: COMMIT_NOT_PROVEN stays until
// the replayed chain or a quorum of answers lifts it. The arguments must outlive it.
std::unique_ptr<PolicySource> known_policies(std::string_view chaincode,
                                             const EndorsementPolicy* policy,
                                             const ChannelConfig& config);

SingleAnswer judge_single(const SingleQuestion& question, const ConfigChain& configs,
                          Identities& identities);

// Where a key is written in a block, and not deleted again by the same transaction: positions of
// the transactions, and whether only in other namespaces.
struct KeyPlaces {
  std::vector<std::size_t> in_namespace;
  std::vector<std::size_t> elsewhere;
};
KeyPlaces find_key(std::span<const ParsedTransaction> transactions, std::string_view chaincode,
                   std::string_view key);

}  // namespace heyan::ledgers::fabric
