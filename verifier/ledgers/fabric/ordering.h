// Is this block what the orderers of the channel signed? Data hash, canonical entries, signatures,
// config in force.
//
// AuthenticatedBlock is the proof that all of it holds: check_block is its only maker, so whoever
// has one has bytes that orderers signed. STRICTER than Fabric: signers must have the orderer role
// (or be the consenters that the config names). Source: fabric v3.0.0 protoutil/blockutils.go;
// docs/fabric.md, "Bytes" and "Policies".
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "verifier/ledgers/fabric/block.h"
#include "verifier/ledgers/fabric/reason.h"
#include "verifier/ledgers/fabric/signers.h"

namespace heyan::ledgers::fabric {

struct OrderingCheck;

class AuthenticatedBlock {
 public:
  const Block& block() const { return *block_; }
  ByteView header_hash() const { return header_hash_; }

 private:
  friend OrderingCheck check_block(std::span<const Block* const>, std::uint64_t,
                                   const ChannelConfig&, Identities&, const Reasons*);
  AuthenticatedBlock(const Block& block, Bytes header_hash)
      : block_(&block), header_hash_(std::move(header_hash)) {}

  const Block* block_;
  Bytes header_hash_;
};

struct OrderingCheck {
  Reasons reasons;  // DATA_HASH TX_ENCODING ORDERER_SIGNATURE CONFIG_MISMATCH
  Bytes header_hash;
  std::vector<SignerCheck> signers;     // in the order of the copies and of their signatures
  std::set<std::string> organisations;  // MSPs with a good orderer signature
  std::optional<AuthenticatedBlock> authenticated;  // only where `reasons` is empty
};

// `copies`: the same block (number and header) from one or more nodes, at least one; entries and
// flags are those of the first. `config_number`: number of the config block in force, whose config
// is `config`. `data`: check_data() of the first, where it is known. Blocks must outlive the
// result.
OrderingCheck check_block(std::span<const Block* const> copies, std::uint64_t config_number,
                          const ChannelConfig& config, Identities& identities,
                          const Reasons* data = nullptr);

// An organisation of the orderer group, with the orderer role; or one that BlockValidation names by
// its certificate.
bool may_order(const Identity& identity, const ChannelConfig& config);

Bytes header_hash(const BlockHeader& header, Verifier& verifier);

// DATA_HASH and TX_ENCODING alone: does the header bind these entries, and only these?
Reasons check_data(const Block& block, Verifier& verifier);

// Is the only entry of the block a transaction of type CONFIG?
bool is_config_block(const Block& block);

}  // namespace heyan::ledgers::fabric
