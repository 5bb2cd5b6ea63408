// What is wrong with an audit trail, in words.
#pragma once

#include <string_view>

#include "schemas/catalogue/catalogue.h"

namespace heyan::cli {

// Of audit::TrailFinding. What is unknown stays the word itself.
std::string_view audit_finding(std::string_view word, catalogue::Language language);

}  // namespace heyan::cli
