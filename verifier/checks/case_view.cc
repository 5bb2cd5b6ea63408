#include "verifier/checks/case_view.h"

#include "verifier/checks/findings.h"

namespace heyan::checks {
namespace {

void add_attestation(CaseView& view, std::size_t item, const v1::Attestation& attestation) {
  view.records.add(item, attestation);
  if (!attestation.quorum().reached() || !is_included(attestation)) return;
  if (const auto block = ledger_block(attestation)) view.memory.add(*block);
}

}  // namespace

CaseView view_case(const Judging& judging,
                   std::span<const std::vector<v1::Attestation>> attestations) {
  CaseView view;
  const v1::Circumstances& circumstances = judging.circumstances;
  view.links = trust::find_links(judging.trust, judging.record, circumstances);
  for (const v1::Party& party : judging.record.submission().parties()) {
    view.parties.try_emplace(party.id(), &party);
  }
  for (const v1::LedgerView& ledger : circumstances.views()) {
    if (!ledger.reachable()) view.unreachable.push_back(&ledger);
    for (const v1::LookUp& look_up : ledger.look_ups()) {
      view.asked[look_up.item()].push_back(
          {.view = &ledger,
           .answer = ledger.reachable() ? look_up.answer() : v1::LOOK_UP_ANSWER_UNSPECIFIED});
    }
  }
  for (const v1::ReceivedFile& file : circumstances.custody().received()) {
    view.received.try_emplace(file.item(), &file);
  }
  view.memory = LedgerMemory(circumstances, judging.trust);
  for (std::size_t item = 0; item < attestations.size(); ++item) {
    for (const v1::Attestation& attestation : attestations[item]) {
      add_attestation(view, item, attestation);
    }
  }
  return view;
}

}  // namespace heyan::checks
