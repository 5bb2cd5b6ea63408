// The version of this build.
#pragma once

#include <string_view>

namespace heyan::ops {

std::string_view software_version();  // "0.1.0"

}  // namespace heyan::ops
