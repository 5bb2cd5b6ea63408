// Since when did the documents exist, as an evidence record shows? Each stamp is judged at the time
// that it states, and must have been good until the next one covered it; the last one, until now.
// All of them must hold, and every chain cover every document: then the documents existed no later
// than the FIRST stamp says.
//
// Threat: whoever files the record made or chose it; tokens count only by authorities of the trust
// list. Work is linear in the record but for the chains before each chain, hashed again (64 times
// 1 MiB at most). Source: RFC 4998 4.3, 5.2 and 5.3. Pure, any thread but for the checker.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "verifier/ers/reason.h"
#include "verifier/ers/record.h"
#include "verifier/timestamps/judged.h"

namespace heyan::ers {

// By what, and as of when.
struct Basis {
  std::span<const timestamps::Authority> authorities;      // not empty (authorities_of)
  const std::map<std::string, core::UtcTime>& hash_until;  // trust::Policy::algorithm_until
  core::UtcTime at;
};

// What a chain's first stamp must cover, and does.
struct Covering {
  std::optional<crypto::Hash> hash;  // nothing: not known here, or contradictory
  core::Bytes chains_before;         // digest of them; empty: the first chain
  core::Bytes imprint;
};

// Of the record itself, whatever it covers: judged once for many documents.
struct Evaluation {
  timestamps::Verdict verdict = timestamps::Verdict::kMalformed;  // the worst of anything here
  std::set<Reason> reasons;
  std::set<timestamps::Reason> token_reasons;  // of any token
  std::vector<timestamps::Judged> stamps;      // in their order; fewer than there are: not read
  std::vector<Covering> coverings;             // of each chain
  Record record;
};

// `record` and the authorities of `basis` outlive the evaluation.
Evaluation evaluate(core::ByteView record, const Basis& basis, crypto::SignatureChecker& checker,
                    const core::Limits& limits);

struct Verification {
  timestamps::Verdict verdict = timestamps::Verdict::kMalformed;
  std::set<Reason> reasons;                    // those of the evaluation too
  std::set<timestamps::Reason> token_reasons;  // likewise

  bool shows_time() const;
  std::vector<std::string> names() const;  // of all reasons, sorted, each once
};

// All of `documents` (not empty) must be covered by every chain. `filed`: digests of these and of
// whatever else was filed, which may account for the values of the first list.
Verification verify(const Evaluation& evaluation, std::span<const timestamps::Digests> documents,
                    const std::set<core::Bytes>& filed, crypto::SignatureChecker& checker);

// The worst that these reasons lead to.
timestamps::Verdict verdict_of(const std::set<Reason>& reasons);

}  // namespace heyan::ers
