// What is wrong with a message, in the words of this adapter and in ECF's own number.
#pragma once

#include <string_view>

#include "court_adapters/adapter.h"
#include "verifier/markup/document.h"

namespace heyan::court_adapters::ecf {

using Defects = std::vector<Defect>;

// At `element`, or of the whole message where there is none. The line is told in `detail`.
void add(Defects& defects, std::string_view code, const markup::Element& element,
         std::string detail);
void add(Defects& defects, const markup::Problem& problem);

// ErrorCodeText (ECF 5.0 section 6.2.6): 1 schema or code list, 2 rule of ECF, 3 interaction
// profile, 4 policy.
int error_code(std::string_view code);

}  // namespace heyan::court_adapters::ecf
