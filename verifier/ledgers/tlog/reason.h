// Proofs of transparency logs in their own words (docs/tlog.md, docs/sigsum.md, docs/sigstore.md).
#pragma once

#include <cstdint>
#include <set>
#include <string_view>

#include "heyan/v1/attestation.pb.h"

namespace heyan::ledgers::tlog {

enum class Reason : std::uint8_t {
  kParse,
  kUnsupported,          // a proof of another version
  kCheckpoint,           // no signed note, or its text is no checkpoint
  kDuplicateSignature,   // a known key signed twice
  kOrigin,               // the checkpoint is of another log
  kLogUnknown,           // the proof names a log key that the policy does not
  kLogSignatureMissing,  // no line of a log that the policy names
  kLogSignature,         // a log's signature that does not verify
  kCosignature,          // a known witness's signature that does not verify
  kEnginesDisagree,      // on the log's or the submitter's signature
  kNoQuorum,             // the witnesses that signed do not make the policy's quorum
  kNotIncluded,          // the path does not lead from the entry to the signed root
  kNoRecord,             // the file that holds the entry was not offered
  kRecordUnreadable,     // the entry is no JSON with the fields of the trust list
  kEvidenceHashMismatch,
  kSubmitKey,       // the entry was submitted with a key that the trust list does not name
  kLeafSignature,   // the submitter's signature in the entry does not verify
  kEntryMismatch,   // the entry is of another signature, file or kind than what it stands beside
  kEntryTimestamp,  // the log's promise of the entry does not verify
};

// "PARSE", ...
std::string_view name(Reason reason);

using Reasons = std::set<Reason>;

// What leaves nothing of a checkpoint: nobody is believed to have signed it.
bool voids(Reason reason);

// ACCEPT where nothing is wrong; INCOMPLETE where only the record was not offered; UNSUPPORTED
// where nothing but the version is another; REJECT otherwise.
v1::ProofOutcome outcome(Reasons reasons);

}  // namespace heyan::ledgers::tlog
