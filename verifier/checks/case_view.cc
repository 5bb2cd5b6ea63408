#include "verifier/checks/case_view.h"

#include <algorithm>

#include "verifier/checks/findings.h"

namespace heyan::checks {
namespace {

void note_fork(CaseView& view, const std::string& ledger, std::uint64_t height) {
  const auto [entry, fresh] = view.forks.try_emplace(ledger, height);
  if (!fresh) entry->second = std::min(entry->second, height);
}

void add_checkpoints(CaseView& view, const v1::Circumstances& circumstances) {
  for (const v1::KeptCheckpoint& checkpoint : circumstances.checkpoints()) {
    auto& kept = view.checkpoints[checkpoint.ledger()];
    const auto [begin, end] = kept.equal_range(checkpoint.height());
    for (auto it = begin; it != end; ++it) {
      if (it->second->hash() != checkpoint.hash()) {
        note_fork(view, checkpoint.ledger(), checkpoint.height());
      }
    }
    kept.emplace(checkpoint.height(), &checkpoint);
  }
}

// A block that this case brings makes a fork for others only where a quorum signed it; otherwise
// one signer could stop the whole ledger (security decision 22).
void add_attestation(CaseView& view, std::size_t item, const v1::Attestation& attestation) {
  view.records.add(item, attestation);
  const v1::Position& position = attestation.position();
  if (!position.has_block() || position.block_hash().empty() || !attestation.quorum().reached() ||
      !is_included(attestation)) {
    return;
  }
  const auto kept = view.checkpoints.find(attestation.ledger());
  if (kept == view.checkpoints.end()) return;
  const auto [begin, end] = kept->second.equal_range(position.block());
  for (auto it = begin; it != end; ++it) {
    if (it->second->hash() != position.block_hash()) {
      note_fork(view, attestation.ledger(), position.block());
    }
  }
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
  add_checkpoints(view, circumstances);
  for (std::size_t item = 0; item < attestations.size(); ++item) {
    for (const v1::Attestation& attestation : attestations[item]) {
      add_attestation(view, item, attestation);
    }
  }
  return view;
}

}  // namespace heyan::checks
