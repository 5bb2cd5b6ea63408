// Which reasons an answer gives for an item's verdict. Pure, any thread.
#pragma once

#include <algorithm>
#include <vector>

#include "heyan/v1/report.pb.h"
#include "schemas/catalogue/catalogue.h"

namespace heyan::court_adapters {

// Each once, in the order of the findings.
inline std::vector<const catalogue::ReasonEntry*> reasons_of(const v1::ItemReport& item) {
  std::vector<const catalogue::ReasonEntry*> reasons;
  for (const v1::Finding& finding : item.findings()) {
    if (finding.code() == v1::REASON_NONE) continue;
    const catalogue::ReasonEntry* const reason = &catalogue::entry(finding.code());
    if (std::ranges::find(reasons, reason) == reasons.end()) reasons.push_back(reason);
  }
  return reasons;
}

}  // namespace heyan::court_adapters
