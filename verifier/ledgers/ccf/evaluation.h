// A receipt judged: is the node of the service, and did it sign the root that the leaf leads to?
//
// The root is SHA-256 folded from the leaf; ECDSA signs it as it is, without hashing it again. A
// node's certificate is signed by the service, or by an earlier identity of it that the next one
// endorsed. Source: microsoft/CCF doc/use_apps/verify_tx.rst, python/src/ccf/receipt.py.
// Certificates may have ended since: that is the caller's (KEY-1). Pure; any thread.
#pragma once

#include <optional>

#include "verifier/ledgers/ccf/reason.h"
#include "verifier/ledgers/ccf/receipt.h"
#include "verifier/ledgers/ccf/trust_config.h"

namespace heyan::ledgers::ccf {

struct Evaluation {
  Reasons reasons;  // each of them voids the receipt; none: the service signed the root
  std::optional<crypto::Certificate> node;  // whose signature was computed
  bool endorsed = false;                    // by the service of the trust list
  crypto::SignatureOutcome signature = crypto::SignatureOutcome::kInvalid;  // over the root
  bool all_used = false;  // no endorsement is left over, which could be anything
  bool authenticated() const { return reasons.empty(); }
};

// kLimit: the budget of signatures is spent. kInternal: the libraries differ on a digest.
core::Result<Evaluation> evaluate(const Receipt& receipt, const CcfConfig& config,
                                  crypto::SignatureChecker& checker, const core::Limits& limits);

}  // namespace heyan::ledgers::ccf
