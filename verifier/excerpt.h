// What of a case record a party may hold: the proofs that show the item's own transaction and
// nothing of strangers' (security decision 29), and as much of the record as judging them takes.
//
// An excerpt is a case record like any other and is judged like one, with its own trust list,
// policy and time; what it has no proofs of is simply not in it, nor is anything of a file whose
// kept bytes were not what was received. It is not the record that a report names: what ties it to
// the report is that its attestations come out the same. Pure, any thread.
#pragma once

#include <functional>
#include <string_view>

#include "heyan/v1/case_record.pb.h"
#include "heyan/v1/circumstances.pb.h"
#include "verifier/core/error.h"
#include "verifier/judging.h"

namespace heyan {

// The proofs of an item on one ledger, which are in an excerpt together or not at all, for judging
// looks at all of them.
struct ProofGroup {
  std::size_t item = 0;
  std::string_view ledger;
  std::string_view format;
};

struct Excerpt {
  v1::CaseRecord record;
  v1::Circumstances circumstances;
};

// Of the groups for all of whose proofs there is an excerpt, those for which `may_hold` is true; it
// is asked of each proof's excerpt. Nonce and salt key follow from the rest. An excerpt's own
// excerpt, where everything may be held, is itself. kMalformed: the record is not one of ours.
using MayHold = std::function<bool(const ProofGroup& group, std::string_view proof)>;
core::Result<Excerpt> make_excerpt(const Judging& judging, const MayHold& may_hold);

}  // namespace heyan
