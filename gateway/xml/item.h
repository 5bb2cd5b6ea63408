// One item as a SignatureValidationReport. Internal to gateway/xml. Pure, any thread.
#pragma once

#include "gateway/xml/payload.h"

namespace heyan::xml {

// `number`: from 1, the item's place in the submission.
void add_item(const Element& root, const Value& payload, const Value& item, std::size_t number);
// In a report without items, of which nothing was checked.
void add_no_item(const Element& root, const Value& payload);

// The earliest time at which an established attestation proves the file to exist, by a source that
// is independent; nothing where there is none. As the payload writes it.
std::string proved_existence(const Value& item);

// POEType: that time, or the time of validation.
void add_existence(const Element& element, const Value& payload, const Value& item);

}  // namespace heyan::xml
