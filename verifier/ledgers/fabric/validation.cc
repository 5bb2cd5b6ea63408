#include "verifier/ledgers/fabric/validation.h"

#include <array>
#include <set>

namespace heyan::ledgers::fabric {
namespace {

using Answer = PolicySource::Answer;

void refuse(TransactionCheck& check, std::uint8_t code, Reason reason) {
  check.code = code;
  check.reasons.insert(reason);
}

std::uint8_t read_header(ByteView entry, ParsedTransaction& out) {
  const auto envelope = parse_envelope(entry);
  if (!envelope) return kInvalidOtherReason;
  out.envelope = *envelope;
  const auto payload = parse_payload(out.envelope.payload);
  if (!payload) return kBadPayload;
  out.payload = *payload;
  const auto header = parse_header(out.payload.header);
  if (!header) return kBadCommonHeader;
  out.header = *header;
  const bool complete = !header->signer.nonce.empty() && !header->signer.creator.empty() &&
                        header->channel.epoch == 0;
  return complete ? kValid : kBadCommonHeader;
}

std::uint8_t read_body(ParsedTransaction& out) {
  auto action = parse_action(out.payload.data);
  if (!action) return kInvalidEndorserTransaction;
  out.action = *std::move(action);
  const auto signer = parse_signature_header(out.action.header);
  if (!signer || signer->nonce.empty() || signer->creator.empty())
    return kInvalidEndorserTransaction;
  const auto response = parse_proposal_response_payload(out.action.response_payload);
  if (!response) return kInvalidEndorserTransaction;
  out.response = *response;
  return kValid;
}

Bytes proposal_hash(const ParsedTransaction& transaction, Verifier& verifier) {
  const std::array<ByteView, 3> pieces{transaction.header.channel_bytes, transaction.action.header,
                                       transaction.action.proposal_payload};
  return verifier.digest(verifier.profile().proposal_hash, pieces);
}

// Chaincode name in the event must be the one called.
bool is_event_consistent(ByteView events, std::string_view chaincode) {
  if (events.empty()) return true;
  std::string_view name;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(name, field);
      case 2:  // txid
      case 3:  // event name
      case 4:
        return skip_bytes(field);
      default:
        return unknown(field);
    }
  };
  return read_fields(events, {}, visit).has_value() && name == chaincode;
}

// Names agree and no namespace stands twice: 0, or the code.
std::uint8_t check_names(const ParsedTransaction& transaction) {
  const auto called = parse_header_extension(transaction.header.channel.extension);
  if (!called) return kBadHeaderExtension;
  if (transaction.rwset_code != kValid) return transaction.rwset_code;
  const ProposalResponse& response = transaction.response;
  if (!response.has_chaincode) return kInvalidOtherReason;
  if (called->empty() || *called != response.chaincode || response.chaincode_version.empty())
    return kInvalidChaincode;
  if (!is_event_consistent(response.events, *called)) return kInvalidOtherReason;
  std::set<std::string_view> seen;
  for (const NamespaceSet& set : transaction.rwset.namespaces) {
    if (!seen.insert(set.name).second) return kIllegalWriteset;
  }
  return kValid;
}

// Worst answer over the writes of one namespace, each collection under its own policy.
Answer evaluate_namespace(const NamespaceSet* set, std::string_view name, PolicySource& policies,
                          std::span<const Identity* const> endorsers) {
  bool asked = false;
  if (set != nullptr) {
    if (set->metadata_writes) return Answer::kUnsupported;
    for (const CollectionSet& collection : set->collections) {
      if (collection.metadata_writes) return Answer::kUnsupported;
      if (collection.writes.empty()) continue;
      asked = true;
      const Answer answer = policies.evaluate(name, collection.name, endorsers);
      if (answer != Answer::kSatisfied) return answer;
    }
    if (!set->writes.empty())
      asked = false;  // public writes need the chaincode's own policy besides
  }
  return asked ? Answer::kSatisfied : policies.evaluate(name, {}, endorsers);
}

}  // namespace

ParsedTransaction parse_transaction(ByteView entry) {
  ParsedTransaction result;
  result.header_code = read_header(entry, result);
  if (result.header_code != kValid || result.header.channel.type != kEndorserTransaction)
    return result;
  result.body_code = read_body(result);
  if (result.body_code != kValid) return result;
  auto rwset = parse_read_write_set(result.response.results);
  if (rwset) {
    result.rwset = *std::move(rwset);
  } else {
    result.rwset_code = kBadRwset;
  }
  return result;
}

TransactionCheck check_transaction(const ParsedTransaction& transaction, std::string_view channel,
                                   const ChannelConfig& config, Identities& identities) {
  TransactionCheck check;
  Verifier& verifier = identities.verifier();
  if (transaction.header_code != kValid) {
    refuse(check, transaction.header_code, Reason::kTransaction);
    return check;
  }
  const Header& header = transaction.header;
  const Claim creator{.identity = &identities.resolve(config, header.signer.creator),
                      .message = {transaction.envelope.payload},
                      .signature = transaction.envelope.signature};
  check.creator = check_signers({&creator, 1}, config, verifier).front();
  if (!check.creator->good() || header.channel.channel != channel) {
    refuse(check, kBadCreatorSignature, Reason::kCreatorSignature);
    return check;
  }
  if (header.channel.type != kEndorserTransaction) {
    refuse(check, kUnsupportedTxPayload, Reason::kTransaction);
    return check;
  }
  const std::array<ByteView, 2> named{header.signer.nonce, header.signer.creator};
  const Bytes txid = verifier.digest(verifier.profile().txid_hash, named);
  if (txid.empty() || core::to_hex(txid) != header.channel.txid) {
    refuse(check, kBadProposalTxid, Reason::kTxid);
    return check;
  }
  if (transaction.body_code != kValid) {
    refuse(check, transaction.body_code, Reason::kTransaction);
    return check;
  }
  const Bytes hash = proposal_hash(transaction, verifier);
  if (hash.empty() || !core::equal(hash, transaction.response.proposal_hash)) {
    refuse(check, kInvalidEndorserTransaction, Reason::kProposalHash);
    return check;
  }
  check.code = kValid;
  return check;
}

void check_endorsements(const ParsedTransaction& transaction, PolicySource& policies,
                        const ChannelConfig& config, Identities& identities,
                        TransactionCheck& check) {
  std::vector<Claim> claims;
  for (const Endorsement& one : transaction.action.endorsements) {
    claims.push_back(Claim{.identity = &identities.resolve(config, one.endorser),
                           .message = {transaction.action.response_payload, one.endorser},
                           .signature = one.signature});
  }
  check.endorsers = check_signers(claims, config, identities.verifier());
  if (const std::uint8_t code = check_names(transaction); code != kValid) {
    refuse(check, code, Reason::kTransaction);
    return;
  }
  const std::vector<const Identity*> endorsers = good_identities(check.endorsers);
  std::set<std::string_view> names{transaction.response.chaincode};
  for (const NamespaceSet& set : transaction.rwset.namespaces) {
    if (set.writes_something()) names.insert(set.name);
  }
  for (const std::string_view name : names) {
    switch (evaluate_namespace(transaction.rwset.find(name), name, policies, endorsers)) {
      case Answer::kSatisfied:
        break;
      case Answer::kNotSatisfied:
        refuse(check, kEndorsementPolicyFailure, Reason::kEndorsementPolicy);
        return;
      case Answer::kNoChaincode:
        refuse(check, kInvalidChaincode, Reason::kTransaction);
        return;
      case Answer::kUnsupported:
        check.unsupported = true;
        break;
    }
  }
}

}  // namespace heyan::ledgers::fabric
