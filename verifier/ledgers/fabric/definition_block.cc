#include "verifier/ledgers/fabric/definition_block.h"

#include <algorithm>

#include "verifier/ledgers/fabric/block_replay.h"
#include "verifier/ledgers/fabric/ordering.h"
#include "verifier/ledgers/fabric/single.h"

namespace heyan::ledgers::fabric {
namespace {

constexpr std::size_t kMaxTried = 16;  // blocks with the number of the definition's

const Read* find_read(const ReadWriteSet& rwset, std::string_view name, std::string_view key) {
  const NamespaceSet* set = rwset.find(name);
  if (set == nullptr) return nullptr;
  const auto found = std::ranges::find_if(
      set->reads, [&](const Read& read) { return core::as_text(read.key) == key; });
  return found == set->reads.end() ? nullptr : &*found;
}

// The version of the definition that transactions writing this record ran under; nothing where they
// differ.
std::optional<Version> definition_version(const ReadBlock& block, std::string_view key,
                                          std::string_view chaincode) {
  std::optional<Version> version;
  for (const std::size_t index : block.index().writers_of(chaincode, key)) {
    const ParsedTransaction& transaction = block.transactions()[index];
    const Read* read = find_read(transaction.rwset, kLifecycleNamespace, sequence_key(chaincode));
    if (read == nullptr || !read->version || (version && *version != *read->version))
      return std::nullopt;
    version = read->version;
  }
  return version;
}

}  // namespace

std::optional<EndorsementPolicy> find_definition(const OfferedProofs& proofs,
                                                 const ReadBlock& record_block,
                                                 std::string_view key, std::string_view chaincode,
                                                 const ConfigChain& configs,
                                                 Identities& identities) {
  const auto version = definition_version(record_block, key, chaincode);
  if (!version) return std::nullopt;
  std::size_t tried = 0;
  for (const OfferedBlock& offered : proofs.blocks) {
    const ReadBlock& block = *offered.read;
    if (block.is_config() || block.number() != version->block) continue;
    if (version->transaction >= block.transactions().size()) continue;
    const ConfigLink* link = configs.in_force(version->block);
    if (link == nullptr || ++tried > kMaxTried) continue;
    const Block* const copy = &block.block();
    const Reasons data = block.data(identities.verifier());
    if (!check_block({&copy, 1}, link->number, *link->config, identities, &data).authenticated)
      continue;
    const auto index = static_cast<std::size_t>(version->transaction);
    const Write* write = last_write(block.transactions()[index], kLifecycleNamespace,
                                    validation_info_key(chaincode));
    if (write == nullptr || write->is_delete) continue;
    const std::unique_ptr<PolicySource> policies =
        known_policies(chaincode, nullptr, *link->config);
    BlockReplay replay(block.transactions(), block.index(), version->block, configs.channel(),
                       *policies, *link->config, identities);
    const TransactionCheck& check = replay.check(index);
    if (check.code != kValid || check.unsupported) continue;
    auto policy = EndorsementPolicy::from_definition(write->value, identities.verifier().limits());
    if (policy) return *std::move(policy);
  }
  return std::nullopt;
}

}  // namespace heyan::ledgers::fabric
