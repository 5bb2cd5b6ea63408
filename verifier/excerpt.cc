#include "verifier/excerpt.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "verifier/checks/attest.h"
#include "verifier/checks/custody.h"
#include "verifier/crypto/digest.h"
#include "verifier/judge.h"
#include "verifier/trust/links.h"

namespace heyan {
namespace {

using checks::ProofExcerpt;

// (ledger, format)
using GroupName = std::pair<std::string, std::string>;

std::set<GroupName> kept_groups(std::size_t item, const std::vector<ProofExcerpt>& proofs,
                                const MayHold& may_hold) {
  std::set<GroupName> kept;
  for (const ProofExcerpt& proof : proofs) kept.emplace(proof.ledger, proof.format);
  for (const ProofExcerpt& proof : proofs) {
    const ProofGroup group{.item = item, .ledger = proof.ledger, .format = proof.format};
    if (!proof.content || !may_hold(group, *proof.content)) {
      kept.erase({proof.ledger, proof.format});
    }
  }
  return kept;
}

// As far as a ledger asks for it.
void describe_parties(const Judging& judging, v1::Submission& submission) {
  const trust::Links links =
      trust::find_links(judging.trust, judging.record, judging.circumstances);
  for (const v1::Party& party : judging.record.submission().parties()) {
    v1::Party& out = *submission.add_parties();
    out.set_id(party.id());
    out.set_role(party.role());
    out.set_kind(party.kind());
    const auto linked = links.by_party.find(party.id());
    if (linked == links.by_party.end()) continue;
    for (const std::string& institution : linked->second) out.add_linked_institutions(institution);
  }
}

class Taking {
 public:
  Taking(const Judging& judging, const MayHold& may_hold)
      : judging_(judging),
        may_hold_(may_hold),
        store_(judging.record),
        set_aside_(checks::stored_otherwise(judging)) {}

  void take_item(int index) {
    const v1::Item& item = judging_.record.submission().evidence(index);
    const v1::ItemRecord& measured = judging_.record.items(index);
    v1::Item& out = *excerpt_.record.mutable_submission()->add_evidence();
    out.set_id(item.id());
    out.set_party(item.party());
    v1::ItemRecord& out_measured = *excerpt_.record.add_items();
    out_measured.set_id(measured.id());
    v1::Measured& out_file = *out_measured.mutable_measured();
    // Nothing was judged by what the record has of it; an excerpt has no custody to say so.
    if (set_aside_.contains(measured.id())) return;
    out_file = measured.measured();
    const auto proofs = checks::excerpts(item, measured, store_, judging_);
    const auto kept = kept_groups(static_cast<std::size_t>(index), proofs, may_hold_);
    for (std::size_t i = 0; i < proofs.size(); ++i) {
      if (!kept.contains({proofs[i].ledger, proofs[i].format})) continue;
      // Named, so that an excerpt is not recognised as anything else.
      v1::Proof& proof = *out.add_proofs();
      proof.set_format(proofs[i].format);
      proof.set_ledger(proofs[i].ledger);
      *proof.mutable_hints() = item.proofs(static_cast<int>(i)).hints();
      const std::string digest =
          core::to_string(crypto::sha256(core::as_bytes(*proofs[i].content)));
      out_measured.add_proofs(digest);
      held_.emplace(digest, *proofs[i].content);
      ledgers_.insert(proofs[i].ledger);
    }
    if (item.has_record() && !out.proofs().empty()) *out.mutable_record() = item.record();
  }

  Excerpt finish() && {
    describe_parties(judging_, *excerpt_.record.mutable_submission());
    for (const auto& [digest, content] : held_) {
      v1::ProofBytes& proof = *excerpt_.record.add_proofs();
      proof.set_sha256(digest);
      proof.set_content(content);
    }
    derive_secrets(excerpt_.record);
    const v1::Circumstances& all = judging_.circumstances;
    v1::Circumstances& out = excerpt_.circumstances;
    out.set_report_number(all.report_number());
    out.set_software_version(all.software_version());
    out.set_submission_is_declared(all.submission_is_declared());
    *out.mutable_checked_parties() = all.checked_parties();
    for (const v1::KeptCheckpoint& checkpoint : all.checkpoints()) {
      if (ledgers_.contains(checkpoint.ledger())) *out.add_checkpoints() = checkpoint;
    }
    for (const v1::WatchedLedger& watched : all.watched()) {
      if (ledgers_.contains(watched.ledger())) *out.add_watched() = watched;
    }
    return std::move(excerpt_);
  }

 private:
  const Judging& judging_;
  const MayHold& may_hold_;
  const checks::ProofStore store_;
  const std::set<std::string_view> set_aside_;
  Excerpt excerpt_;
  std::map<std::string, std::string> held_;  // proofs by digest
  std::set<std::string> ledgers_;
};

}  // namespace

core::Result<Excerpt> make_excerpt(const Judging& judging, const MayHold& may_hold) {
  const v1::CaseRecord& record = judging.record;
  if (record.items_size() != record.submission().evidence_size()) {
    return core::fail(core::ErrorCode::kMalformed, "the record has another number of items");
  }
  Taking taking(judging, may_hold);
  for (int i = 0; i < record.items_size(); ++i) taking.take_item(i);
  return std::move(taking).finish();
}

}  // namespace heyan
