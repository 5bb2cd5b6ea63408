// Unified social credit codes: GB 32100-2015, with the organisation code of GB 11714 inside.
// Pure, any thread.
#pragma once

#include <string_view>

#include "court_adapters/china/checked.h"

namespace heyan::court_adapters::china {

// Normalised (code "not-normal"): lower case, blanks around. Warnings: "organisation-code-check"
// (the inner check character, positions 9 to 17, does not fit; such codes were issued),
// "unknown-department". Invalid: "bad-credit-code".
Checked read_credit_code(std::string_view text);

}  // namespace heyan::court_adapters::china
