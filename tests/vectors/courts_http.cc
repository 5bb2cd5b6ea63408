// HTTP kinds of topic courts.
#include "tests/vectors/courts.h"

namespace heyan::vectors {

std::span<const CourtKind> courts_http();

std::span<const CourtKind> courts_http() { return {}; }

}  // namespace heyan::vectors
