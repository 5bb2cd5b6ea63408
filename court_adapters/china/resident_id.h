// Resident identity numbers: GB 11643-1999; also residence permits of Hong Kong, Macao and Taiwan
// residents (81, 82, 83), foreign permanent residents' cards (9) and numbers of 15 digits, which
// were issued up to 1999. Pure, any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "court_adapters/china/checked.h"

namespace heyan::court_adapters::china {

struct ResidentId : Checked {
  std::chrono::year_month_day born{};  // set where readable
  bool male = false;
};

// `at_ms`: the time of reading (UTC, milliseconds); nobody is born after that day in Beijing.
// Normalised (code "not-normal"): small x, blanks around. Warning: "legacy-resident-id" (15 digits:
// no check digit; of old documents only). Invalid: "bad-resident-id".
ResidentId read_resident_id(std::string_view text, std::int64_t at_ms);

}  // namespace heyan::court_adapters::china
