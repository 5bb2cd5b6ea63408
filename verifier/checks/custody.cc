// COC-1: is the gateway's own handling continuous, and is what was stored what was received?
#include "verifier/checks/digests.h"
#include "verifier/checks/families.h"

namespace heyan::checks {

Findings coc_1(const ItemView& item, const Judging& judging) {
  if (!judging.circumstances.has_custody()) {
    return {answer(v1::CHECK_COC_1, v1::OUTCOME_NOT_APPLICABLE)};
  }
  Findings findings;
  const auto received = item.whole.received.find(item.declared.id());
  // What nobody measured while it came in cannot be said to be what came in.
  if (!judging.circumstances.custody().continuous() || received == item.whole.received.end()) {
    findings.push_back(answer(v1::CHECK_COC_1, v1::OUTCOME_FAIL, v1::REASON_CUSTODY_LOG_GAP));
  }
  if (received != item.whole.received.end()) {
    const v1::Measured& measured = item.measured.measured();
    v1::Digest stated;
    stated.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
    stated.set_value(received->second->sha256());
    const Comparison comparison = compare(stated, measured);
    // What was not read to its end has no size either, and differs from nothing.
    const bool read = measured.outcome() == v1::MEASURE_OUTCOME_DONE;
    const bool differs =
        comparison == Comparison::kDiffers || received->second->size() != measured.size();
    if (read && differs) {
      findings.push_back(answer(v1::CHECK_COC_1, v1::OUTCOME_FAIL, v1::REASON_STORED_BYTES_DIFFER));
    } else if (!read || comparison == Comparison::kNotMeasured) {
      findings.push_back(answer(v1::CHECK_COC_1, v1::OUTCOME_NOT_PERFORMED));
    }
  }
  if (findings.empty()) findings.push_back(answer(v1::CHECK_COC_1, v1::OUTCOME_PASS));
  return findings;
}

}  // namespace heyan::checks
