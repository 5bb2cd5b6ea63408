// Proofs of FISCO BCOS 2.x and 3.x: three questions to a node's JSON-RPC, and their answers side by
// side as "heyan.fisco-proof.v1" (docs/fisco-bcos.md).
//
// Threat: the answers are the node's. They are put together, read back by the offline reader and
// checked by the chain's own rules, with the sealers that the header itself names; what does not
// hold is refused. Sources: FISCO-BCOS-DOC, JSON-RPC interfaces of 2.x and 3.x.
#pragma once

#include "gateway/proof_fetch/bundle.h"
#include "verifier/core/json.h"

namespace heyan::proof_fetch {

// `transaction`: its hash in hexadecimal, with or without "0x".
OrRefusal<Bundle> fetch_fisco(const ops::FiscoNode& node, std::string_view transaction,
                              const Ask& ask, const Progress& progress);

// Results of the three questions, as read_result gives them.
struct FiscoAnswers {
  core::json::Value transaction;  // 2.x: {transaction, txProof}
  core::json::Value receipt;      // 2.x: {transactionReceipt, receiptProof}
  core::json::Value header;
};

// Pure. `hash`: 32 bytes, of the transaction that was asked for.
OrRefusal<Bundle> bundle_of(const ops::FiscoNode& node, core::ByteView hash,
                            const FiscoAnswers& answers);

}  // namespace heyan::proof_fetch
