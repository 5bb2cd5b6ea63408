// One proof against the chain's own rules: header, sealers, transaction, receipt.
//
// Order: chain, header hash, transaction hash, path, receipt hash, path and position, status,
// sealers and quorum, sender. Everything is looked at, whatever failed before. The single steps
// stand here because vectors hold single parts.
#pragma once

#include <optional>
#include <vector>

#include "verifier/ledgers/fisco_bcos/proof.h"
#include "verifier/ledgers/fisco_bcos/reason.h"
#include "verifier/ledgers/fisco_bcos/trust_config.h"
#include "verifier/ledgers/fisco_bcos/verifier.h"

namespace heyan::ledgers::fisco_bcos {

struct SealerCheck {
  std::uint64_t index = 0;
  const Sealer* sealer = nullptr;  // of the trust list at this height; null: none of it
  std::optional<crypto::SignatureOutcome> signature;  // absent: not looked at
  bool good() const { return signature == crypto::SignatureOutcome::kValid; }
};

struct HeaderCheck {
  Bytes hash;
  bool hash_matches = false;  // the stated one
  bool sealers_trusted = false;
  std::vector<SealerCheck> signatures;
  std::uint64_t weight = 0;  // of good signatures by sealers of the trust list, each once
  std::uint64_t needed = 0;  // W - (W-1)/3 of all sealers' weights
  // The sealers of the trust list signed this very header.
  bool authenticated() const { return hash_matches && sealers_trusted && weight >= needed; }
};

HeaderCheck check_header(const Header& header, const FiscoConfig& config, Verifier& verifier,
                         Reasons& reasons);

struct TransactionCheck {
  Bytes hash;
  bool included = false;  // leads to the header's root
  std::optional<std::uint64_t> position;
  std::optional<BinaryFold> fold;  // 3.x
  std::optional<Bytes> sender;     // verified, and the one that is stated
};

// The hash that one of the preimages gives; the stated one where that is among them.
struct Hashed {
  Bytes hash;
  std::size_t form = 0;  // which preimage
  bool matches = false;
};
Hashed hash_of(const std::vector<Bytes>& preimages, const std::optional<Bytes>& stated,
               Verifier& verifier);

TransactionCheck check_transaction(const Transaction& transaction, const OfferedPath& path,
                                   ByteView root, Verifier& verifier, Reasons& reasons);
void check_receipt(const Receipt& receipt, const OfferedPath& path, const Header& header,
                   const Transaction& transaction, const TransactionCheck& checked,
                   Verifier& verifier, Reasons& reasons);

struct Evaluation {
  Reasons reasons;
  std::string_view malformed;  // the member at fault, where the proof could not be read
  std::optional<Proof> proof;  // absent: could not be read
  HeaderCheck header;
  TransactionCheck transaction;
  bool saw_disagreement = false;

  // Signed by the sealers, included, and the call succeeded: a record may be read from it.
  bool holds() const;
};

// `bytes` under the chain of `config`. An Error only where we could not work.
Result<Evaluation> evaluate(ByteView bytes, const FiscoConfig& config,
                            crypto::SignatureChecker& checker, const core::Limits& limits,
                            bool count_disagreeing = false);

}  // namespace heyan::ledgers::fisco_bcos
