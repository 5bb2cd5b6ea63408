// REC-1 and REC-2: is there a record, by the proofs and by the ledgers that were asked?
//
// A gateway asks a ledger where it has to (the party named a record and brought no proof, or the
// ledger is to be asked in any case); what was answered counts beside the proofs. Offline nobody
// was asked.
#include <algorithm>

#include "verifier/checks/families.h"
#include "verifier/core/time.h"

namespace heyan::checks {
namespace {

bool names_ledger(const ItemView& item, std::string_view ledger) {
  if (item.declared.record().ledger() == ledger) return true;
  return std::ranges::any_of(item.declared.proofs(),
                             [&](const v1::Proof& proof) { return proof.ledger() == ledger; }) ||
         std::ranges::any_of(item.attestations, [&](const v1::Attestation& attestation) {
           return attestation.ledger() == ledger;
         });
}

bool names_any_ledger(const ItemView& item) {
  return !item.declared.record().ledger().empty() || !item.attestations.empty() ||
         std::ranges::any_of(item.declared.proofs(),
                             [](const v1::Proof& proof) { return !proof.ledger().empty(); });
}

// The ledgers that were asked for this item: those with an answer, then those that were not
// reached.
std::vector<Asked> asked_for(const ItemView& item) {
  std::vector<Asked> asked;
  if (const auto found = item.whole.asked.find(item.declared.id());
      found != item.whole.asked.end()) {
    asked = found->second;
  }
  for (const v1::LedgerView* view : item.whole.unreachable) {
    const bool listed = std::ranges::find(asked, view, &Asked::view) != asked.end();
    if (!listed && (names_ledger(item, view->ledger()) || !names_any_ledger(item))) {
      asked.push_back({.view = view});
    }
  }
  return asked;
}

bool is_stale(const v1::LedgerView& view, const Judging& judging) {
  return is_later(judging.as_of, core::from_unix_ms(view.taken_at_ms()),
                  judging.policy.max_view_age);
}

bool is_unknown(v1::LookUpAnswer answer) {
  return answer == v1::LOOK_UP_ANSWER_ID_UNKNOWN ||
         answer == v1::LOOK_UP_ANSWER_FINGERPRINT_UNKNOWN;
}

// A view that ends before the block of a proof cannot know its record.
bool ends_before_proof(const ItemView& item, const v1::LedgerView& view) {
  return std::ranges::any_of(item.attestations, [&](const v1::Attestation& attestation) {
    return attestation.ledger() == view.ledger() && attestation.has_record() &&
           is_included(attestation) && attestation.position().has_block() &&
           attestation.position().block() > view.height();
  });
}

void name_view(v1::Finding& finding, const v1::LedgerView& view) {
  finding.mutable_subject()->set_ledger(view.ledger());
  if (!view.reachable()) return;
  set_param(finding, "height", std::to_string(view.height()));
  set_param(finding, "view", core::format_rfc3339(core::from_unix_ms(view.taken_at_ms())));
}

}  // namespace

Findings rec_1(const ItemView& item, const Judging& judging) {
  Findings findings;
  for (const Asked& asked : asked_for(item)) {
    if (!asked.view->reachable()) continue;
    if (asked.answer == v1::LOOK_UP_ANSWER_FOUND) {
      findings.push_back(answer(v1::CHECK_REC_1, v1::OUTCOME_PASS));
    } else if (is_unknown(asked.answer) && !is_stale(*asked.view, judging) &&
               !ends_before_proof(item, *asked.view)) {
      findings.push_back(answer(v1::CHECK_REC_1, v1::OUTCOME_FAIL,
                                asked.answer == v1::LOOK_UP_ANSWER_ID_UNKNOWN
                                    ? v1::REASON_RECORD_ID_UNKNOWN
                                    : v1::REASON_RECORD_NOT_FOUND));
    } else {
      continue;
    }
    name_view(findings.back(), *asked.view);
  }
  if (!findings.empty() && item.attestations.empty()) return findings;
  Findings proofs = from_attestations_all(v1::CHECK_REC_1, item);
  std::ranges::move(proofs, std::back_inserter(findings));
  return findings;
}

Findings rec_2(const ItemView& item, const Judging& judging) {
  Findings findings;
  for (const Asked& asked : asked_for(item)) {
    const v1::LedgerView& view = *asked.view;
    if (!view.reachable()) {
      findings.push_back(
          answer(v1::CHECK_REC_2, v1::OUTCOME_UNDETERMINED, v1::REASON_CHAIN_UNREACHABLE));
    } else if (is_unknown(asked.answer) && ends_before_proof(item, view)) {
      findings.push_back(answer(v1::CHECK_REC_2, v1::OUTCOME_NOT_APPLICABLE));
    } else if (is_unknown(asked.answer) && is_stale(view, judging)) {
      // Absence cannot be stated from an old view; presence can.
      findings.push_back(answer(v1::CHECK_REC_2, v1::OUTCOME_FAIL, v1::REASON_CHAIN_VIEW_STALE));
    } else if (is_unknown(asked.answer) || asked.answer == v1::LOOK_UP_ANSWER_FOUND) {
      findings.push_back(answer(v1::CHECK_REC_2, v1::OUTCOME_PASS));
    } else {
      findings.push_back(answer(v1::CHECK_REC_2, v1::OUTCOME_NOT_PERFORMED));
    }
    name_view(findings.back(), view);
  }
  if (findings.empty()) findings.push_back(answer(v1::CHECK_REC_2, v1::OUTCOME_NOT_APPLICABLE));
  return findings;
}

}  // namespace heyan::checks
