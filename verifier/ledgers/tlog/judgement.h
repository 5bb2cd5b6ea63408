// One proof judged for one item, and what is said of it. Also what sigsum and sigstore say of
// their proofs.
#pragma once

#include <optional>

#include "verifier/ledgers/ledger.h"
#include "verifier/ledgers/tlog/standing.h"

namespace heyan::ledgers::tlog {

// A head and its worth, computed once for all proofs that share it.
struct JudgedHead {
  Head head;
  Standing standing;
  bool holds() const { return head.authenticated() && standing.quorum.reached(); }
};

struct Judgement {
  const JudgedHead* head = nullptr;  // null: the proof could not be read
  Reasons reasons;                   // of proof, head, entry and item
  std::uint64_t index = 0;
  core::Bytes leaf;                        // hash of the entry; empty: not included
  std::optional<v1::LedgerRecord> record;  // only of an entry under a head that holds
  bool named = false;                      // it is the record that the party names
  bool other_named = false;                // the party names another
  std::optional<v1::Signature> submitter;  // of the entry itself
};

// Everything but ledger and format.
v1::Attestation describe(const ProofView& proof, const Judgement& judgement);

// Adds NO_QUORUM and the names of the head's faults.
void take_head(const JudgedHead& head, Judgement& judgement);

// Adds EVIDENCE_HASH_MISMATCH where a digest of the record is not the file's.
void compare_digests(const v1::ItemRecord& measured, Judgement& judgement);

}  // namespace heyan::ledgers::tlog
