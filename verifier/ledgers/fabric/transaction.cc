#include "verifier/ledgers/fabric/transaction.h"

namespace heyan::ledgers::fabric {
namespace {

constexpr std::size_t kMaxEndorsements = 1'000;

Result<Timestamp> parse_timestamp(const Field& outer) {
  HEYAN_TRY(const ByteView bytes, outer.as_bytes());
  Timestamp time;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(time.seconds, field);
      case 2:
        return put(time.nanos, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return time;
}

struct ChaincodeId {
  std::string_view path;
  std::string_view name;
  std::string_view version;
};

Result<ChaincodeId> parse_chaincode_id(const Field& outer) {
  HEYAN_TRY(const ByteView bytes, outer.as_bytes());
  ChaincodeId id;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(id.path, field);
      case 2:
        return put(id.name, field);
      case 3:
        return put(id.version, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return id;
}

Result<void> parse_chaincode_action(ByteView bytes, ProposalResponse& out) {
  return read_fields(bytes, {}, [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(out.results, field);
      case 2:
        return put(out.events, field);
      case 3: {
        HEYAN_TRY(const ByteView response, field.as_bytes());
        HEYAN_TRY(out.response, parse_response(response));
        return {};
      }
      case 4: {
        HEYAN_TRY(const ChaincodeId id, parse_chaincode_id(field));
        out.chaincode = id.name;
        out.chaincode_version = id.version;
        out.has_chaincode = true;
        return {};
      }
      default:
        return unknown(field);
    }
  });
}

Result<void> parse_endorsed_action(ByteView bytes, Action& action) {
  return read_fields(bytes, {2}, [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(action.response_payload, field);
      case 2: {
        if (action.endorsements.size() >= kMaxEndorsements) {
          return core::fail(core::ErrorCode::kLimit, "too many endorsements");
        }
        HEYAN_TRY(const ByteView one, field.as_bytes());
        HEYAN_TRY(const Endorsement endorsement, parse_endorsement(one));
        action.endorsements.push_back(endorsement);
        return {};
      }
      default:
        return unknown(field);
    }
  });
}

// ChaincodeInput.
Result<void> parse_input(ByteView bytes, Invocation& out) {
  return read_fields(bytes, {1, 2}, [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(out.arguments, field);
      case 2:
        return skip_bytes(field);  // decorations
      case 3:
        return skip_number(field);  // is_init
      default:
        return unknown(field);
    }
  });
}

// ChaincodeSpec.
Result<Invocation> parse_spec(ByteView bytes) {
  Invocation result;
  ByteView input;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return skip_number(field);  // type
      case 2: {
        HEYAN_TRY(const ChaincodeId id, parse_chaincode_id(field));
        result.chaincode = id.name;
        return {};
      }
      case 3:
        return put(input, field);
      case 4:
        return skip_number(field);  // timeout
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  HEYAN_CHECK_OK(parse_input(input, result));
  return result;
}

}  // namespace

Result<ChannelHeader> parse_channel_header(ByteView bytes) {
  ChannelHeader header;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(header.type, field);
      case 2:
        return skip_number(field);  // version
      case 3: {
        HEYAN_TRY(header.time, parse_timestamp(field));
        return {};
      }
      case 4:
        return put(header.channel, field);
      case 5:
        return put(header.txid, field);
      case 6:
        return put(header.epoch, field);
      case 7:
        return put(header.extension, field);
      case 8:
        return skip_bytes(field);  // tls_cert_hash
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return header;
}

Result<Header> parse_header(ByteView bytes) {
  Header header;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(header.channel_bytes, field);
      case 2:
        return put(header.signature_bytes, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  HEYAN_TRY(header.channel, parse_channel_header(header.channel_bytes));
  HEYAN_TRY(header.signer, parse_signature_header(header.signature_bytes));
  return header;
}

Result<Payload> parse_payload(ByteView bytes) {
  Payload payload;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(payload.header, field);
      case 2:
        return put(payload.data, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return payload;
}

Result<std::string_view> parse_header_extension(ByteView bytes) {
  std::string_view name;
  const auto visit = [&](const Field& field) -> Result<void> {
    if (field.number != 2) return unknown(field);
    HEYAN_TRY(const ChaincodeId id, parse_chaincode_id(field));
    name = id.name;
    return {};
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return name;
}

Result<Endorsement> parse_endorsement(ByteView bytes) {
  Endorsement endorsement;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(endorsement.endorser, field);
      case 2:
        return put(endorsement.signature, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return endorsement;
}

Result<Response> parse_response(ByteView bytes) {
  Response response;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(response.status, field);
      case 2:
        return put(response.message, field);
      case 3:
        return put(response.payload, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return response;
}

Result<ProposalResponse> parse_proposal_response_payload(ByteView bytes) {
  ProposalResponse result;
  ByteView extension;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(result.proposal_hash, field);
      case 2:
        return put(extension, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  HEYAN_CHECK_OK(parse_chaincode_action(extension, result));
  return result;
}

Result<Action> parse_action(ByteView payload_data) {
  std::vector<ByteView> actions;
  const auto visit = [&](const Field& field) -> Result<void> {
    return field.number == 1 ? put(actions, field) : unknown(field);
  };
  HEYAN_CHECK_OK(read_fields(payload_data, {1}, visit));
  if (actions.size() != 1) return core::fail(core::ErrorCode::kMalformed, "not exactly one action");
  Action action;
  ByteView action_payload;
  const auto visit_b = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(action.header, field);
      case 2:
        return put(action_payload, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(actions.front(), {}, visit_b));
  ByteView endorsed;
  const auto visit_c = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(action.proposal_payload, field);
      case 2:
        return put(endorsed, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(action_payload, {}, visit_c));
  HEYAN_CHECK_OK(parse_endorsed_action(endorsed, action));
  return action;
}

Result<Invocation> parse_invocation(ByteView proposal_payload) {
  ByteView input;
  const auto visit = [&](const Field& field) -> Result<void> {
    return field.number == 1 ? put(input, field)
                             : unknown(field);  // transient data never stand on the chain
  };
  HEYAN_CHECK_OK(read_fields(proposal_payload, {}, visit));
  ByteView spec;
  const auto visit_b = [&](const Field& field) -> Result<void> {
    return field.number == 1 ? put(spec, field) : unknown(field);
  };
  HEYAN_CHECK_OK(read_fields(input, {}, visit_b));
  return parse_spec(spec);
}

}  // namespace heyan::ledgers::fabric
