// The code that Fabric's peers give one transaction, as far as it can be recomputed without the
// ledger's state.
//
// Order of checks and codes are the peer's. Creator, txid and proposal hash first; then, under
// policies that the caller knows, names and endorsements. Versions that were read, and duplicates
// of earlier blocks, are the whole chain's matter. Source: fabric v2.5.4
// core/common/validation/msgvalidation.go, core/committer/txvalidator/v20.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "verifier/ledgers/fabric/reason.h"
#include "verifier/ledgers/fabric/rwset.h"
#include "verifier/ledgers/fabric/signers.h"
#include "verifier/ledgers/fabric/transaction.h"

namespace heyan::ledgers::fabric {

// An entry as far as it can be read. Codes of 0 say that the stage was readable.
struct ParsedTransaction {
  Envelope envelope;
  Payload payload;
  Header header;
  Action action;
  ProposalResponse response;
  ReadWriteSet rwset;
  std::uint8_t header_code = kValid;  // 1 to 3: nothing below the header is filled
  std::uint8_t body_code = kValid;    // action or response unreadable
  std::uint8_t rwset_code = kValid;
};
ParsedTransaction parse_transaction(ByteView entry);

// What endorsements must satisfy, by namespace.
class PolicySource {
 public:
  enum class Answer : std::uint8_t { kSatisfied, kNotSatisfied, kNoChaincode, kUnsupported };

  virtual ~PolicySource() = default;
  // `collection` empty: public writes. `endorsers`: distinct, with good signatures.
  virtual Answer evaluate(std::string_view name, std::string_view collection,
                          std::span<const Identity* const> endorsers) = 0;
};

struct TransactionCheck {
  std::uint8_t code = kInvalidOtherReason;
  Reasons reasons;  // why the code is not 0
  std::optional<SignerCheck> creator;
  std::vector<SignerCheck> endorsers;  // looked at only where the stages before passed
  bool unsupported = false;            // cannot be recomputed here; `code` says nothing
};

// The stages up to the proposal hash: codes 0 to 8.
TransactionCheck check_transaction(const ParsedTransaction& transaction, std::string_view channel,
                                   const ChannelConfig& config, Identities& identities);

// The stages after the duplicate check: names, namespaces, endorsements. `check` has code 0.
void check_endorsements(const ParsedTransaction& transaction, PolicySource& policies,
                        const ChannelConfig& config, Identities& identities,
                        TransactionCheck& check);

}  // namespace heyan::ledgers::fabric
