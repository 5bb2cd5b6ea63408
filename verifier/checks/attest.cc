#include "verifier/checks/attest.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "verifier/checks/findings.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::checks {
namespace {

// Where a proof belongs.
struct Place {
  std::string format;
  std::string ledger;                          // as named or found; may be on no list
  const ledgers::Ledger* module = nullptr;     // null: this build has no such format
  const trust::LedgerEntry* entry = nullptr;   // null: on no trust list
  v1::ReasonCode inclusion = v1::REASON_NONE;  // why INC-1 cannot be answered

  // Of authorities that are no ledgers; one that names a ledger all the same is taken at its word.
  bool needs_no_entry() const {
    return module != nullptr && !module->has_entry() && ledger.empty();
  }
  // What its proofs are judged by; null where no trust list says.
  const trust::LedgerEntry* judged_by(trust::LedgerEntry& none) const {
    if (!needs_no_entry()) return entry;
    none.format = format;
    return &none;
  }
  bool operator==(const Place&) const = default;
};

struct Group {
  Place place;
  std::vector<ledgers::ProofView> proofs;
};

bool is_time_format(std::string_view format) {
  static constexpr std::array<std::string_view, 3> kTime = {"rfc3161", "evidence-record",
                                                            "opentimestamps"};
  return std::ranges::find(kTime, format) != kTime.end();
}

// Those of authorities, which are on no list of ledgers.
bool is_token_format(std::string_view format) {
  return is_time_format(format) && format != "opentimestamps";
}

const ledgers::Ledger* recognise(core::ByteView bytes) {
  const core::ByteView head = bytes.first(std::min(bytes.size(), ledgers::kHeadBytes));
  for (const ledgers::Ledger* ledger : ledgers::all()) {
    if (ledger->recognises(head)) return ledger;
  }
  return nullptr;
}

// The only ledger of that format on the list, or null.
const trust::LedgerEntry* only_ledger(const trust::TrustList& trust, std::string_view format) {
  const trust::LedgerEntry* only = nullptr;
  for (const trust::LedgerEntry& entry : trust.ledgers) {
    if (entry.format != format) continue;
    if (only != nullptr) return nullptr;
    only = &entry;
  }
  return only;
}

// Told by the proof itself: as declared, or (beside a record of a ledger, too) by the bytes of a
// proof of time.
std::string own_format(const v1::Proof& proof, core::ByteView bytes) {
  if (!proof.format().empty() || !proof.ledger().empty()) return proof.format();
  const ledgers::Ledger* recognised = recognise(bytes);
  const bool of_time = recognised != nullptr && recognised->tier() == v1::TIER_TIME_PROOF;
  return of_time ? std::string(recognised->format()) : std::string();
}

std::string format_of(const std::string& own, std::string_view named, core::ByteView bytes,
                      const trust::TrustList& trust) {
  if (!own.empty()) return own;
  if (const trust::LedgerEntry* entry = trust.ledger(named)) return entry->format;
  const ledgers::Ledger* recognised = recognise(bytes);
  return recognised == nullptr ? std::string() : std::string(recognised->format());
}

// The name of a ledger that goes for this proof: its own, or the record's where that fits the
// format.
std::string_view named_ledger(const v1::Proof& proof, const std::string& format,
                              const v1::Item& item, const trust::TrustList& trust) {
  if (!proof.ledger().empty()) return proof.ledger();
  const std::string& recorded = item.record().ledger();
  const trust::LedgerEntry* entry = trust.ledger(recorded);
  if (entry != nullptr && !format.empty() && entry->format != format) return "";
  return is_time_format(format) ? std::string_view() : std::string_view(recorded);
}

Place place_of(const v1::Proof& proof, core::ByteView bytes, const v1::Item& item,
               const trust::TrustList& trust) {
  Place place;
  const std::string own = own_format(proof, bytes);
  place.ledger = named_ledger(proof, own, item, trust);
  place.format = format_of(own, place.ledger, bytes, trust);
  if (place.format.empty()) {
    place.inclusion = v1::REASON_INCLUSION_PROOF_MALFORMED;
    place.entry = trust.ledger(place.ledger);
    return place;
  }
  place.module = ledgers::by_format(place.format);
  place.entry =
      place.ledger.empty() ? only_ledger(trust, place.format) : trust.ledger(place.ledger);
  if (place.entry != nullptr) place.ledger = place.entry->id;
  if (place.entry != nullptr && place.entry->format != place.format) {
    place.inclusion = v1::REASON_LEDGER_NOT_RECOGNISED;
  } else if (place.module == nullptr ||
             (place.entry != nullptr && place.entry->config == nullptr)) {
    place.inclusion = v1::REASON_FORMAT_UNSUPPORTED;
  }
  return place;
}

v1::Tier tier_of(const Place& place) {
  if (is_time_format(place.format)) return v1::TIER_TIME_PROOF;
  return place.module == nullptr ? v1::TIER_CHAIN_PROOF : place.module->tier();
}

void add(v1::Attestation& attestation, v1::Finding finding) {
  *attestation.add_findings() = std::move(finding);
}

// Proofs that no ledger of the list may judge: what is said of them instead.
v1::Attestation unplaced(const Place& place) {
  v1::Attestation attestation;
  attestation.set_tier(tier_of(place));
  attestation.set_proof_outcome(v1::PROOF_OUTCOME_UNSUPPORTED);
  add(attestation, place.inclusion == v1::REASON_NONE
                       ? answer(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED)
                       : answer(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED, place.inclusion));
  // Tokens come from authorities, not from ledgers of the list.
  const bool is_ledger =
      !is_token_format(place.format) && place.inclusion != v1::REASON_INCLUSION_PROOF_MALFORMED;
  if (place.entry == nullptr && (is_ledger || !place.ledger.empty())) {
    add(attestation,
        answer(v1::CHECK_KEY_2, v1::OUTCOME_UNDETERMINED, v1::REASON_LEDGER_NOT_ON_TRUST_LIST));
  }
  return attestation;
}

// A ledger could not work, or there is no saying what it left out when the budget ended: nothing is
// concluded.
void not_performed(v1::Attestation& attestation, std::string_view why) {
  v1::Finding finding = answer(v1::CHECK_QUO_1, v1::OUTCOME_NOT_PERFORMED);
  set_param(finding, "cause", why);
  add(attestation, std::move(finding));
}

std::vector<v1::Attestation> judge_group(const Group& group, const v1::Item& item,
                                         const v1::ItemRecord& measured, const Judging& judging) {
  const Place& place = group.place;
  std::vector<v1::Attestation> attestations;
  trust::LedgerEntry none;
  const trust::LedgerEntry* entry = place.judged_by(none);
  if (entry == nullptr || place.inclusion != v1::REASON_NONE) {
    attestations.push_back(unplaced(place));
  } else if (auto judged = place.module->judge(group.proofs, item, measured, *entry, judging)) {
    attestations = *std::move(judged);
  } else {
    v1::Attestation& attestation = attestations.emplace_back();
    attestation.set_tier(tier_of(place));
    attestation.set_proof_outcome(v1::PROOF_OUTCOME_INCOMPLETE);
    not_performed(attestation, core::name(judged.error().code));
  }
  for (v1::Attestation& attestation : attestations) {
    if (judging.checker.verifications() >= judging.limits.signatures) {
      not_performed(attestation, "signature-budget");
    }
    attestation.set_ledger(place.ledger);
    attestation.set_format(place.format);
    if (!attestation.proofs().empty()) continue;
    for (const ledgers::ProofView& proof : group.proofs) {
      attestation.add_proofs(core::to_string(proof.sha256));
    }
  }
  return attestations;
}

}  // namespace

ProofStore::ProofStore(const v1::CaseRecord& record) {
  for (const v1::ProofBytes& proof : record.proofs())
    by_digest_.try_emplace(proof.sha256(), &proof);
}

const v1::ProofBytes* ProofStore::find(std::string_view sha256) const {
  const auto found = by_digest_.find(sha256);
  return found == by_digest_.end() ? nullptr : found->second;
}

std::vector<v1::Attestation> attest(const v1::Item& item, const v1::ItemRecord& measured,
                                    const ProofStore& store, const Judging& judging) {
  std::vector<Group> groups;
  for (int i = 0; i < item.proofs_size() && i < measured.proofs_size(); ++i) {
    const v1::ProofBytes* proof = store.find(measured.proofs(i));
    if (proof == nullptr) continue;
    const core::ByteView bytes = core::as_bytes(proof->content());
    Place place = place_of(item.proofs(i), bytes, item, judging.trust);
    auto group = std::ranges::find(groups, place, &Group::place);
    if (group == groups.end()) group = groups.insert(groups.end(), {.place = place, .proofs = {}});
    group->proofs.push_back(
        {.declared = &item.proofs(i), .bytes = bytes, .sha256 = core::as_bytes(proof->sha256())});
  }
  std::vector<v1::Attestation> attestations;
  for (const Group& group : groups) {
    std::ranges::move(judge_group(group, item, measured, judging),
                      std::back_inserter(attestations));
  }
  return attestations;
}

std::vector<ProofExcerpt> excerpts(const v1::Item& item, const v1::ItemRecord& measured,
                                   const ProofStore& store, const Judging& judging) {
  std::vector<ProofExcerpt> found;
  for (int i = 0; i < item.proofs_size() && i < measured.proofs_size(); ++i) {
    ProofExcerpt& one = found.emplace_back();
    const v1::ProofBytes* proof = store.find(measured.proofs(i));
    if (proof == nullptr) continue;
    const core::ByteView bytes = core::as_bytes(proof->content());
    const Place place = place_of(item.proofs(i), bytes, item, judging.trust);
    one.format = place.format;
    one.ledger = place.ledger;
    trust::LedgerEntry none;
    const trust::LedgerEntry* entry = place.judged_by(none);
    if (entry == nullptr || place.inclusion != v1::REASON_NONE) continue;
    one.content = place.module->excerpt(
        {.declared = &item.proofs(i), .bytes = bytes, .sha256 = core::as_bytes(proof->sha256())},
        item, *entry, judging);
  }
  return found;
}

}  // namespace heyan::checks
