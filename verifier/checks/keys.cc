// KEY-1 and KEY-2: what the ledgers found of the keys and certificates that signed.
#include "verifier/checks/families.h"

namespace heyan::checks {
namespace {

Findings relayed(v1::CheckId check, const ItemView& item) {
  Findings findings = from_attestations(check, item);
  if (findings.empty()) findings.push_back(answer(check, v1::OUTCOME_NOT_APPLICABLE));
  return findings;
}

}  // namespace

Findings key_1(const ItemView& item, const Judging&) { return relayed(v1::CHECK_KEY_1, item); }

Findings key_2(const ItemView& item, const Judging&) { return relayed(v1::CHECK_KEY_2, item); }

}  // namespace heyan::checks
