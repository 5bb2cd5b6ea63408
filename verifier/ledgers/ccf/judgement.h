// One receipt judged for one item: what it is worth under the trust list, and what it is of. Inside
// this folder only.
#pragma once

#include <optional>

#include "verifier/ledgers/ccf/evaluation.h"
#include "verifier/ledgers/ledger.h"
#include "verifier/trust/key_validity.h"

namespace heyan::ledgers::ccf {

// The node's signature in its report, and whether that is enough.
struct Standing {
  v1::Signature signature;
  trust::KeyValidity validity;  // of the node's certificate
  v1::Quorum quorum;
  bool holds = false;  // the service signed the root, and the operator alone is enough
};

Standing stand(const Evaluation& evaluation, const CcfConfig& config,
               const trust::LedgerEntry& entry, const Judging& judging);

struct Judgement {
  Reasons reasons;                   // of receipt, claims and item
  std::optional<Standing> standing;  // nothing: there is no node whose signature it could be
  bool authenticated = false;
  bool all_used = false;                   // nothing of the receipt was left unread
  std::optional<v1::LedgerRecord> record;  // only of claims under a root that holds
  std::string transaction;                 // "VIEW.SEQNO"; empty: unknown
  std::uint64_t seqno = 0;
  bool named = false;        // it is the record that the party names
  bool other_named = false;  // the party names another
};

// What it answers to the checks REC-1, INC-1, QUO-1, QUO-3, KEY-1, KEY-2 and TIM-1.
std::vector<v1::Finding> make_findings(const Judgement& judgement);

}  // namespace heyan::ledgers::ccf
