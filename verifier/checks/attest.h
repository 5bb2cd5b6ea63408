// From the proofs offered for an item to its attestations: which ledger each proof belongs to, and
// what that ledger makes of them.
//
// Threat: formats, ledger names and bytes are an attacker's. A proof can only name a ledger of the
// trust list, never add one; a proof that belongs to none is an attestation that holds nothing and
// says why.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "heyan/v1/attestation.pb.h"
#include "heyan/v1/case_record.pb.h"
#include "verifier/core/error.h"
#include "verifier/judging.h"

namespace heyan::checks {

// The proof bytes of a case record by their digest. Views of the record, which must outlive it.
class ProofStore {
 public:
  explicit ProofStore(const v1::CaseRecord& record);
  const v1::ProofBytes* find(std::string_view sha256) const;

 private:
  std::map<std::string_view, const v1::ProofBytes*> by_digest_;
};

// One attestation a ledger (more where the party names several records of one), in the order in
// which the item's proofs first name them.
//
// Format: as declared, else that of the ledger named, else whatever recognises the bytes. Ledger:
// as the proof says, else as the item's record says where the format fits, else the only one of
// that format on the trust list. `item` and `measured` belong together (same proofs in the same
// order), and every proof is in `store`.
std::vector<v1::Attestation> attest(const v1::Item& item, const v1::ItemRecord& measured,
                                    const ProofStore& store, const Judging& judging);

// One proof of an item: the ledger and format to which attest() gives it, and what a party may hold
// of it (ledgers::Ledger::excerpt).
struct ProofExcerpt {
  std::string format;
  std::string ledger;
  std::optional<std::string> content;
};
// Of each of the item's proofs, in their order. Arguments as of attest().
std::vector<ProofExcerpt> excerpts(const v1::Item& item, const v1::ItemRecord& measured,
                                   const ProofStore& store, const Judging& judging);

}  // namespace heyan::checks
