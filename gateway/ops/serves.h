// Whom a gateway serves: everybody, or litigants alone, where it stands apart from the court's.
//
// One of litigants does what their requests need, and leaves to the court's gateways of the same
// database what is an act of the court: what its configuration says of such acts is refused, so
// that nobody believes that it is done there. Pure.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace heyan::ops {

struct Config;

enum class Serves : std::uint8_t { kEverybody, kLitigants };
constexpr std::string_view name(Serves serves) {
  return serves == Serves::kLitigants ? "litigants" : "everybody";
}

// What does not fit whom it serves, each by its table.
struct ServingFault {
  std::string_view table;
  std::string_view what;
  std::string_view remedy;
};
std::vector<ServingFault> faults_of_serving(const Config& config);

}  // namespace heyan::ops
