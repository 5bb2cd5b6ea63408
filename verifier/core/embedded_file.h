// A file that the build took into the program (cmake/HeyanEmbed.cmake). A value.
#pragma once

#include <string_view>

namespace heyan::core {

struct EmbeddedFile {
  std::string_view name;  // below the folder that was embedded
  std::string_view text;  // its bytes, for as long as the program runs
};

}  // namespace heyan::core
