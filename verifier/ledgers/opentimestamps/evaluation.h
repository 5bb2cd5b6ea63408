// One proof against the headers that a court keeps: what each of its attestations is worth.
//
// A header counts where its work and its period fit; that it stands in the chain, the court's own
// list says. Pure but for the checker; one thread.
#pragma once

#include <optional>
#include <vector>

#include "verifier/ledgers/opentimestamps/proof.h"
#include "verifier/ledgers/opentimestamps/reason.h"
#include "verifier/ledgers/opentimestamps/table.h"

namespace heyan::ledgers::opentimestamps {

enum class Standing : std::uint8_t {
  kValid,             // leads to the root in a header that counts
  kHeaderNotTrusted,  // leads to the root in one that does not
  kMismatch,          // leads elsewhere
  kHeaderUnknown,
  kPending,      // waits for a calendar: proves nothing
  kUnsupported,  // of another chain, or of a kind not known
};

struct JudgedClaim {
  Claim claim;
  Standing standing = Standing::kUnsupported;
  std::optional<BlockHeader> header;   // the one known at this height
  core::Bytes header_hash;             // with it
  std::optional<Reason> header_fault;  // why it does not count
};

struct Evaluation {
  Reasons reasons;
  std::optional<core::Error> malformed;  // why the file could not be read
  std::optional<Proof> proof;            // absent: likewise
  std::vector<JudgedClaim> claims;

  // The valid one of the earliest block; null: none.
  const JudgedClaim* best() const;
  bool has(Standing standing) const;
};

// An Error only where two libraries compute different digests.
core::Result<Evaluation> evaluate(core::ByteView bytes, const HeaderTable& headers,
                                  const Periods& periods, crypto::SignatureChecker& checker);

// "bitcoin 358391", "ethereum 3283713", "unknown 0102030405060708", "pending https://…".
std::string name(const Claim& claim);
// "valid" "header-not-trusted" "mismatch" "header-unknown" "pending" "unsupported"
std::string_view name(Standing standing);

// By the proof's own rules: ACCEPT where one attestation is valid.
v1::ProofOutcome outcome(const Evaluation& evaluation);

}  // namespace heyan::ledgers::opentimestamps
