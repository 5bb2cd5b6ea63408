// From a case folder or archive to the CaseRecord that is judged: case.json read, every file
// measured, every proof kept once.
//
// Threat: see case_source.h. Everything that is wrong with the case is reported at once, each with
// the JSON pointer of the place in case.json.
#pragma once

#include <expected>
#include <set>

#include "gateway/intake/case_source.h"
#include "gateway/intake/measure.h"
#include "gateway/intake/refusal.h"
#include "heyan/v1/case_record.pb.h"
#include "verifier/core/limits.h"
#include "verifier/crypto/digest.h"
#include "verifier/trust/trust_list.h"

namespace heyan::intake {

struct IntakeOptions {
  core::Limits limits;
  // Measured besides SHA-256, SM3, what case.json declares and what an item's proofs name.
  std::set<crypto::Hash> hashes;
  unsigned threads = 1;
  // Called once with all that is to be read, then with each step; may be empty.
  std::function<void(std::uint64_t bytes)> expect;
  Advance advance;
};

// The record, with nonce and salt key derived from everything else in it (heyan::derive_secrets):
// the same case gives the same payload wherever it is checked.
std::expected<v1::CaseRecord, Refusal> take_in(CaseSource& source, const IntakeOptions& options);

// The digest algorithms in which ledgers of the list hold fingerprints.
std::set<crypto::Hash> recorded_hashes(const trust::TrustList& list);

}  // namespace heyan::intake
