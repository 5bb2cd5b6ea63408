// Whether a folder that is to be made would lie within another. For make.cc.
#pragma once

#include <filesystem>

namespace heyan::backup {

// Also where a link leads there. `outer` is there; false where nothing can be made at `folder`.
bool is_within(const std::filesystem::path& folder, const std::filesystem::path& outer);

}  // namespace heyan::backup
