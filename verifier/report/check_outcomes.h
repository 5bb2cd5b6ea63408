// Which items gave which answer to each check, over the whole report. Internal to verifier/report.
#pragma once

#include <map>
#include <vector>

#include "verifier/report/draft.h"

namespace heyan::report {

class CheckOutcomes {
 public:
  explicit CheckOutcomes(const v1::Report& report);

  // Items by outcome; each list ascends.
  const std::map<v1::Outcome, std::vector<int>>& of(v1::CheckId check) const;

 private:
  std::map<v1::CheckId, std::map<v1::Outcome, std::vector<int>>> outcomes_;
};

// The checks that a row of the legal map names, in its order; all of them for "*".
std::vector<const catalogue::CheckEntry*> checks_of(const catalogue::LegalEntry& entry);

// "Passed (items 1-3, 5); Not passed (item 4)".
std::string answers(const Draft& draft, const std::map<v1::Outcome, std::vector<int>>& outcomes);

}  // namespace heyan::report
