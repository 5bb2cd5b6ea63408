// Why a text is not JSON that is read here, as a defect.
#pragma once

#include "verifier/contents/submission_reader.h"
#include "verifier/core/json.h"

namespace heyan::court_adapters::china {

// Codes: not-utf8 lone-surrogate duplicate-name trailing-data limit malformed-json. `fault` is what
// core::json::parse said of `text`. Pure, any thread.
contents::Defect json_fault(core::ByteView text, const core::json::ParseError& fault);

}  // namespace heyan::court_adapters::china
