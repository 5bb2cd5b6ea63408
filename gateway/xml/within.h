// The signed report within an XML report, as text: nothing is parsed. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace heyan::xml {

// Of what stands before the seal of a file whose seal holds.
std::optional<std::string> envelope_in(std::string_view text);

}  // namespace heyan::xml
