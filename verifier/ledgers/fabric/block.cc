#include "verifier/ledgers/fabric/block.h"

#include "verifier/core/cursor.h"

namespace heyan::ledgers::fabric {
namespace {

constexpr std::size_t kSignatures = 0;
constexpr std::size_t kTransactionsFilter = 2;
constexpr std::size_t kCommitHash = 4;
constexpr std::size_t kMaxMetadata = 16;
constexpr std::size_t kMaxOrderers = 256;

Result<BlockHeader> parse_header(ByteView bytes) {
  BlockHeader header;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(header.number, field);
      case 2:
        return put(header.previous_hash, field);
      case 3:
        return put(header.data_hash, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return header;
}

Result<MetadataSignature> parse_metadata_signature(ByteView bytes) {
  MetadataSignature signature;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(signature.signature_header, field);
      case 2:
        return put(signature.signature, field);
      case 3:
        return put(signature.identifier_header, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return signature;
}

struct Metadata {
  ByteView value;
  std::vector<ByteView> signatures;
};

Result<Metadata> parse_metadata(ByteView bytes) {
  Metadata metadata;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(metadata.value, field);
      case 2:
        return put(metadata.signatures, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {2}, visit));
  return metadata;
}

// OrdererBlockMetadata.last_config.index; the numbers of proto3 default to zero.
Result<std::uint64_t> parse_last_config(ByteView value) {
  ByteView last_config;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(last_config, field);
      case 2:
        return skip_bytes(field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(value, {}, visit));
  std::uint64_t index = 0;
  const auto visit_b = [&](const Field& field) -> Result<void> {
    return field.number == 1 ? put(index, field) : unknown(field);
  };
  HEYAN_CHECK_OK(read_fields(last_config, {}, visit_b));
  return index;
}

Result<BlockSignatures> parse_signatures(ByteView bytes) {
  HEYAN_TRY(const Metadata metadata, parse_metadata(bytes));
  if (metadata.signatures.size() > kMaxOrderers) {
    return core::fail(core::ErrorCode::kLimit, "too many orderer signatures");
  }
  BlockSignatures result;
  result.value = metadata.value;
  if (!metadata.value.empty()) {
    if (const auto index = parse_last_config(metadata.value)) result.last_config = *index;
  }
  for (const ByteView one : metadata.signatures) {
    HEYAN_TRY(const MetadataSignature signature, parse_metadata_signature(one));
    result.signatures.push_back(signature);
  }
  return result;
}

void apply_metadata(const std::vector<ByteView>& metadata, Block& block) {
  if (metadata.size() > kSignatures && !metadata[kSignatures].empty()) {
    if (auto signatures = parse_signatures(metadata[kSignatures]))
      block.signatures = *std::move(signatures);
  }
  if (metadata.size() > kTransactionsFilter) block.flags = metadata[kTransactionsFilter];
  if (metadata.size() > kCommitHash && !metadata[kCommitHash].empty()) {
    // Unreadable: an empty value, which equals no recomputed hash.
    const auto commit = parse_metadata(metadata[kCommitHash]);
    block.commit_hash = commit ? commit->value : ByteView{};
  }
}

void append_length(std::size_t length, Bytes& out) {
  if (length < 0x80) {
    out.push_back(static_cast<std::uint8_t>(length));
    return;
  }
  Bytes octets;
  for (; length > 0; length >>= 8) octets.insert(octets.begin(), static_cast<std::uint8_t>(length));
  out.push_back(static_cast<std::uint8_t>(0x80 | octets.size()));
  out.insert(out.end(), octets.begin(), octets.end());
}

void append_tlv(std::uint8_t tag, ByteView content, Bytes& out) {
  out.push_back(tag);
  append_length(content.size(), out);
  out.insert(out.end(), content.begin(), content.end());
}

// One field of the canonical envelope: the tag, a minimal length, content that is not empty.
bool take_field(core::Cursor& cursor, std::uint8_t tag) {
  const auto found = cursor.take_byte();
  if (!found || *found != tag) return false;
  const auto length = cursor.take_varint();
  return length && *length > 0 && cursor.take(*length).has_value();
}

}  // namespace

Result<Block> parse_block(ByteView bytes, const core::Limits& limits) {
  if (bytes.size() > limits.proof_bytes)
    return core::fail(core::ErrorCode::kLimit, "block too large");
  std::optional<ByteView> header;
  std::optional<ByteView> data;
  std::optional<ByteView> metadata;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(header, field);
      case 2:
        return put(data, field);
      case 3:
        return put(metadata, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  if (!header || !data || !metadata)
    return core::fail(core::ErrorCode::kTruncated, "block lacks a part");

  Block block;
  HEYAN_TRY(block.header, parse_header(*header));
  const auto visit_b = [&](const Field& field) -> Result<void> {
    if (field.number != 1) return unknown(field);
    if (block.entries.size() >= limits.block_transactions) {
      return core::fail(core::ErrorCode::kLimit, "too many transactions in a block");
    }
    return put(block.entries, field);
  };
  HEYAN_CHECK_OK(read_fields(*data, {1}, visit_b));
  if (block.entries.empty())
    return core::fail(core::ErrorCode::kMalformed, "block without transactions");

  std::vector<ByteView> parts;
  const auto visit_c = [&](const Field& field) -> Result<void> {
    if (field.number != 1) return unknown(field);
    if (parts.size() >= kMaxMetadata)
      return core::fail(core::ErrorCode::kLimit, "too much block metadata");
    return put(parts, field);
  };
  HEYAN_CHECK_OK(read_fields(*metadata, {1}, visit_c));
  apply_metadata(parts, block);
  return block;
}

Bytes encode_header(const BlockHeader& header) {
  Bytes number;
  for (std::uint64_t rest = header.number; rest > 0; rest >>= 8) {
    number.insert(number.begin(), static_cast<std::uint8_t>(rest));
  }
  // A leading zero keeps the INTEGER non-negative (and zero needs one octet).
  if (number.empty() || number.front() >= 0x80) number.insert(number.begin(), 0);
  Bytes content;
  append_tlv(0x02, number, content);
  append_tlv(0x04, header.previous_hash, content);
  append_tlv(0x04, header.data_hash, content);
  Bytes result;
  append_tlv(0x30, content, result);
  return result;
}

Result<Envelope> parse_envelope(ByteView bytes) {
  Envelope envelope;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(envelope.payload, field);
      case 2:
        return put(envelope.signature, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return envelope;
}

bool is_canonical_envelope(ByteView bytes) {
  core::Cursor cursor(bytes);
  return take_field(cursor, 0x0A) && take_field(cursor, 0x12) && cursor.at_end();
}

Result<SignatureHeader> parse_signature_header(ByteView bytes) {
  SignatureHeader header;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(header.creator, field);
      case 2:
        return put(header.nonce, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return header;
}

Result<SerializedIdentity> parse_serialized_identity(ByteView bytes) {
  SerializedIdentity identity;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(identity.msp, field);
      case 2:
        return put(identity.certificate, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return identity;
}

Result<std::uint32_t> parse_identifier(ByteView bytes) {
  std::uint32_t identifier = 0;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(identifier, field);
      case 2:
        return skip_bytes(field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return identifier;
}

}  // namespace heyan::ledgers::fabric
