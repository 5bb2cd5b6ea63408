// All offered transactions that write one key, where each of them stands, and whether it counts.
//
// Threat: whoever may submit transactions can have a genuine envelope ordered a second time; peers
// refuse it as a duplicate, but an orderer's copy of that block does not say so. The earliest
// occurrence among the blocks that the orderers signed is the transaction's position; later ones
// are nothing. One record; one thread; views live as long as the scene.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "verifier/ledgers/fabric/block_replay.h"
#include "verifier/ledgers/fabric/scene.h"

namespace heyan::ledgers::fabric {

struct KeyWrite {
  const BlockGroup* group = nullptr;  // never null
  std::size_t transaction = 0;
  const Write* write = nullptr;  // the last one of the key in that transaction; never null
  bool duplicate = false;  // its id stands in an earlier block that the orderers signed as well

  // Block and transaction.
  std::pair<std::uint64_t, std::size_t> position() const { return {group->number(), transaction}; }
  const ParsedTransaction& parsed() const { return group->front().transactions()[transaction]; }
};

enum class Effect : std::uint8_t {
  kNone,       // not ordered, not valid, or a duplicate
  kPossible,   // valid but for what is not evaluated here: key-level policies, an unknown policy
  kEffective,  // ordered, endorsed and valid, as far as its block shows
};

class KeyHistory {
 public:
  // All arguments must outlive it; `scene` with configs.
  KeyHistory(std::string key, const Scene& scene, const FabricConfig& config,
             const OfferedProofs& proofs, Identities& identities);

  const std::string& key() const { return key_; }
  // By position; deletions too.
  const std::vector<KeyWrite>& writes() const { return writes_; }
  const KeyWrite* at(const BlockGroup& group, std::size_t transaction) const;
  // The same envelope where it stands first, if `write` is a duplicate of it; else null.
  const KeyWrite* original(const KeyWrite& write) const;

  Effect effect(const KeyWrite& write);
  // The policy for that block: the trust list's, or that of the definition it ran under; null where
  // it is not known.
  const EndorsementPolicy* policy(const BlockGroup& group);

 private:
  struct Replay {
    std::optional<EndorsementPolicy> found;
    const EndorsementPolicy* policy = nullptr;
    std::unique_ptr<PolicySource> source;
    std::unique_ptr<BlockReplay> blocks;
  };

  Replay& replay(const BlockGroup& group);

  std::string key_;
  const Scene& scene_;
  const FabricConfig& config_;
  const OfferedProofs& proofs_;
  Identities& identities_;
  std::vector<KeyWrite> writes_;
  std::map<const BlockGroup*, Replay> replays_;
};

}  // namespace heyan::ledgers::fabric
