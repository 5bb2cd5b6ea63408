// The 25 checks of the catalogue as one explicit ordered list. Each is a pure function from a
// judgement's inputs to findings.
#pragma once

#include <span>
#include <vector>

#include "heyan/v1/attestation.pb.h"
#include "heyan/v1/finding.pb.h"
#include "verifier/checks/case_view.h"
#include "verifier/judging.h"

namespace heyan::checks {

// One item of the case while it is checked.
struct ItemView {
  std::size_t index;  // among the items of the case
  const v1::Item& declared;
  const v1::ItemRecord& measured;
  std::span<const v1::Attestation> attestations;
  const CaseView& whole;
};

struct Check {
  v1::CheckId id;
  // At least one finding; NOT_APPLICABLE where there is nothing to answer.
  std::vector<v1::Finding> (*run)(const ItemView&, const Judging&);
};

// All checks, in the order of the catalogue.
std::span<const Check> all();

// Every answer to every question, in the order of the catalogue, weighed by the policy: a
// supporting check that did not pass is a note ("warn", and by default), nothing ("inform",
// "ignore") or leaves the item without a conclusion ("fail"). What decides is never lowered.
std::vector<v1::Finding> run_all(const ItemView& item, const Judging& judging);

// Of an item that was set aside (stored_otherwise), or of whose case judges died: what the gateway
// did itself is answered, and nothing else was performed.
std::vector<v1::Finding> run_custody(const ItemView& item, const Judging& judging);

}  // namespace heyan::checks
