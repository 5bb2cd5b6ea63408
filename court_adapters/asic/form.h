// Which form a container has, by what it says of itself and what it holds.
#pragma once

#include <optional>
#include <vector>

#include "court_adapters/asic/assessment.h"
#include "court_adapters/asic/package.h"

namespace heyan::court_adapters::asic {

// ASiC-S or ASiC-E, with the faults of the entry "mimetype" and of contradictions; nothing: no
// ASiC container.
struct Layout {
  bool simple = false;
  std::vector<Fault> faults;
};
std::optional<Layout> layout_of(Package& package);

// With the kind of signatures that it holds.
Form form_of(const Package& package, bool simple);

}  // namespace heyan::court_adapters::asic
