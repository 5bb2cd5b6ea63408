#include "verifier/ledgers/fabric/selection.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace heyan::ledgers::fabric {
namespace {

// Calls visit(record) for every record of the block with the file's fingerprint.
template <typename Visit>
void each_matching(const ReadBlock& block, std::string_view chaincode, const RecordPlaces& places,
                   const v1::Measured& measured, const core::Limits& limits, Visit&& visit) {
  const RecordDigests& digests = block.digests(chaincode, places, limits);
  for (const v1::MeasuredDigest& own : measured.digests()) {
    const auto [begin, end] = digests.equal_range({own.algorithm(), own.first()});
    for (auto at = begin; at != end; ++at) visit(at->second);
  }
}

// Keys of records in a block (or in one transaction of it), no more than two: beyond one it does
// not matter how many.
void collect_keys(const ReadBlock& block, std::optional<std::size_t> transaction,
                  std::string_view chaincode, std::set<std::string_view>& keys) {
  const auto consider = [&](std::size_t index, std::string_view key) {
    const Write* write = last_write(block.transactions()[index], chaincode, key);
    if (write != nullptr && !write->is_delete) keys.insert(key);
  };
  if (transaction) {
    if (*transaction >= block.transactions().size()) return;
    const NamespaceSet* set = block.transactions()[*transaction].rwset.find(chaincode);
    if (set == nullptr) return;
    for (const Write& write : set->writes) {
      if (keys.size() > 1) return;
      consider(*transaction, core::as_text(write.key));
    }
    return;
  }
  const auto& writers = block.index().writers;
  for (auto at = writers.lower_bound({chaincode, {}, {}}); at != writers.end(); ++at) {
    const auto& [name, collection, key] = at->first;
    if (name != chaincode || !collection.empty() || keys.size() > 1) return;
    for (const std::size_t index : at->second) consider(index, key);
  }
}

// The block to name where the record is in none: one that has the key in another namespace, else
// the first one that the orderers signed, else any.
const BlockGroup& searched_block(const Scene& scene, std::string_view key) {
  const BlockGroup* best = nullptr;
  const auto rank = [&](const BlockGroup& group) {
    const bool has_key =
        !key.empty() && std::ranges::any_of(group.front().index().writers, [&](const auto& writer) {
          return std::get<1>(writer.first).empty() && std::get<2>(writer.first) == key;
        });
    return std::pair(has_key, group.authenticated);
  };
  for (const BlockGroup& group : scene.groups) {
    if (best == nullptr || rank(group) > rank(*best)) best = &group;
  }
  return *best;
}

using Place = std::pair<const BlockGroup*, std::size_t>;

// Where the key has the file's fingerprint.
std::set<Place> matching_writes(const KeyHistory& history, std::string_view chaincode,
                                const RecordPlaces& places, const v1::Measured& measured,
                                const core::Limits& limits) {
  std::set<Place> found;
  const BlockGroup* looked_at = nullptr;
  for (const KeyWrite& write : history.writes()) {
    if (write.group == looked_at) continue;
    looked_at = write.group;
    each_matching(looked_at->front(), chaincode, places, measured, limits,
                  [&](const RecordAt& record) {
                    if (record.key == history.key()) found.emplace(looked_at, record.transaction);
                  });
  }
  return found;
}

// Null where nothing but deletions is there.
const KeyWrite* best_write(KeyHistory& history, const std::set<Place>& matching) {
  using Rank = std::tuple<bool, Effect, bool, bool, std::pair<std::uint64_t, std::size_t>>;
  // Where there is no choice, what the only one is worth is the judge's question.
  if (history.writes().size() == 1) {
    const KeyWrite& only = history.writes().front();
    return only.write->is_delete ? nullptr : &only;
  }
  const KeyWrite* best = nullptr;
  Rank best_rank{};
  for (const KeyWrite& one : history.writes()) {
    if (one.write->is_delete) continue;
    const Rank rank{one.group->authenticated, history.effect(one), !one.duplicate,
                    matching.contains({one.group, one.transaction}), one.position()};
    if (best != nullptr && rank <= best_rank) continue;
    best = &one;
    best_rank = rank;
  }
  return best;
}

}  // namespace

std::string resolve_key(const NamedRecord& named, const Scene& scene, std::string_view chaincode,
                        const RecordPlaces& places, const v1::Measured& measured,
                        const core::Limits& limits) {
  if (!named.key.empty()) return named.key;
  std::set<std::string_view> keys;
  std::string matching;
  std::pair<bool, std::uint64_t> best{};
  for (const BlockGroup& group : scene.groups) {
    if (named.block != nullptr && group.front().header() != named.block->header()) continue;
    collect_keys(group.front(), named.transaction, chaincode, keys);
  }
  if (keys.size() == 1) return std::string(*keys.begin());
  for (const BlockGroup& group : scene.groups) {
    if (named.block != nullptr && group.front().header() != named.block->header()) continue;
    const std::pair rank{group.authenticated, group.number()};
    if (!matching.empty() && rank < best) continue;
    each_matching(group.front(), chaincode, places, measured, limits, [&](const RecordAt& record) {
      if (named.transaction && record.transaction != *named.transaction) return;
      matching = record.key;
      best = rank;
    });
  }
  return matching;
}

std::optional<Selection> select_record(const NamedRecord& named, KeyHistory& history,
                                       const Scene& scene, std::string_view chaincode,
                                       const RecordPlaces& places, const v1::Measured& measured,
                                       const core::Limits& limits) {
  if (scene.groups.empty()) return std::nullopt;
  Selection selection{.group = nullptr,
                      .key = history.key(),
                      .transaction = named.transaction,
                      .found = false,
                      .duplicate = false};
  const KeyWrite* chosen = nullptr;
  if (named.block != nullptr) {
    selection.group = scene.group_of(*named.block);
    chosen = history.at(*selection.group, *named.transaction);
  } else {
    chosen = best_write(history, matching_writes(history, chaincode, places, measured, limits));
  }
  if (chosen != nullptr && chosen->write->is_delete) chosen = nullptr;
  if (chosen == nullptr) {
    if (selection.group == nullptr) selection.group = &searched_block(scene, history.key());
    return selection;
  }
  if (const KeyWrite* original = history.original(*chosen)) chosen = original;
  selection.group = chosen->group;
  selection.transaction = chosen->transaction;
  selection.found = true;
  selection.duplicate = chosen->duplicate;
  return selection;
}

std::vector<KeptBytes> contiguous_run(const OfferedProofs& proofs, const ReadBlock& preferred,
                                      const std::map<std::uint64_t, KeptBytes>& reviewed) {
  std::map<std::uint64_t, const ReadBlock*> by_number;
  for (const OfferedBlock& block : proofs.blocks) {
    const ReadBlock*& place = by_number[block.number()];
    const bool more = place != nullptr && place->block().flags.empty() &&
                      !block.block().flags.empty() && place->header() == block.read->header();
    if (place == nullptr || more) place = block.read.get();
  }
  by_number[preferred.number()] = &preferred;
  std::vector<KeptBytes> run;
  for (std::uint64_t number = 0;; ++number) {
    if (const auto offered = by_number.find(number); offered != by_number.end()) {
      run.push_back(KeptBytes::view(offered->second->bytes()));
    } else if (const auto kept = reviewed.find(number); kept != reviewed.end()) {
      run.push_back(kept->second);
    } else {
      break;
    }
  }
  if (run.size() <= preferred.number()) run.clear();
  return run;
}

}  // namespace heyan::ledgers::fabric
