// KEY-1 and KEY-2: what the ledgers found of the keys and certificates that signed.
#include <algorithm>

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

Findings key_2(const ItemView& item, const Judging& judging) {
  Findings findings = relayed(v1::CHECK_KEY_2, item);
  // The record that the party names stands on a ledger that the court does not know; proofs of
  // other ledgers say nothing about that record.
  const std::string& named = item.declared.record().ledger();
  if (named.empty() || judging.trust.ledger(named) != nullptr) return findings;
  const bool told = std::ranges::any_of(item.attestations, [&](const v1::Attestation& attestation) {
    return attestation.ledger() == named;
  });
  if (told) return findings;
  findings.push_back(
      answer(v1::CHECK_KEY_2, v1::OUTCOME_UNDETERMINED, v1::REASON_LEDGER_NOT_ON_TRUST_LIST));
  findings.back().mutable_subject()->set_ledger(named);
  return findings;
}

}  // namespace heyan::checks
