// One entry of a block, taken apart stage by stage as Fabric's validator does it.
//
// Each stage is its own function so that the code of the first failing stage is the peer's own
// code. Nothing here is verified yet; all views stand in the entry as received. Source:
// fabric-protos common.proto, peer/transaction.proto, peer/proposal.proto; core/common/validation.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "verifier/ledgers/fabric/block.h"
#include "verifier/ledgers/fabric/message.h"

namespace heyan::ledgers::fabric {

enum HeaderType : std::int32_t { kConfig = 1, kConfigUpdate = 2, kEndorserTransaction = 3 };

struct Timestamp {
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;
};

struct ChannelHeader {
  std::int32_t type = 0;
  std::string_view channel;
  std::string_view txid;
  std::uint64_t epoch = 0;
  std::optional<Timestamp> time;  // the client's claim
  ByteView extension;
};
Result<ChannelHeader> parse_channel_header(ByteView bytes);

// Header: what Payload and Proposal carry.
struct Header {
  ByteView channel_bytes;
  ByteView signature_bytes;
  ChannelHeader channel;
  SignatureHeader signer;
};
Result<Header> parse_header(ByteView bytes);

struct Payload {
  ByteView header;
  ByteView data;
};
Result<Payload> parse_payload(ByteView bytes);

// Name of the chaincode in ChaincodeHeaderExtension.
Result<std::string_view> parse_header_extension(ByteView bytes);

struct Endorsement {
  ByteView endorser;  // SerializedIdentity
  ByteView signature;
};
Result<Endorsement> parse_endorsement(ByteView bytes);

struct Response {
  std::int32_t status = 0;
  std::string_view message;
  ByteView payload;
};
Result<Response> parse_response(ByteView bytes);

// ProposalResponsePayload with the ChaincodeAction in it: what endorsers sign.
struct ProposalResponse {
  ByteView proposal_hash;
  ByteView results;  // TxReadWriteSet
  ByteView events;
  Response response;
  std::string_view chaincode;
  std::string_view chaincode_version;
  bool has_chaincode = false;
};
Result<ProposalResponse> parse_proposal_response_payload(ByteView bytes);

// The one action of an endorser transaction.
struct Action {
  ByteView header;            // SignatureHeader as it was in the proposal
  ByteView proposal_payload;  // ChaincodeProposalPayload without transient data
  ByteView response_payload;  // signed by the endorsers
  std::vector<Endorsement> endorsements;
};
Result<Action> parse_action(ByteView payload_data);

// Arguments of the invocation in a ChaincodeProposalPayload, and the chaincode called.
struct Invocation {
  std::string_view chaincode;
  std::vector<ByteView> arguments;
};
Result<Invocation> parse_invocation(ByteView proposal_payload);

}  // namespace heyan::ledgers::fabric
