#include "gateway/ops/version.h"

namespace heyan::ops {

std::string_view software_version() { return HEYAN_VERSION; }

}  // namespace heyan::ops
