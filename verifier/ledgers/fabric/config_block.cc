#include "verifier/ledgers/fabric/config_block.h"

#include "verifier/ledgers/fabric/transaction.h"

namespace heyan::ledgers::fabric {
namespace {

constexpr std::size_t kMaxSignatures = 1'000;

Result<ConfigSignature> parse_config_signature(const Field& outer) {
  HEYAN_TRY(const ByteView bytes, outer.as_bytes());
  ConfigSignature signature;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(signature.signature_header, field);
      case 2:
        return put(signature.signature, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return signature;
}

struct TypedPayload {
  Header header;
  ByteView data;
};

Result<TypedPayload> parse_typed(ByteView envelope_bytes, std::int32_t type) {
  HEYAN_TRY(const Envelope envelope, parse_envelope(envelope_bytes));
  HEYAN_TRY(const Payload payload, parse_payload(envelope.payload));
  TypedPayload result;
  HEYAN_TRY(result.header, parse_header(payload.header));
  if (result.header.channel.type != type)
    return core::fail(core::ErrorCode::kMalformed, "envelope of another type");
  result.data = payload.data;
  return result;
}

}  // namespace

Result<ConfigContent> parse_config_block(const Block& block) {
  if (block.entries.size() != 1)
    return core::fail(core::ErrorCode::kMalformed, "config block of several entries");
  HEYAN_TRY(const TypedPayload payload, parse_typed(block.entries.front(), kConfig));
  ConfigContent content;
  content.channel = payload.header.channel.channel;
  ByteView config;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(config, field);
      case 2:
        return put(content.last_update, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(payload.data, {}, visit));
  const auto visit_config = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(content.sequence, field);
      case 2:
        return put(content.channel_group, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(config, {}, visit_config));
  return content;
}

Result<ConfigUpdate> parse_config_update(ByteView envelope) {
  HEYAN_TRY(const TypedPayload payload, parse_typed(envelope, kConfigUpdate));
  ConfigUpdate update;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(update.bytes, field);
      case 2: {
        if (update.signatures.size() >= kMaxSignatures) {
          return core::fail(core::ErrorCode::kLimit, "too many signatures of a config update");
        }
        HEYAN_TRY(const ConfigSignature signature, parse_config_signature(field));
        update.signatures.push_back(signature);
        return {};
      }
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(payload.data, {2}, visit));
  const auto visit_update = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(update.channel, field);
      case 2:
        return put(update.read_set, field);
      case 3:
        return put(update.write_set, field);
      case 5:
        return skip_bytes(field);  // isolated_data: never part of the config
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(update.bytes, {5}, visit_update));
  return update;
}

}  // namespace heyan::ledgers::fabric
