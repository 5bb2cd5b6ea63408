// Base64 as XML holds it: with white space anywhere (XML Schema part 2, section 3.2.16). Pure.
#pragma once

#include <optional>
#include <string>

#include "verifier/core/bytes.h"

namespace heyan::court_adapters::ecf {

// Nothing where it is not base64 apart from its white space.
std::optional<core::Bytes> from_base64_text(std::string text);

}  // namespace heyan::court_adapters::ecf
