// The proof of one transaction as it is offered: JSON "heyan.fisco-proof.v1", which holds what a
// node's RPC answered (docs/fisco-bcos.md).
//
// Threat: every byte is the submitter's. Nothing here says which chain this is or who may sign.
#pragma once

#include <optional>
#include <variant>

#include "verifier/core/limits.h"
#include "verifier/ledgers/fisco_bcos/header.h"
#include "verifier/ledgers/fisco_bcos/merkle.h"
#include "verifier/ledgers/fisco_bcos/receipt.h"
#include "verifier/ledgers/fisco_bcos/transaction.h"

namespace heyan::ledgers::fisco_bcos {

// A path whose leaf is known only once its hash is computed.
struct OfferedPath {
  WidePath wide;                            // 2.x
  std::optional<core::json::Value> binary;  // 3.x
};

struct Proof {
  std::optional<std::string> chain_id;  // as declared beside the answers
  std::optional<std::string> group_id;
  Header header;
  std::optional<Transaction> transaction;
  OfferedPath transaction_path;
  std::optional<Receipt> receipt;
  OfferedPath receipt_path;
};

// The first member of every proof, by which it is recognised: {"schema":"heyan.fisco-proof.v1"…
bool looks_like_proof(ByteView head);

// kUnsupported: a form that is known and not verified, with its member as text; any other code: no
// proof of this chain.
Result<Proof> parse_proof(ByteView bytes, const Form& form, const core::Limits& limits);

}  // namespace heyan::ledgers::fisco_bcos
