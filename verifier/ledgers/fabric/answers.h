// A peer's signed answer to qscc GetTransactionByID: the transaction as that institution's ledger
// holds it, and its validation code.
//
// Threat: pairs of request and answer come with the evidence. What counts stands in the signed
// part; the outer copy of the response must equal it; the answer must belong to exactly this
// question. Source: docs/fabric.md, "Signed answers"; fabric-protos peer/proposal.proto.
// One thread.
#pragma once

#include <optional>
#include <string>

#include "verifier/ledgers/fabric/reason.h"
#include "verifier/ledgers/fabric/signers.h"
#include "verifier/ledgers/fabric/transaction.h"

namespace heyan::ledgers::fabric {

// SignedProposal, read.
struct SignedQuestion {
  Header header;
  ByteView payload;  // ChaincodeProposalPayload
  Invocation invocation;
};
Result<SignedQuestion> parse_signed_question(ByteView signed_proposal);

// ProposalResponse, read.
struct SignedReply {
  Response outer;  // unsigned copy
  ByteView payload;
  ProposalResponse content;
  Endorsement endorsement;
};
Result<SignedReply> parse_signed_reply(ByteView proposal_response);

// Hash that an answer to this question carries.
Bytes question_hash(const SignedQuestion& question, Verifier& verifier);

struct AnswerCheck {
  Reasons reasons;  // PARSE ATTEST_SIGNATURE ATTEST_PROPOSAL_HASH ATTEST_INCONSISTENT
  std::optional<SignerCheck> signer;
  std::uint8_t code = kInvalidOtherReason;
  std::string txid;
  ByteView envelope;  // the transaction as that ledger holds it

  bool holds() const { return reasons.empty(); }
};

// `txid` empty: whatever transaction was asked for.
AnswerCheck check_answer(const SignedQuestion& question, const SignedReply& reply,
                         std::string_view channel, std::string_view txid,
                         const ChannelConfig& config, Identities& identities);

}  // namespace heyan::ledgers::fabric
