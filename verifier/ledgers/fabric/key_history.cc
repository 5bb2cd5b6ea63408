#include "verifier/ledgers/fabric/key_history.h"

#include <algorithm>

#include "verifier/ledgers/fabric/definition_block.h"
#include "verifier/ledgers/fabric/single.h"

namespace heyan::ledgers::fabric {
namespace {

// Does an earlier block that the orderers signed hold a transaction of that id? As peers see it:
// whatever became of that one.
bool stands_earlier(const Scene& scene, std::uint64_t number, std::string_view txid) {
  return std::ranges::any_of(scene.groups, [&](const BlockGroup& one) {
    return one.authenticated && one.number() < number && one.front().index().by_txid.contains(txid);
  });
}

}  // namespace

KeyHistory::KeyHistory(std::string key, const Scene& scene, const FabricConfig& config,
                       const OfferedProofs& proofs, Identities& identities)
    : key_(std::move(key)),
      scene_(scene),
      config_(config),
      proofs_(proofs),
      identities_(identities) {
  for (const BlockGroup& group : scene_.groups) {
    const ReadBlock& block = group.front();
    for (const std::size_t index : block.index().writers_of(config_.chaincode, key_)) {
      const ParsedTransaction& transaction = block.transactions()[index];
      writes_.push_back(
          {.group = &group,
           .transaction = index,
           .write = last_write(transaction, config_.chaincode, key_),
           .duplicate = group.authenticated &&
                        stands_earlier(scene_, group.number(), transaction.header.channel.txid)});
    }
  }
}

const KeyWrite* KeyHistory::at(const BlockGroup& group, std::size_t transaction) const {
  const auto found = std::ranges::find_if(writes_, [&](const KeyWrite& one) {
    return one.group == &group && one.transaction == transaction;
  });
  return found == writes_.end() ? nullptr : &*found;
}

const KeyWrite* KeyHistory::original(const KeyWrite& write) const {
  if (!write.duplicate) return nullptr;
  const auto envelope = [](const KeyWrite& one) {
    return one.group->front().block().entries[one.transaction];
  };
  const auto found = std::ranges::find_if(writes_, [&](const KeyWrite& one) {
    return one.group->authenticated && !one.duplicate &&
           one.group->number() < write.group->number() &&
           core::equal(envelope(one), envelope(write));
  });
  return found == writes_.end() ? nullptr : &*found;
}

KeyHistory::Replay& KeyHistory::replay(const BlockGroup& group) {
  const auto [place, added] = replays_.try_emplace(&group);
  Replay& result = place->second;
  if (!added) return result;
  if (config_.policy) {
    result.policy = &*config_.policy;
  } else {
    result.found = find_definition(proofs_, group.front(), key_, config_.chaincode, *scene_.configs,
                                   identities_);
    if (result.found) result.policy = &*result.found;
  }
  const ChannelConfig& config = *group.link->config;
  const ReadBlock& block = group.front();
  result.source = known_policies(config_.chaincode, result.policy, config);
  result.blocks =
      std::make_unique<BlockReplay>(block.transactions(), block.index(), block.number(),
                                    config_.channel, *result.source, config, identities_);
  return result;
}

const EndorsementPolicy* KeyHistory::policy(const BlockGroup& group) {
  return replay(group).policy;
}

Effect KeyHistory::effect(const KeyWrite& write) {
  if (!write.group->authenticated || write.duplicate ||
      write.group->is_flagged(write.transaction)) {
    return Effect::kNone;
  }
  Replay& block = replay(*write.group);
  const TransactionCheck& check = block.blocks->check(write.transaction);
  if (write.parsed().response.response.status != 200) return Effect::kNone;
  const bool lacks_policy = block.policy == nullptr && check.code == kEndorsementPolicyFailure;
  if (lacks_policy || (check.code == kValid && check.unsupported)) return Effect::kPossible;
  return check.code == kValid ? Effect::kEffective : Effect::kNone;
}

}  // namespace heyan::ledgers::fabric
