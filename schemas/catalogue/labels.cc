#include "schemas/catalogue/labels.h"

#include <cstddef>

namespace heyan::catalogue {

const Text& label(Label label) { return labels()[static_cast<std::size_t>(label)]; }

}  // namespace heyan::catalogue
