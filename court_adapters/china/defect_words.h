// What each defect is called in Chinese, for people who have to supplement.
#pragma once

#include <string_view>

namespace heyan::court_adapters::china {

// A sentence; of a code that has none: that this place is to be corrected.
std::string_view chinese_of(std::string_view code);

}  // namespace heyan::court_adapters::china
