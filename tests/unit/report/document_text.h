// A document as its tests look at it: sections by id, and all the words of one.
#pragma once

#include <string>
#include <vector>

#include "verifier/report/document.h"

namespace heyan::report::testing {

// All words of the section, a line a paragraph, cell or field.
std::string words_of(const Section& section);

// Null where there is none.
const Section* section(const Document& document, std::string_view id);

std::vector<std::string> ids(const Document& document);

std::vector<const Picture*> pictures(const Document& document);

}  // namespace heyan::report::testing
