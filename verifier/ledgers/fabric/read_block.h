// A block of the submission, read once in a judgement, however many items and proofs name it.
//
// Threat: four thousand references to one block, ten thousand items that share one of fifty
// megabytes, blocks made of entries that are tiny on the wire and large once read. Each content is
// parsed and hashed once; what reading costs is counted in units, which the caller bounds. Views of
// the bytes, which must outlive it. One judgement; one thread.
#pragma once

#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "verifier/ledgers/fabric/block.h"
#include "verifier/ledgers/fabric/reason.h"
#include "verifier/ledgers/fabric/record.h"
#include "verifier/ledgers/fabric/state.h"
#include "verifier/ledgers/fabric/validation.h"

namespace heyan::ledgers::fabric {

// Where in a block keys are written and transaction ids stand: positions, ascending. Entries whose
// header cannot be read are in neither.
struct BlockIndex {
  using Positions = std::vector<std::size_t>;
  std::map<StateKey, Positions> writers;
  std::map<std::string_view, Positions> by_txid;

  BlockIndex() = default;
  explicit BlockIndex(std::span<const ParsedTransaction> transactions);

  // Those that write a public key of a namespace; empty where none does.
  std::span<const std::size_t> writers_of(std::string_view name, std::string_view key) const;
};

// What a transaction leaves of a key in a namespace: its last write, or null where it has none.
const Write* last_write(const ParsedTransaction& transaction, std::string_view name,
                        std::string_view key);

// A record in the block, by each digest in it.
struct RecordAt {
  std::string_view key;
  std::size_t transaction = 0;
};
using RecordDigests = std::multimap<std::pair<v1::DigestAlgorithm, std::string>, RecordAt>;

class ReadBlock {
 public:
  // Of bytes that parse_block has read.
  ReadBlock(ByteView bytes, Block block);
  ReadBlock(const ReadBlock&) = delete;
  ReadBlock& operator=(const ReadBlock&) = delete;

  ByteView bytes() const { return bytes_; }
  const Block& block() const { return block_; }
  std::uint64_t number() const { return block_.header.number; }
  const Bytes& header() const { return header_; }  // encoded: what names the block
  bool is_config() const { return is_config_; }
  // None of config blocks.
  const std::vector<ParsedTransaction>& transactions() const { return transactions_; }
  const BlockIndex& index() const { return index_; }
  // What it takes to keep it, in units of about a hundred octets.
  std::size_t units() const { return units_; }

  // check_data() under the verifier's profile, computed once.
  Reasons data(Verifier& verifier) const;
  // The records of a chaincode by their digests, computed once for these places.
  const RecordDigests& digests(std::string_view chaincode, const RecordPlaces& places,
                               const core::Limits& limits) const;

 private:
  ByteView bytes_;
  Block block_;
  Bytes header_;
  bool is_config_;
  std::vector<ParsedTransaction> transactions_;
  BlockIndex index_;
  std::size_t units_ = 0;
  mutable std::map<crypto::Hash, Reasons> data_;
  mutable std::map<const RecordPlaces*, RecordDigests> digests_;
};

// The blocks of one judgement by the SHA-256 of their bytes.
class ReadBlocks {
 public:
  // Null where the bytes are no block. `sha256`: of `bytes`.
  std::shared_ptr<const ReadBlock> read(ByteView bytes, ByteView sha256,
                                        const core::Limits& limits);

 private:
  struct Entry {
    ByteView bytes;
    std::shared_ptr<const ReadBlock> block;  // null: no block
  };
  std::map<Bytes, Entry> entries_;
  std::size_t units_ = 0;
};

}  // namespace heyan::ledgers::fabric
