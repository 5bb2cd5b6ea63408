// Everything that the proofs of one item show of one record that it names, before it is said in
// findings: the facts of one judgement.
//
// Evaluated twice where two libraries disagreed on a signature: as it stands, and as if such
// signatures were good; only where the two differ would they have changed the outcome. One thread;
// views live as long as proofs and trust list.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "verifier/judging.h"
#include "verifier/ledgers/fabric/answers.h"
#include "verifier/ledgers/fabric/chain.h"
#include "verifier/ledgers/fabric/key_history.h"
#include "verifier/ledgers/fabric/proofs.h"
#include "verifier/ledgers/fabric/scene.h"
#include "verifier/ledgers/fabric/selection.h"
#include "verifier/ledgers/fabric/single.h"
#include "verifier/ledgers/fabric/trust_config.h"

namespace heyan::ledgers::fabric {

struct JudgedAnswer {
  std::size_t proof = 0;
  AnswerCheck check;
};

// A later valid write of the same key.
struct LaterWrite {
  std::uint64_t block = 0;
  std::size_t transaction = 0;
};

struct Evaluation {
  const Scene* scene = nullptr;         // never null
  const NamedRecord* named = nullptr;   // never null
  Reasons reasons;                      // of all proofs
  std::shared_ptr<KeyHistory> history;  // where the configs are known
  std::optional<Selection> selection;
  std::optional<SingleAnswer> single;
  std::optional<EndorsementPolicy> policy;           // that the endorsements must satisfy
  std::optional<EndorsementPolicy> stricter_policy;  // found on the chain beside the trust list's
  std::optional<ChainAnswer> chain;
  std::vector<JudgedAnswer> answers;
  std::optional<v1::LedgerRecord> record;  // only where read from signed bytes that verified
  bool record_unreadable = false;
  bool record_names_other_key = false;
  bool declared_invalid = false;  // by a flag, by an answer, or by recomputation
  bool chain_reaches_record =
      false;  // replayed from the first block to the record's, where it is valid
  std::optional<LaterWrite> later;
  std::optional<std::uint64_t> fork;  // of the scene, where the record stands no lower
  // Another valid write of the key stands before the record's block, and nothing shows that the
  // record was committed after it: its transaction may have been committed in a block before both.
  bool order_unproven = false;
};

Evaluation evaluate(const NamedRecord& named, const Scene& scene, const OfferedProofs& proofs,
                    const FabricConfig& config, const v1::ItemRecord& measured,
                    Identities& identities);

}  // namespace heyan::ledgers::fabric
