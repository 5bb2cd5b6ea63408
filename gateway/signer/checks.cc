#include "gateway/signer/checks.h"

#include <vector>

#include "verifier/verdict.h"

namespace heyan::signer {
namespace {

using core::ErrorCode;
using core::fail;

bool is_positive(v1::Verdict verdict) {
  return verdict == v1::VERDICT_CONSISTENT || verdict == v1::VERDICT_CONSISTENT_WITH_NOTES;
}

// Also over the notes that a positive verdict made of what other attestations lack: they carry
// nothing either way.
bool folds(const v1::ItemReport& item) {
  std::vector<v1::Finding> findings(item.findings().begin(), item.findings().end());
  std::vector<v1::Tier> tiers;
  for (const v1::Attestation& attestation : item.attestations()) {
    tiers.push_back(attestation.tier());
  }
  return decide(findings, tiers) == item.verdict();
}

}  // namespace

core::Result<void> check_folds(const v1::Report& report) {
  std::vector<v1::Verdict> verdicts;
  for (const v1::ItemReport& item : report.evidence()) {
    if (!folds(item))
      return fail(ErrorCode::kChanged, "a verdict does not follow from its findings");
    verdicts.push_back(item.verdict());
  }
  if (decide_submission(verdicts) != report.verdict()) {
    return fail(ErrorCode::kChanged, "the verdict does not follow from those of the items");
  }
  return {};
}

core::Result<void> check_value(const v1::Report& report, const trust::TrustBundle& bundle,
                               core::UtcTime now) {
  if (!core::equal(core::as_bytes(report.bindings().trust_list()), bundle.trust_list) ||
      !core::equal(core::as_bytes(report.bindings().policy()), bundle.policy) ||
      report.trust().sample() != bundle.sample) {
    return fail(ErrorCode::kChanged, "the report rests on another trust list or policy");
  }
  if (report.submission_is_declared()) {
    return fail(ErrorCode::kMalformed, "the submission has no known origin");
  }
  for (const v1::ItemReport& item : report.evidence()) {
    if (is_positive(item.verdict()) && bundle.next_update < now) {
      return fail(ErrorCode::kChanged, "a positive verdict after the trust list's date");
    }
  }
  return check_folds(report);
}

}  // namespace heyan::signer
