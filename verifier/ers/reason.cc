#include "verifier/ers/reason.h"

#include <array>

namespace heyan::ers {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 13> kNames = {
    "PARSE",
    "TRAILING_DATA",
    "UNSUPPORTED",
    "DATA_NOT_COVERED",
    "RENEWAL_NOT_COVERED",
    "ROOT_NOT_IMPRINT",
    "IMPRINT_LENGTH",
    "MIXED_HASHES",
    "IMPRINT_ALGORITHM",
    "TIME_ORDER",
    "NOT_RENEWED_IN_TIME",
    "WEAK_IMPRINT",
    "GROUP_INCOMPLETE",
};
static_assert(kNames.size() == static_cast<std::size_t>(Reason::kGroupIncomplete) + 1);

}  // namespace

std::string_view name(Reason reason) { return kNames.at(static_cast<std::size_t>(reason)); }

}  // namespace heyan::ers
