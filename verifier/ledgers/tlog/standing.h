// What a signed head is worth under one entry of the trust list: who signed, the two quorums, and
// the time that the witnesses state.
#pragma once

#include <optional>
#include <vector>

#include "verifier/judging.h"
#include "verifier/ledgers/tlog/head.h"
#include "verifier/trust/key_validity.h"

namespace heyan::ledgers::tlog {

struct Standing {
  std::vector<v1::Signature> signatures;
  // The policy's own; and that of the trust list, where the entry names one. The numbers are the
  // list's where the policy asks for no witness.
  v1::Quorum quorum;
  // By when everything in the tree existed: the earliest instant at which the policy's quorum had
  // signed, by the witnesses' own clocks; later ones than now are no times. Independent: the quorum
  // of two institutions or more of the list, none of them linked to a party. No source: no time.
  v1::TimeInterval time;
  // A signature that the libraries judge differently, and with which more would be reached.
  bool disagreement_decides = false;
  // Of the key of the first signature, whose term the list knows. Keys of a policy have none.
  std::optional<trust::KeyValidity> validity;
};

Standing stand(const Head& head, const LogConfig& config, const trust::LedgerEntry& entry,
               const Judging& judging);

}  // namespace heyan::ledgers::tlog
