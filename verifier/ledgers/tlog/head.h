// A signed head of a log: the checkpoint, whose signatures stand below it, and what came of them.
//
// Threat: nothing of a checkpoint is believed before a log of the policy signed it well and no
// known signature below it fails (C2SP signed-note, "Verification"); size and root come from here
// alone. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "verifier/crypto/signature.h"
#include "verifier/ledgers/tlog/reason.h"
#include "verifier/ledgers/tlog/trust_config.h"
#include "verifier/transparency/checkpoint.h"

namespace heyan::ledgers::tlog {

// A line of a witness that the policy names.
struct Cosignature {
  std::size_t witness = 0;    // of LogPolicy::witnesses()
  std::uint64_t seconds = 0;  // POSIX, as signed
  crypto::SignatureOutcome outcome = crypto::SignatureOutcome::kInvalid;
  bool good() const { return outcome == crypto::SignatureOutcome::kValid; }
};

struct LogSignature {
  std::size_t log = 0;  // of LogPolicy::logs()
  crypto::SignatureOutcome outcome = crypto::SignatureOutcome::kInvalid;
};

struct Head {
  Reasons reasons;  // each of them voids it; none: the checkpoint is the log's
  transparency::Checkpoint checkpoint;
  std::vector<LogSignature> logs;
  std::vector<Cosignature> cosignatures;
  bool authenticated() const { return reasons.empty(); }
};

// The signed note of a tlog-proof. kLimit: the budget of signatures is spent.
core::Result<Head> read_head(std::string_view note, const TlogConfig& config,
                             crypto::SignatureChecker& checker);

// What one signature adds to the reasons; kLimit where it was not computed.
core::Result<void> judge_log_signature(crypto::SignatureOutcome outcome, Reasons& reasons);
// One on which the libraries differ is only not counted.
core::Result<void> judge_cosignature(crypto::SignatureOutcome outcome, Reasons& reasons);

}  // namespace heyan::ledgers::tlog
