#include "verifier/ledgers/fisco_bcos/judgement.h"

#include <algorithm>
#include <array>

#include "verifier/ledgers/fisco_bcos/fields.h"
#include "verifier/ledgers/fisco_bcos/signatures.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

constexpr std::string_view kTransactionHint = "transaction";

std::string shown(ByteView hash) { return "0x" + core::to_hex(hash); }

bool is_hash(std::string_view text) {
  const auto bytes = read_hex(text);
  return text.starts_with("0x") && bytes && bytes->size() == kHashBytes;
}

bool same_hash(std::string_view text, ByteView hash) {
  const auto bytes = read_hex(text);
  return bytes && core::equal(*bytes, hash);
}

// The item's record id is the record's own, or the hash of its transaction. Where no argument holds
// an id, an id that is no hash is a name outside this ledger.
Named compare_names(const std::string& wanted, const v1::LedgerRecord& record, ByteView hash,
                    bool record_has_id) {
  if (wanted.empty()) return Named::kNotNamed;
  if (same_hash(wanted, hash) || (record_has_id && wanted == record.id())) return Named::kSame;
  return record_has_id || is_hash(wanted) ? Named::kOther : Named::kNotNamed;
}

bool matches_measured(const v1::LedgerRecord& record, const v1::Measured& measured) {
  for (const v1::Digest& digest : record.digests()) {
    const auto own =
        std::ranges::find(measured.digests(), digest.algorithm(), &v1::MeasuredDigest::algorithm);
    if (own != measured.digests().end() && own->first() == own->second() &&
        own->first() != digest.value())
      return false;
  }
  return true;
}

// Signed by the sealers of this chain and included; whether it took effect is another question.
bool is_recorded(const Evaluation& evaluation) {
  return evaluation.header.authenticated() && evaluation.transaction.included &&
         !evaluation.reasons.contains(Reason::kTxHashMismatch) &&
         !evaluation.reasons.contains(Reason::kChainMismatch);
}

void read_record(const JudgedProof& proof, const ItemView& item, const FiscoConfig& config,
                 Judgement& judgement) {
  if (!proof.call) return;
  const RecordCall& call = *proof.call;
  if (call.kind == CallKind::kUnreadable) judgement.reasons.insert(Reason::kCallUnreadable);
  if (call.kind == CallKind::kOther || call.kind == CallKind::kAddSignature)
    judgement.reasons.insert(Reason::kNamespace);
  if (call.kind != CallKind::kRecord || !is_recorded(proof.evaluation)) return;
  judgement.record = call.record;
  const Bytes& hash = proof.evaluation.transaction.hash;
  judgement.named = compare_names(item.item.record().id(), call.record, hash,
                                  config.places.fields.contains("id"));
  if (judgement.record->id().empty()) judgement.record->set_id(shown(hash));
  if (!matches_measured(call.record, item.measured.measured()))
    judgement.reasons.insert(Reason::kEvidenceHashMismatch);
}

void read_hints(const ItemView& item, Judgement& judgement) {
  for (const v1::Hint& hint : item.declared.hints()) {
    if (hint.name() != kTransactionHint) continue;
    const TransactionCheck& transaction = judgement.proof.evaluation.transaction;
    const bool same =
        same_hash(hint.value(), transaction.hash) ||
        (transaction.position && hint.value() == std::to_string(*transaction.position));
    if (!same) judgement.unread_hint = hint.name();
  }
}

}  // namespace

bool Judgement::same_outcome(const Judgement& other) const {
  const auto valid = [](const Judgement& one) {
    return one.record_quorum ? one.record_quorum->valid() : 0;
  };
  return reasons == other.reasons && record.has_value() == other.record.has_value() &&
         quorum.reached() == other.quorum.reached() &&
         quorum.neutral_reached() == other.quorum.neutral_reached() && valid(*this) == valid(other);
}

Judgement judge_proof(const JudgedProof& proof, std::span<const JudgedProof* const> proofs,
                      const ItemView& item, const trust::LedgerEntry& entry,
                      const FiscoConfig& config, const Judging& judging, Verifier& verifier) {
  Judgement judgement{.proof = proof,
                      .reasons = proof.evaluation.reasons,
                      .record = {},
                      .named = Named::kNotNamed,
                      .unread_hint = {},
                      .signatures = {},
                      .quorum = {},
                      .record_quorum = {}};
  read_record(proof, item, config, judgement);
  read_hints(item, judgement);
  judge_sealers(entry, judging, judgement);
  judge_sender(judgement);
  if (judgement.record) judge_record_signers(proofs, config, judging, verifier, judgement);
  return judgement;
}

}  // namespace heyan::ledgers::fisco_bcos
