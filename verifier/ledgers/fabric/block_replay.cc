#include "verifier/ledgers/fabric/block_replay.h"

#include <algorithm>
#include <set>

namespace heyan::ledgers::fabric {
namespace {

// Looking whether a transaction is needed costs this little of checking one.
constexpr std::size_t kLookedAtPerCheck = 100;

// Calls visit(key, read) for every read of a set, public and hashed; stops where it returns true,
// and says so.
template <typename Visit>
bool any_read(const ReadWriteSet& rwset, Visit&& visit) {
  for (const NamespaceSet& set : rwset.namespaces) {
    for (const Read& read : set.reads) {
      if (visit(StateKey{set.name, {}, core::as_text(read.key)}, read)) return true;
    }
    for (const CollectionSet& collection : set.collections) {
      for (const Read& read : collection.reads) {
        if (visit(StateKey{set.name, collection.name, core::as_text(read.key)}, read)) return true;
      }
    }
  }
  return false;
}

template <typename Visit>
void each_write(const ReadWriteSet& rwset, Visit&& visit) {
  for (const NamespaceSet& set : rwset.namespaces) {
    for (const Write& write : set.writes) visit(StateKey{set.name, {}, core::as_text(write.key)});
    for (const CollectionSet& collection : set.collections) {
      for (const Write& write : collection.writes) {
        visit(StateKey{set.name, collection.name, core::as_text(write.key)});
      }
    }
  }
}

}  // namespace

BlockReplay::BlockReplay(std::span<const ParsedTransaction> transactions, const BlockIndex& index,
                         std::uint64_t number, std::string_view channel, PolicySource& policies,
                         const ChannelConfig& config, Identities& identities)
    : transactions_(transactions),
      index_(index),
      number_(number),
      channel_(channel),
      policies_(policies),
      config_(config),
      identities_(identities),
      checks_(transactions.size()) {}

// Does an earlier transaction have the same id, or write what this one read?
bool BlockReplay::depends_on_others(std::size_t index) const {
  const auto twins = index_.by_txid.find(transactions_[index].header.channel.txid);
  if (twins != index_.by_txid.end() && twins->second.front() < index) return true;
  return any_read(transactions_[index].rwset, [&](const StateKey& key, const Read&) {
    const auto writers = index_.writers.find(key);
    return writers != index_.writers.end() && writers->second.front() < index;
  });
}

// Those whose codes the code of `index` depends on, itself among them. From the last to the first:
// who first asks for a key (or an id) marks all that stand before, so that each is asked for once.
std::vector<bool> BlockReplay::dependencies(std::size_t index) const {
  std::vector<bool> needed(index + 1);
  needed[index] = true;
  std::set<const BlockIndex::Positions*> asked;
  for (std::size_t i = index + 1; i > 0; --i) {
    const std::size_t current = i - 1;
    if (!needed[current] || checks_[current]) continue;
    const auto need = [&](const BlockIndex::Positions& earlier) {
      if (!asked.insert(&earlier).second) return;
      for (const std::size_t one : earlier) {
        if (one >= current) return;
        needed[one] = true;
      }
    };
    const auto twins = index_.by_txid.find(transactions_[current].header.channel.txid);
    if (twins != index_.by_txid.end()) need(twins->second);
    any_read(transactions_[current].rwset, [&](const StateKey& key, const Read&) {
      const auto writers = index_.writers.find(key);
      if (writers != index_.writers.end()) need(writers->second);
      return false;
    });
  }
  return needed;
}

// Only an earlier transaction that passed every check but that of versions marks a later one.
bool BlockReplay::is_duplicate(std::size_t index) const {
  const auto twin = passed_.find(transactions_[index].header.channel.txid);
  return twin != passed_.end() && twin->second < index;
}

bool BlockReplay::is_spoiled(std::size_t index) const {
  return any_read(transactions_[index].rwset, [&](const StateKey& key, const Read& read) {
    // A version of this block or a later one cannot have been read before it was committed.
    if (read.version && read.version->block >= number_) return true;
    const auto writer = written_.find(key);
    return writer != written_.end() && writer->second < index;
  });
}

// Remembers the first transaction that passed under an id, and the first valid one that wrote a
// key.
void BlockReplay::remember(std::size_t index, std::uint8_t code) {
  const auto first = [index](auto& map, const auto& key) {
    const auto [place, added] = map.emplace(key, index);
    if (!added) place->second = std::min(place->second, index);
  };
  if (code == kValid || code == kMvccReadConflict)
    first(passed_, transactions_[index].header.channel.txid);
  if (code != kValid) return;
  each_write(transactions_[index].rwset, [&](const StateKey& key) { first(written_, key); });
}

TransactionCheck BlockReplay::check_one(std::size_t index) {
  identities_.verifier().spend(1);
  if (identities_.verifier().fault()) return {};  // nothing is concluded from here on
  const ParsedTransaction& transaction = transactions_[index];
  TransactionCheck result = check_transaction(transaction, channel_, config_, identities_);
  if (result.code == kValid)
    check_endorsements(transaction, policies_, config_, identities_, result);
  if (result.code == kValid && is_duplicate(index)) {
    result.code = kDuplicateTxid;
    result.reasons.insert(Reason::kFlaggedInvalid);
  } else if (result.code == kValid && is_spoiled(index)) {
    result.code = kMvccReadConflict;
    result.reasons.insert(Reason::kMvcc);
  }
  return result;
}

const TransactionCheck& BlockReplay::check(std::size_t index) {
  if (checks_[index]) return *checks_[index];
  const auto compute = [&](std::size_t one) {
    checks_[one] = check_one(one);
    remember(one, checks_[one]->code);
  };
  if (depends_on_others(index)) {
    identities_.verifier().spend(index / kLookedAtPerCheck);
    const std::vector<bool> needed = dependencies(index);
    for (std::size_t i = 0; i < index; ++i) {
      if (needed[i] && !checks_[i]) compute(i);
    }
  }
  compute(index);
  return *checks_[index];
}

}  // namespace heyan::ledgers::fabric
