// What `heyan log audit` found, in words (gateway/log_audit).
#pragma once

#include <string_view>

#include "schemas/catalogue/catalogue.h"

namespace heyan::cli {

// A sentence about one of the words of log_audit::Finding.
std::string_view log_finding(std::string_view word, catalogue::Language language);
// "intake" as people say it.
std::string_view log_kind(std::string_view kind, catalogue::Language language);

}  // namespace heyan::cli
