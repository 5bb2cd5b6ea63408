// A proof of logging judged for one message: who submitted it, who signed the tree, is it in it.
//
// The entry is checksum || signature || key hash: SHA-256 of the message, the submitter's signature
// over "sigsum.org/v1/tree-leaf", 00 and the checksum, and SHA-256 of the submitter's key. Nothing
// of it comes from the proof but the signature, whose key the trust list names.
// Source: Sigsum doc/log.md, pkg/types. Pure; any thread.
#pragma once

#include <optional>

#include "verifier/ledgers/sigsum/trust_config.h"
#include "verifier/ledgers/tlog/head.h"

namespace heyan::ledgers::sigsum {

struct Submission {
  std::size_t key = 0;  // of SigsumConfig::submit_keys
  crypto::SignatureOutcome outcome = crypto::SignatureOutcome::kInvalid;
};

struct Evaluation {
  tlog::Reasons reasons;  // but for those of the head
  tlog::Head head;
  std::uint64_t index = 0;
  core::Bytes leaf;                      // hash of the entry, where it is included
  std::optional<Submission> submission;  // nothing: by a key that the trust list does not name
};

// The head alone; LOG_UNKNOWN where the policy does not name its key. kLimit: the budget is spent.
core::Result<tlog::Head> read_head(const Proof& proof, const SigsumConfig& config,
                                   crypto::SignatureChecker& checker);

// Who submitted, and whether the entry is under the head, if that is signed. `message`: 32 bytes,
// for a file its SHA-256.
core::Result<void> judge_entry(const Proof& proof, core::ByteView message,
                               const SigsumConfig& config, crypto::SignatureChecker& checker,
                               Evaluation& evaluation);

}  // namespace heyan::ledgers::sigsum
