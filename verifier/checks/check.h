// The 25 checks of the catalogue as one explicit ordered list. Each is a pure function from a judgement's inputs to findings.
#pragma once

#include <span>
#include <vector>

#include "heyan/v1/attestation.pb.h"
#include "heyan/v1/finding.pb.h"
#include "verifier/judging.h"

namespace heyan::checks {

// One item of the case while it is checked.
struct ItemView {
  const v1::Item& declared;
  const v1::ItemRecord& measured;
  std::span<const v1::Attestation> attestations;
  // Of every item of the case, for WRONG_FILE_FOR_RECORD: records of the other items' attestations.
  std::span<const v1::Attestation> of_other_items;
};

struct Check {
  v1::CheckId id;
  // At least one finding; NOT_APPLICABLE where there is nothing to answer.
  std::vector<v1::Finding> (*run)(const ItemView&, const Judging&);
};

// All checks, in the order of the catalogue.
std::span<const Check> all();

}  // namespace heyan::checks
