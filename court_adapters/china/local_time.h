// Times as courts and platforms write them, which often have no offset.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace heyan::court_adapters::china {

struct LocalTime {
  std::int64_t ms = 0;          // UTC, since 1970
  bool offset_assumed = false;  // none was given: taken as +08:00
};

// RFC 3339; the same without an offset, with a blank for "T", without seconds or without a time
// (its day begins); dates as 2026-03-01, 2026/3/1 and 2026年3月1日. Nothing where the text is
// anything else. Pure, any thread.
std::optional<LocalTime> read_local_time(std::string_view text);

}  // namespace heyan::court_adapters::china
