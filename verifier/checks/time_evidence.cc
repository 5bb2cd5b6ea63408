#include "verifier/checks/time_evidence.h"

#include <algorithm>

#include "verifier/checks/digests.h"
#include "verifier/checks/findings.h"

namespace heyan::checks {
namespace {

const core::UtcTime* end_date(v1::DigestAlgorithm algorithm, const Judging& judging) {
  const auto until = judging.policy.algorithm_until.find(std::string(algorithm_name(algorithm)));
  return until == judging.policy.algorithm_until.end() ? nullptr : &until->second;
}

// Every fingerprint of the record that was measured equals the file's, and one of them is
// acceptable without further evidence.
bool covers_file(const v1::LedgerRecord& record, const v1::Measured& measured,
                 const Judging& judging) {
  bool strong = false;
  for (const v1::Digest& digest : record.digests()) {
    const Comparison comparison = compare(digest, measured);
    if (comparison == Comparison::kDiffers) return false;
    if (comparison == Comparison::kEqual && is_acceptable(digest.algorithm(), judging)) {
      strong = true;
    }
  }
  return strong;
}

}  // namespace

bool is_acceptable(v1::DigestAlgorithm algorithm, const Judging& judging) {
  const core::UtcTime* until = end_date(algorithm, judging);
  return until == nullptr || judging.as_of <= *until;
}

bool proves_time(const v1::Attestation& attestation, const ItemView& item, const Judging& judging) {
  const v1::TimeInterval& time = attestation.time();
  return time.independent() && time.has_not_after_ms() && attestation.has_record() &&
         attestation.tier() != v1::TIER_OPERATOR_ATTESTATION && is_included(attestation) &&
         covers_file(attestation.record(), item.measured.measured(), judging);
}

std::optional<core::UtcTime> proved_existence(const ItemView& item, const Judging& judging) {
  std::optional<core::UtcTime> earliest;
  for (const v1::Attestation& attestation : item.attestations) {
    if (!proves_time(attestation, item, judging)) continue;
    const core::UtcTime at = core::from_unix_ms(attestation.time().not_after_ms());
    if (!earliest || at < *earliest) earliest = at;
  }
  return earliest;
}

bool existed_before_sunset(v1::DigestAlgorithm algorithm, const ItemView& item,
                           const Judging& judging) {
  const core::UtcTime* until = end_date(algorithm, judging);
  const auto existed = proved_existence(item, judging);
  return until != nullptr && existed && *existed <= *until;
}

}  // namespace heyan::checks
