#include "verifier/ledgers/chainmaker/whole_block.h"

#include <algorithm>

#include "verifier/ledgers/chainmaker/merkle.h"

namespace heyan::ledgers::chainmaker {

using core::ErrorCode;
using core::fail;

Result<ReadBlock> ReadBlock::read(ByteView block_info, const RecordPlaces& places,
                                  Verifier& verifier) {
  ReadBlock block;
  if (begins_as_json(block_info)) {
    HEYAN_TRY(block.encoded_, block_info_of_json(block_info, verifier.limits()));
    block_info = block.encoded_;
  }
  HEYAN_CHECK_OK(block.read_parts(block_info, places, verifier));
  return block;
}

Result<void> ReadBlock::read_parts(ByteView block_info, const RecordPlaces& places,
                                   Verifier& verifier) {
  HEYAN_TRY(parts_, parse_block_info(block_info));
  if (parts_.transactions.size() > verifier.limits().block_transactions)
    return fail(ErrorCode::kLimit, "more transactions than a block may have");
  HEYAN_TRY(const Header header, parse_header(parts_.header));
  for (const auto& [key, value] : parts_.extra) {
    if (key != kVotesKey) continue;
    if (!vote_set_.empty()) return fail(ErrorCode::kDuplicate, "two vote sets in a block");
    vote_set_ = core::to_bytes(value);
  }
  std::vector<Bytes> leaves;
  for (std::size_t i = 0; i < parts_.transactions.size(); ++i) {
    HEYAN_TRY(const Transaction transaction, parse_transaction(parts_.transactions[i]));
    leaves.push_back(verifier.digest(transaction.hashed(header.version)));
    rw_set_hashes_.push_back(core::to_bytes(transaction.rw_set_hash));
    add_name(std::string(transaction.payload.tx_id), i);
    const auto record = read_record(transaction.payload, places, verifier.limits());
    if (record && record->id() != transaction.payload.tx_id) add_name(record->id(), i);
  }
  levels_ = tree_over(std::move(leaves), verifier);
  check_roots(header, verifier);
  return {};
}

void ReadBlock::add_name(std::string name, std::size_t index) {
  const auto [place, added] = names_.emplace(std::move(name), index);
  if (!added) place->second.reset();
}

void ReadBlock::check_roots(const Header& header, Verifier& verifier) {
  const Bytes root = levels_.empty() ? Bytes() : levels_.back().front();
  if (parts_.transactions.size() != header.tx_count || !core::equal(root, header.tx_root))
    reasons_.insert(Reason::kTxNotInBlock);
  if (!core::equal(verifier.digest(parts_.dag), header.dag_hash))
    reasons_.insert(Reason::kTxNotInBlock);
  const auto sets = tree_over(rw_set_hashes_, verifier);
  const Bytes sets_root = sets.empty() ? Bytes() : sets.back().front();
  if (!core::equal(sets_root, header.rw_set_root)) reasons_.insert(Reason::kRwSetMismatch);
  // A node may leave the sets out; what it gives must be all, in order.
  if (parts_.rw_sets.empty()) return;
  bool sound = parts_.rw_sets.size() == rw_set_hashes_.size();
  for (std::size_t i = 0; sound && i < rw_set_hashes_.size(); ++i)
    sound = core::equal(verifier.digest(parts_.rw_sets[i]), rw_set_hashes_[i]);
  if (!sound) reasons_.insert(Reason::kRwSetMismatch);
}

std::optional<std::size_t> ReadBlock::find(std::string_view id) const {
  const auto found = names_.find(id);
  return found == names_.end() ? std::nullopt : found->second;
}

Proof ReadBlock::proof_of(std::size_t index) const {
  Proof proof{.header = core::to_bytes(parts_.header),
              .vote_set = vote_set_,
              .transaction = core::to_bytes(parts_.transactions[index]),
              .index = index,
              .path = path_to(levels_, index),
              .rw_set = {}};
  if (parts_.rw_sets.size() == parts_.transactions.size())
    proof.rw_set = core::to_bytes(parts_.rw_sets[index]);
  return proof;
}

}  // namespace heyan::ledgers::chainmaker
