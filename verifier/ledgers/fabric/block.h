// A Fabric block as a peer or an orderer stores it, by view.
//
// Threat: an attacker's bytes. Header, data and metadata must stand once, data must not be empty,
// nothing may follow. The signed parts are kept as received. TRANSACTIONS_FILTER and COMMIT_HASH
// are written by each peer and signed by nobody: they may lower a result, never raise one. Source:
// fabric-protos common/common.proto; protoutil/blockutils.go (fabric v2.5.4, v3.0.0).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "verifier/core/limits.h"
#include "verifier/ledgers/fabric/message.h"

namespace heyan::ledgers::fabric {

// Bytes of a block, with whoever keeps them alive; without an owner they outlive everything that
// views them.
struct KeptBytes {
  ByteView bytes;
  std::shared_ptr<const Bytes> owner;

  static KeptBytes own(Bytes content) {
    KeptBytes kept{.bytes = {}, .owner = std::make_shared<const Bytes>(std::move(content))};
    kept.bytes = *kept.owner;
    return kept;
  }
  static KeptBytes view(ByteView bytes) { return {.bytes = bytes, .owner = nullptr}; }
};

struct BlockHeader {
  std::uint64_t number = 0;
  ByteView previous_hash;  // empty in the first block
  ByteView data_hash;
};

struct MetadataSignature {
  ByteView signature_header;   // SignatureHeader of the signer, or empty
  ByteView identifier_header;  // BFT: number of the consenter, or empty
  ByteView signature;
};

// metadata[0]: what the orderers signed beside the header.
struct BlockSignatures {
  ByteView value;  // OrdererBlockMetadata, signed as it stands
  std::optional<std::uint64_t>
      last_config;  // number of the config block in force; nothing where `value` does not say it
  std::vector<MetadataSignature> signatures;
};

struct Block {
  BlockHeader header;
  std::vector<ByteView> entries;              // one Envelope each; at least one
  std::optional<BlockSignatures> signatures;  // nothing where metadata[0] is absent or unreadable
  ByteView flags;                       // metadata[2], one byte a transaction; empty where absent
  std::optional<ByteView> commit_hash;  // metadata[4]
};

Result<Block> parse_block(ByteView bytes, const core::Limits& limits);

// DER SEQUENCE { INTEGER number, OCTET STRING previous_hash, OCTET STRING data_hash }: what is
// hashed and signed.
Bytes encode_header(const BlockHeader& header);

struct Envelope {
  ByteView payload;
  ByteView signature;  // empty in the first block
};
Result<Envelope> parse_envelope(ByteView bytes);

// The one encoding that the data hash does not leave ambiguous (CVE-2023-46132): 0A len payload 12
// len signature, both not empty, minimal lengths, nothing after.
bool is_canonical_envelope(ByteView bytes);

struct SignatureHeader {
  ByteView creator;  // SerializedIdentity
  ByteView nonce;
};
Result<SignatureHeader> parse_signature_header(ByteView bytes);

struct SerializedIdentity {
  std::string_view msp;
  ByteView certificate;  // PEM
};
Result<SerializedIdentity> parse_serialized_identity(ByteView bytes);

// IdentifierHeader of a BFT signature: the consenter's number.
Result<std::uint32_t> parse_identifier(ByteView bytes);

}  // namespace heyan::ledgers::fabric
