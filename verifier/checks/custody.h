// Of files that a gateway received and kept: is what lies there what came in? Inside the verifier;
// pure, any thread.
#pragma once

#include <set>
#include <string_view>

#include "verifier/judging.h"

namespace heyan::checks {

// The ids of the items whose files, as they are kept now, are not what was received: by size or
// SHA-256, or because they changed while they were read. Views of the record.
//
// Whatever those bytes would say is not about what somebody filed, and must not speak against them
// (security decision 21); and a proof that is held against no file at all would be said to lack
// what it has. Nothing is said of such an item, but that (run_custody).
std::set<std::string_view> stored_otherwise(const Judging& judging);

}  // namespace heyan::checks
