// The request target: origin form only, split and decoded once.
//
// Threat: a path that a proxy, a router and a file system read differently. Refused: absolute and
// asterisk forms, "//", "." and ".." (also encoded), encoded slashes, backslashes and controls,
// text that is not UTF-8, fragments, a query name that stands twice. Sources: RFC 9112 section
// 3.2.1, RFC 3986 sections 3.3 and 3.4. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/fields.h"
#include "verifier/core/error.h"

namespace heyan::http {

struct Target {
  std::string path;                   // decoded: "/v1/reports/HY-1"
  std::vector<std::string> segments;  // "v1", "reports", "HY-1"; none for "/"; "/a/" ends in ""
  std::vector<Parameter> query;       // decoded ("+" is a space), names unique, in their order

  const std::string* find_query(std::string_view name) const;
};

inline constexpr std::size_t kQueryParameters = 32;

core::Result<Target> parse_target(std::string_view raw);

}  // namespace heyan::http
