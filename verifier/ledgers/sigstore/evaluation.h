// A bundle judged without the file: did a log of the trusted root sign the tree, is the entry in
// it, and is it the entry of the bundle's own signature, made with a key of the trust list?
//
// The log signs the checkpoint; version 1 of Rekor may also promise the entry, with the time at
// which it took it: ECDSA over canonical JSON of body, time, log id and index. Size and root count
// as the checkpoint has them, and what the bundle says of them must be the same. Source:
// sigstore/rekor pkg/verify, sigstore/rekor-tiles CLIENTS.md. Pure; any thread.
#pragma once

#include <optional>

#include "verifier/ledgers/sigstore/body.h"
#include "verifier/ledgers/sigstore/trust_config.h"
#include "verifier/ledgers/tlog/head.h"

namespace heyan::ledgers::sigstore {

struct Evaluation {
  tlog::Reasons reasons;  // of the entry and the submitter, but for those of the head
  tlog::Head head;
  const TrustedLog* log = nullptr;                        // of the configuration; null: unknown
  std::optional<crypto::SignatureOutcome> log_signature;  // the worst of it; nothing: not computed
  core::Bytes leaf;                                       // hash of the entry, where it is included
  std::optional<crypto::SignatureOutcome> submitter;      // of a key of the trust list
  bool promised = false;                                  // index and time are the log's word
  bool numbered = false;  // the index is the only one that the entry has in the logs of the list
};

// kLimit: the budget of signatures is spent. kInternal: the libraries differ on a digest.
core::Result<Evaluation> evaluate(const Bundle& bundle, const Body& body,
                                  const SigstoreConfig& config, crypto::SignatureChecker& checker);

}  // namespace heyan::ledgers::sigstore
