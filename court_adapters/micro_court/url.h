// The host of an https URL, for comparing only. Source: RFC 3986. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace heyan::court_adapters::micro_court {

struct Url {
  std::string host;  // small letters
  std::string path;  // percent-decoded once, without query and fragment
};

// Nothing where it is not https, has a user, a port other than 443, a host that is no name of
// letters, digits, "-" and ".", or escapes that are none.
std::optional<Url> read_https_url(std::string_view text);

}  // namespace heyan::court_adapters::micro_court
