// The fixed words around the catalogue's sentences: headings, names of fields, sentences with
// places
// "{0}"; labels.tsv. Pure, any thread.
#pragma once

#include <span>

#include "schemas/catalogue/catalogue.h"
#include "schemas/catalogue/label_ids.h"

namespace heyan::catalogue {

const Text& label(Label label);
std::span<const Text> labels();  // in the order of the enumeration

}  // namespace heyan::catalogue
