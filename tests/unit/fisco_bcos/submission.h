// One submission of many items, judged as production does: under one checker and memo.
#pragma once

#include <string>

#include "verifier/ledgers/ledger.h"
#include "verifier/trust/policy.h"

namespace heyan::ledgers::fisco_bcos::testing {

class Submission {
 public:
  // The list's only ledger is "chain"; the program stops where the list has defects.
  explicit Submission(const std::string& trust_list,
                      crypto::Engines engines = crypto::production_engines());
  Submission(const Submission&) = delete;
  Submission& operator=(const Submission&) = delete;

  // One item more, with that proof alone.
  v1::Attestation judge(const core::Bytes& proof);
  std::size_t verifications() const { return checker_.verifications(); }

 private:
  trust::TrustList list_;
  const core::Limits limits_;
  const v1::CaseRecord record_;
  const v1::Circumstances circumstances_;
  crypto::SignatureChecker checker_;
  const Judging judging_;
};

}  // namespace heyan::ledgers::fisco_bcos::testing
