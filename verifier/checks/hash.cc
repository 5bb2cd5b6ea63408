// HASH-1: do two independent implementations compute the same fingerprint?
#include "verifier/checks/digests.h"
#include "verifier/checks/families.h"

namespace heyan::checks {

Findings hash_1(const ItemView& item, const Judging&) {
  const v1::Measured& measured = item.measured.measured();
  Findings findings;
  bool incomplete = measured.digests().empty();
  for (const v1::MeasuredDigest& digest : measured.digests()) {
    const auto hash = hash_of(digest.algorithm());
    const std::size_t bytes = hash ? crypto::digest_bytes(*hash) : 0;
    if (!hash || digest.first().size() != bytes || digest.second().size() != bytes) {
      incomplete = true;
    } else if (digest.first() != digest.second()) {
      findings.push_back(
          answer(v1::CHECK_HASH_1, v1::OUTCOME_FAIL, v1::REASON_ENGINE_DISAGREEMENT));
      set_param(findings.back(), "algorithm", algorithm_name(digest.algorithm()));
    }
  }
  if (incomplete) findings.push_back(answer(v1::CHECK_HASH_1, v1::OUTCOME_NOT_PERFORMED));
  if (findings.empty()) findings.push_back(answer(v1::CHECK_HASH_1, v1::OUTCOME_PASS));
  return findings;
}

}  // namespace heyan::checks
