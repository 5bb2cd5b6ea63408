// One proof judged for one item: the evaluation, the record read from it, who signed, and the two
// quorums.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "heyan/v1/attestation.pb.h"
#include "verifier/judging.h"
#include "verifier/ledgers/fisco_bcos/evaluation.h"
#include "verifier/ledgers/fisco_bcos/record.h"

namespace heyan::ledgers::fisco_bcos {

// A proof as far as it does not depend on the item.
struct JudgedProof {
  Evaluation evaluation;
  std::optional<RecordCall> call;
};

// Whether the item's party and the proof speak of the same record.
enum class Named : std::uint8_t { kNotNamed, kSame, kOther };

struct Judgement {
  const JudgedProof& proof;
  Reasons reasons;  // those of the evaluation, and what record and item add
  std::optional<v1::LedgerRecord> record;
  Named named = Named::kNotNamed;
  std::string unread_hint;  // a hint that says something else than the proof; empty: none
  std::vector<v1::Signature> signatures;
  v1::Quorum quorum;
  std::optional<v1::Quorum> record_quorum;

  // Everything that an outcome rests on, for comparing two passes.
  bool same_outcome(const Judgement& other) const;
};

struct ItemView {
  const v1::Item& item;
  const v1::ItemRecord& measured;
  const v1::Proof& declared;
};

// `proofs`: all that were offered for the item on this ledger; those that add signatures lend them
// to the others.
Judgement judge_proof(const JudgedProof& proof, std::span<const JudgedProof* const> proofs,
                      const ItemView& item, const trust::LedgerEntry& entry,
                      const FiscoConfig& config, const Judging& judging, Verifier& verifier);

}  // namespace heyan::ledgers::fisco_bcos
