#include "verifier/ledgers/fabric/read_block.h"

#include <algorithm>

#include "verifier/ledgers/fabric/ordering.h"

namespace heyan::ledgers::fabric {
namespace {

// Blocks beyond this are read again for the next item: about 400 MB.
constexpr std::size_t kKeptUnits = 4'000'000;

std::size_t units_of(const ParsedTransaction& transaction) {
  std::size_t units = 8 + transaction.action.endorsements.size();
  for (const NamespaceSet& set : transaction.rwset.namespaces) {
    units += 2 + set.reads.size() + 4 * set.writes.size();
    for (const CollectionSet& collection : set.collections)
      units += 2 + collection.reads.size() + 4 * collection.writes.size();
  }
  return units;
}

}  // namespace

BlockIndex::BlockIndex(std::span<const ParsedTransaction> transactions) {
  for (std::size_t i = 0; i < transactions.size(); ++i) {
    if (transactions[i].header_code != kValid) continue;
    by_txid[transactions[i].header.channel.txid].push_back(i);
    const auto add = [&](const StateKey& key) {
      Positions& positions = writers[key];
      if (positions.empty() || positions.back() != i) positions.push_back(i);
    };
    for (const NamespaceSet& set : transactions[i].rwset.namespaces) {
      for (const Write& write : set.writes) add({set.name, {}, core::as_text(write.key)});
      for (const CollectionSet& collection : set.collections) {
        for (const Write& write : collection.writes)
          add({set.name, collection.name, core::as_text(write.key)});
      }
    }
  }
}

std::span<const std::size_t> BlockIndex::writers_of(std::string_view name,
                                                    std::string_view key) const {
  const auto found = writers.find({name, {}, key});
  return found == writers.end() ? std::span<const std::size_t>() : found->second;
}

const Write* last_write(const ParsedTransaction& transaction, std::string_view name,
                        std::string_view key) {
  const Write* last = nullptr;
  for (const NamespaceSet& set : transaction.rwset.namespaces) {
    if (set.name != name) continue;
    for (const Write& write : set.writes) {
      if (core::as_text(write.key) == key) last = &write;
    }
  }
  return last;
}

ReadBlock::ReadBlock(ByteView bytes, Block block)
    : bytes_(bytes),
      block_(std::move(block)),
      header_(encode_header(block_.header)),
      is_config_(is_config_block(block_)) {
  if (!is_config_) {
    transactions_.reserve(block_.entries.size());
    for (const ByteView entry : block_.entries) {
      transactions_.push_back(parse_transaction(entry));
      units_ += units_of(transactions_.back());
    }
  }
  index_ = BlockIndex(transactions_);
}

Reasons ReadBlock::data(Verifier& verifier) const {
  const crypto::Hash hash = verifier.profile().data_hash;
  if (const auto found = data_.find(hash); found != data_.end()) return found->second;
  Reasons reasons = check_data(block_, verifier);
  // Where the libraries computed different digests, every judgement has to notice it itself.
  if (!verifier.fault()) data_.emplace(hash, reasons);
  return reasons;
}

const RecordDigests& ReadBlock::digests(std::string_view chaincode, const RecordPlaces& places,
                                        const core::Limits& limits) const {
  const auto [place, added] = digests_.try_emplace(&places);
  if (!added) return place->second;
  for (auto at = index_.writers.lower_bound({chaincode, {}, {}}); at != index_.writers.end();
       ++at) {
    const auto& [name, collection, key] = at->first;
    if (name != chaincode || !collection.empty()) break;
    for (const std::size_t position : at->second) {
      const Write& write = *last_write(transactions_[position], name, key);
      if (write.is_delete) continue;
      const auto parsed = parse_record(write.value, key, places, limits);
      if (!parsed) continue;
      for (const v1::Digest& digest : parsed->record.digests())
        place->second.emplace(std::pair(digest.algorithm(), digest.value()),
                              RecordAt{key, position});
    }
  }
  return place->second;
}

std::shared_ptr<const ReadBlock> ReadBlocks::read(ByteView bytes, ByteView sha256,
                                                  const core::Limits& limits) {
  Bytes key = core::to_bytes(sha256);
  const auto found = entries_.find(key);
  // The digest is the caller's word; that it is the same buffer is certain.
  if (found != entries_.end() && found->second.bytes.data() == bytes.data() &&
      found->second.bytes.size() == bytes.size()) {
    return found->second.block;
  }
  Entry entry{.bytes = bytes, .block = nullptr};
  if (auto block = parse_block(bytes, limits))
    entry.block = std::make_shared<const ReadBlock>(bytes, *std::move(block));
  const std::size_t units = 1 + (entry.block ? entry.block->units() : 0);
  if (units_ + units > kKeptUnits) {
    entries_.clear();
    units_ = 0;
  }
  units_ += units;
  const auto block = entry.block;
  entries_.insert_or_assign(std::move(key), std::move(entry));
  return block;
}

}  // namespace heyan::ledgers::fabric
