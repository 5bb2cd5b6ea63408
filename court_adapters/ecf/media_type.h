// Media types as fields say them (RFC 9110 section 8.3.1), as far as messages need. Pure.
#pragma once

#include <string>
#include <string_view>

namespace heyan::court_adapters::ecf {

// "text/xml" of "Text/XML; charset=utf-8".
std::string media_type(std::string_view field);
// The charset in lower case; empty: none is given.
std::string charset(std::string_view field);
// ".pdf" of "application/pdf"; ".bin" where none is known.
std::string_view file_ending(std::string_view media_type);

}  // namespace heyan::court_adapters::ecf
