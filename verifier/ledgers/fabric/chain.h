// The whole chain replayed from its first block: every flag and commit hash recomputed, every key's
// history known.
//
// What one block leaves open (replays, versions read, later changes) is decided here. Reads of
// ranges, key-level policies and private collections of chaincodes are not recomputed: such a chain
// is UNSUPPORTED, which proves nothing. Source: docs/fabric.md, "The whole chain". One
// thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "verifier/ledgers/fabric/config_chain.h"
#include "verifier/ledgers/fabric/endorsement_policy.h"
#include "verifier/ledgers/fabric/read_block.h"
#include "verifier/ledgers/fabric/reason.h"

namespace heyan::ledgers::fabric {

// For chains without definitions: the policy of the records' chaincode from a block on.
struct PolicyFrom {
  std::uint64_t from_block = 0;
  EndorsementPolicy policy;
};

struct ChainQuestion {
  std::span<const KeptBytes> blocks;  // in order, the first block of the channel first
  std::optional<ByteView> pin;        // hash of the first block's header
  std::string_view channel;
  std::string_view chaincode;
  std::optional<std::string_view> key;  // whose history is asked for
  std::span<const PolicyFrom> policies;
  // Blocks that have been read already, by where their bytes are; may be null.
  const std::map<const std::uint8_t*, const ReadBlock*>* read = nullptr;
};

// One valid write of the key.
struct HistoryEntry {
  std::uint64_t block = 0;
  std::size_t transaction = 0;
  std::optional<ByteView> value;            // nothing: deleted
  std::optional<EndorsementPolicy> policy;  // of the chaincode, in force at that block
};

struct ChainAnswer {
  Reasons reasons;
  std::optional<std::uint64_t> at;  // number of the block where the replay stopped
  std::map<std::uint64_t, std::vector<std::uint8_t>> codes;  // recomputed, without the first block
  std::map<std::uint64_t, Bytes> header_hashes;
  std::uint64_t last_block = 0;
  Bytes commit_hash;  // recomputed, of the last block
  std::vector<HistoryEntry> history;
  std::optional<ConfigChain> configs;

  bool complete() const { return reasons.empty() && configs.has_value(); }
};

ChainAnswer judge_chain(const ChainQuestion& question, Identities& identities);

}  // namespace heyan::ledgers::fabric
