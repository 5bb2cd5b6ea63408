// Everything that a judgement depends on, as one argument. The same Judging gives the same report,
// byte for byte.
#pragma once

#include "heyan/v1/case_record.pb.h"
#include "heyan/v1/circumstances.pb.h"
#include "verifier/core/limits.h"
#include "verifier/core/memo.h"
#include "verifier/core/time.h"
#include "verifier/crypto/signature.h"
#include "verifier/trust/policy.h"
#include "verifier/trust/trust_list.h"

namespace heyan {

struct Judging {
  const v1::CaseRecord& record;
  const v1::Circumstances& circumstances;
  const trust::TrustList& trust;
  const trust::Policy& policy;
  core::UtcTime as_of;
  crypto::SignatureChecker&
      checker;  // one for this judgement: counts the budget, computes each signature once
  const core::Limits& limits;
  // Views of the record's proofs, which outlive the judging; copies share it.
  std::shared_ptr<core::Memo> memo = std::make_shared<core::Memo>();
};

}  // namespace heyan
