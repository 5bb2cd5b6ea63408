// A filing made of a container: one item for each object, and what was learnt of its signatures as
// remarks.
#pragma once

#include <expected>
#include <vector>

#include "court_adapters/adapter.h"
#include "court_adapters/asic/assessment.h"

namespace heyan::court_adapters::asic {

// The filing, or why the container cannot be taken: it cannot be read safely, or holds no object.
// The files are read from the container when they are asked for.
std::expected<Filing, std::vector<Defect>> filing_of(const Assessment& assessment,
                                                     const core::Limits& limits);

}  // namespace heyan::court_adapters::asic
