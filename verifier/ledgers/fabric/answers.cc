#include "verifier/ledgers/fabric/answers.h"

#include <array>

namespace heyan::ledgers::fabric {
namespace {

constexpr std::string_view kQueryChaincode = "qscc";
constexpr std::string_view kQueryFunction = "GetTransactionByID";

struct Processed {
  ByteView envelope;
  std::int32_t code = 0;
};

Result<Processed> parse_processed(ByteView bytes) {
  Processed result;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(result.envelope, field);
      case 2:
        return put(result.code, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return result;
}

Result<std::string_view> txid_of(ByteView envelope_bytes) {
  HEYAN_TRY(const Envelope envelope, parse_envelope(envelope_bytes));
  HEYAN_TRY(const Payload payload, parse_payload(envelope.payload));
  HEYAN_TRY(const Header header, parse_header(payload.header));
  return header.channel.txid;
}

bool asks_for(const SignedQuestion& question, std::string_view channel, std::string_view txid) {
  const Invocation& invocation = question.invocation;
  const auto called = parse_header_extension(question.header.channel.extension);
  return question.header.channel.type == kEndorserTransaction &&
         question.header.channel.channel == channel && called && *called == kQueryChaincode &&
         invocation.chaincode == kQueryChaincode && invocation.arguments.size() == 3 &&
         core::as_text(invocation.arguments[0]) == kQueryFunction &&
         core::as_text(invocation.arguments[1]) == channel &&
         (txid.empty() || core::as_text(invocation.arguments[2]) == txid);
}

bool is_same(const Response& one, const Response& other) {
  return one.status == other.status && one.message == other.message &&
         core::equal(one.payload, other.payload);
}

}  // namespace

Result<SignedQuestion> parse_signed_question(ByteView signed_proposal) {
  ByteView proposal;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(proposal, field);
      case 2:
        return skip_bytes(field);  // the asker's own signature: who asked does not matter
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(signed_proposal, {}, visit));
  SignedQuestion question;
  ByteView header;
  const auto visit_proposal = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(header, field);
      case 2:
        return put(question.payload, field);
      case 3:
        return skip_bytes(field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(proposal, {}, visit_proposal));
  if (header.empty() || question.payload.empty()) {
    return core::fail(core::ErrorCode::kTruncated, "question without header or payload");
  }
  HEYAN_TRY(question.header, parse_header(header));
  HEYAN_TRY(question.invocation, parse_invocation(question.payload));
  return question;
}

Result<SignedReply> parse_signed_reply(ByteView proposal_response) {
  SignedReply reply;
  ByteView outer;
  ByteView endorsement;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return skip_number(field);  // version
      case 2:
        return skip_bytes(field);  // time of the peer's clock, unsigned
      case 4:
        return put(outer, field);
      case 5:
        return put(reply.payload, field);
      case 6:
        return put(endorsement, field);
      case 7:
        return skip_bytes(field);  // chaincode interest
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(proposal_response, {}, visit));
  if (reply.payload.empty() || endorsement.empty()) {
    return core::fail(core::ErrorCode::kTruncated, "answer without payload or endorsement");
  }
  HEYAN_TRY(reply.outer, parse_response(outer));
  HEYAN_TRY(reply.content, parse_proposal_response_payload(reply.payload));
  HEYAN_TRY(reply.endorsement, parse_endorsement(endorsement));
  return reply;
}

Bytes question_hash(const SignedQuestion& question, Verifier& verifier) {
  const std::array<ByteView, 3> pieces{question.header.channel_bytes,
                                       question.header.signature_bytes, question.payload};
  return verifier.digest(verifier.profile().proposal_hash, pieces);
}

AnswerCheck check_answer(const SignedQuestion& question, const SignedReply& reply,
                         std::string_view channel, std::string_view txid,
                         const ChannelConfig& config, Identities& identities) {
  AnswerCheck check;
  const Claim claim{.identity = &identities.resolve(config, reply.endorsement.endorser),
                    .message = {reply.payload, reply.endorsement.endorser},
                    .signature = reply.endorsement.signature};
  check.signer = check_signers({&claim, 1}, config, identities.verifier()).front();
  const Identity& identity = *check.signer->identity;
  // A peer of an organisation that takes part in the channel.
  const bool is_peer =
      identity.role == NodeRole::kPeer && !config.application_group(identity.msp).empty();
  if (!check.signer->good() || !is_peer) check.reasons.insert(Reason::kAttestSignature);

  const Bytes hash = question_hash(question, identities.verifier());
  const bool answers_it = !hash.empty() && core::equal(hash, reply.content.proposal_hash);
  if (!answers_it || !asks_for(question, channel, txid))
    check.reasons.insert(Reason::kAttestProposalHash);

  const bool is_ours = reply.content.has_chaincode && reply.content.chaincode == kQueryChaincode;
  if (!is_ours || reply.content.response.status != 200 ||
      !is_same(reply.outer, reply.content.response)) {
    check.reasons.insert(Reason::kAttestInconsistent);
  }
  const auto processed = parse_processed(reply.content.response.payload);
  const Result<std::string_view> found = processed
                                             ? txid_of(processed->envelope)
                                             : core::fail(core::ErrorCode::kMalformed, "no answer");
  if (!found || processed->code < 0 || processed->code > 255) {
    check.reasons.insert(Reason::kAttestInconsistent);
    return check;
  }
  check.code = static_cast<std::uint8_t>(processed->code);
  check.txid = *found;
  check.envelope = processed->envelope;
  if (question.invocation.arguments.size() == 3 &&
      core::as_text(question.invocation.arguments[2]) != check.txid) {
    check.reasons.insert(Reason::kAttestProposalHash);
  }
  return check;
}

}  // namespace heyan::ledgers::fabric
