// What a browser says that it refused (CSP level 3, section 5.3, "Deprecated serialization").
//
// Threat: anybody may send one. Of it only a directive that we know and the origin of what was
// blocked are taken: the rest may name a case. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "verifier/core/bytes.h"

namespace heyan::api {

inline constexpr std::size_t kCspReportBytes = 16u << 10;

struct CspReport {
  std::string_view directive;  // "script-src-elem"; "other" where we know none of that name
  std::string blocked;  // "inline" "eval" "https://host:port"; at most 100 characters, visible
};

// Nothing: no such report.
std::optional<CspReport> parse_csp_report(core::ByteView body);

}  // namespace heyan::api
