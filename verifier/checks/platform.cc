// PLT-1 and PLT-2: what is known of the platform and of links, relayed only. Nothing here changes a
// verdict; QUO-2 counts.
#include "verifier/checks/families.h"

namespace heyan::checks {

Findings plt_1(const ItemView& item, const Judging&) {
  return {answer(v1::CHECK_PLT_1, item.declared.source().empty() ? v1::OUTCOME_NOT_APPLICABLE
                                                                 : v1::OUTCOME_DECLARED)};
}

Findings plt_2(const ItemView& item, const Judging&) {
  Findings findings;
  for (const auto& [party, institutions] : item.whole.links.by_party) {
    for (const std::string& institution : institutions) {
      findings.push_back(answer(v1::CHECK_PLT_2, v1::OUTCOME_DECLARED));
      findings.back().mutable_subject()->set_institution(institution);
      set_param(findings.back(), "party", party);
    }
  }
  if (findings.empty()) findings.push_back(answer(v1::CHECK_PLT_2, v1::OUTCOME_NOT_APPLICABLE));
  return findings;
}

}  // namespace heyan::checks
