// Building findings: one answer to one question, with the effect that the catalogue gives its
// reason. Inside verifier/checks; pure, any thread.
#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "heyan/v1/finding.pb.h"
#include "verifier/checks/check.h"
#include "verifier/core/time.h"

namespace heyan::checks {

using Findings = std::vector<v1::Finding>;

// An answer without a reason. Effect: none, but NOT_COMPLETED for NOT_PERFORMED on a check that
// decides.
v1::Finding answer(v1::CheckId check, v1::Outcome outcome);
// An answer with a reason; its effect is the catalogue's.
v1::Finding answer(v1::CheckId check, v1::Outcome outcome, v1::ReasonCode code);

// Names the attestation that the finding is about.
v1::Finding about(v1::Finding finding, const ItemView& item, std::size_t attestation);

// Adds a parameter; they stay sorted by name.
void set_param(v1::Finding& finding, std::string_view name, std::string_view value);

// What the ledgers answered to this question, each answer naming its attestation.
Findings from_attestations(v1::CheckId check, const ItemView& item);

// The same for a question that every proof of a chain must answer: UNDETERMINED for those that did
// not, and for an item without any.
Findings from_attestations_all(v1::CheckId check, const ItemView& item);

// Did this attestation's INC-1 pass (the record stands under signatures of its ledger), or at least
// come to an answer?
bool is_included(const v1::Attestation& attestation);
bool is_inclusion_decided(const v1::Attestation& attestation);

// Does `a` lie after `b` by more than `margin` (not negative)? For any two times: those of a record
// file may be anything, and sums could overflow.
bool is_later(core::UtcTime a, core::UtcTime b, std::chrono::milliseconds margin);

// Text without white space (ASCII, and U+3000) at its ends.
std::string_view trim(std::string_view text);

}  // namespace heyan::checks
