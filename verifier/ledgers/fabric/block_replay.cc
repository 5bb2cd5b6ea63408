#include "verifier/ledgers/fabric/block_replay.h"

#include <algorithm>

namespace heyan::ledgers::fabric {
namespace {

bool writes_key(const std::vector<Write>& writes, ByteView key) {
  return std::ranges::any_of(writes,
                             [&](const Write& write) { return core::equal(write.key, key); });
}

bool reads_what_is_written(const std::vector<Read>& reads, const std::vector<Write>& writes) {
  return std::ranges::any_of(reads, [&](const Read& read) { return writes_key(writes, read.key); });
}

bool touches(const ReadWriteSet& reader, const ReadWriteSet& writer) {
  return std::ranges::any_of(reader.namespaces, [&](const NamespaceSet& reads) {
    const NamespaceSet* writes = writer.find(reads.name);
    if (writes == nullptr) return false;
    if (reads_what_is_written(reads.reads, writes->writes)) return true;
    return std::ranges::any_of(reads.collections, [&](const CollectionSet& collection) {
      return std::ranges::any_of(writes->collections, [&](const CollectionSet& other) {
        return other.name == collection.name &&
               reads_what_is_written(collection.reads, other.writes);
      });
    });
  });
}

// A version of this block or a later one cannot have been read before it was committed.
bool reads_the_future(const ReadWriteSet& rwset, std::uint64_t number) {
  const auto later = [number](const Read& read) {
    return read.version && read.version->block >= number;
  };
  return std::ranges::any_of(rwset.namespaces, [&](const NamespaceSet& set) {
    return std::ranges::any_of(set.reads, later) ||
           std::ranges::any_of(set.collections, [&](const CollectionSet& collection) {
             return std::ranges::any_of(collection.reads, later);
           });
  });
}

}  // namespace

// Only an earlier transaction that passed every check but that of versions marks a later one.
bool BlockReplay::is_duplicate(std::size_t index) {
  const std::string_view txid = transactions_[index].header.channel.txid;
  for (std::size_t earlier = 0; earlier < index; ++earlier) {
    const ParsedTransaction& one = transactions_[earlier];
    if (one.header_code != kValid || one.header.channel.txid != txid) continue;
    const std::uint8_t code = check(earlier).code;
    if (code == kValid || code == kMvccReadConflict || code == kDuplicateTxid) return true;
  }
  return false;
}

bool BlockReplay::is_spoiled(std::size_t index) {
  const ReadWriteSet& rwset = transactions_[index].rwset;
  if (reads_the_future(rwset, number_)) return true;
  for (std::size_t earlier = 0; earlier < index; ++earlier) {
    if (touches(rwset, transactions_[earlier].rwset) && check(earlier).code == kValid) return true;
  }
  return false;
}

const TransactionCheck& BlockReplay::check(std::size_t index) {
  if (const auto found = checks_.find(index); found != checks_.end()) return found->second;
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
  return checks_.emplace(index, std::move(result)).first->second;
}

}  // namespace heyan::ledgers::fabric
