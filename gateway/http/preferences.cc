#include "gateway/http/preferences.h"

#include <algorithm>

#include "gateway/http/fields.h"

namespace heyan::http {

std::optional<std::chrono::seconds> preferred_wait(std::string_view field) {
  for (const std::string_view element : split_list(field)) {
    // `name=value; parameters` is how the tail of such a value reads.
    const auto preference = parse_parameterised(std::string("prefer;").append(element));
    if (!preference || preference->parameters.empty()) continue;
    const auto& [name, value] = preference->parameters.front();
    if (name != "wait") continue;
    constexpr std::string_view kDigits = "0123456789";
    constexpr std::size_t kMostDigits = 9;
    if (value.empty() || value.find_first_not_of(kDigits) != std::string::npos) return {};
    if (value.size() > kMostDigits) return std::chrono::seconds(999'999'999);
    std::int64_t seconds = 0;
    for (const char c : value) seconds = seconds * 10 + (c - '0');
    return std::chrono::seconds(seconds);
  }
  return {};
}

}  // namespace heyan::http
