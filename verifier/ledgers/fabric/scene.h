// What all records that one item names have in common: the configs, the blocks offered, which of
// them the orderers signed, and whether those can stand on one chain.
//
// Threat: blocks are an attacker's until check_block says otherwise; a genuine envelope may be
// ordered again by anybody, an orderer may sign two blocks of one number. One thread; views live as
// long as proofs and trust list.
#pragma once

#include <optional>
#include <vector>

#include "verifier/ledgers/fabric/config_chain.h"
#include "verifier/ledgers/fabric/ordering.h"
#include "verifier/ledgers/fabric/proofs.h"
#include "verifier/ledgers/fabric/trust_config.h"

namespace heyan::ledgers::fabric {

inline constexpr std::size_t kMaxCopies = 64;  // whose signatures are merged; no network has more

// One block, of which several copies may have been offered: number and hashes are the same.
struct BlockGroup {
  std::vector<const OfferedBlock*> copies;  // those with validation flags first
  const ConfigLink* link = nullptr;         // whose config is in force; null without configs
  OrderingCheck ordering;                   // of blocks(); empty without configs
  bool authenticated = false;

  const ReadBlock& front() const { return *copies.front()->read; }
  std::uint64_t number() const { return front().number(); }
  // The first kMaxCopies, for check_block.
  std::vector<const Block*> blocks() const;
  // Do the flags of any copy call that transaction invalid?
  bool is_flagged(std::size_t transaction) const;
};

struct Scene {
  Reasons reasons;                     // of all proofs
  std::optional<ConfigChain> configs;  // reviewed, and those that came with the submission
  bool config_unapproved = false;      // one that came changes what trust rests on
  std::vector<BlockGroup> groups;      // blocks with transactions, by number
  std::optional<std::uint64_t> fork;   // lowest number at which authenticated blocks contradict

  const BlockGroup* group_of(const ReadBlock& block) const;
};

Scene set_scene(const OfferedProofs& proofs, const FabricConfig& config, Identities& identities);

}  // namespace heyan::ledgers::fabric
