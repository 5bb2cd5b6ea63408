// Parts of an item's SignatureValidationReport. Internal to gateway/xml. Pure, any thread.
#pragma once

#include "gateway/xml/payload.h"

namespace heyan::xml {

// The policy, and each check with its answers.
void add_constraints(const Element& report, const Value& payload, const Value& item);

// To the item's ValidationStatus. `place`: in its attestations, from 0, as reasons name it.
void add_attestation(const Element& status, const Value& attestation, std::size_t place);

}  // namespace heyan::xml
