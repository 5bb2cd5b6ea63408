// The pictures of a report, each with its description. Internal to verifier/report.
#pragma once

#include <optional>
#include <vector>

#include "verifier/report/draft.h"

namespace heyan::report {

// From the file by record and block to the institutions that signed; nothing where no way was
// followed.
std::optional<Picture> path_picture(const Draft& draft, const v1::ItemReport& item,
                                    const v1::Attestation& attestation);

// What is known of a time in a line of the timeline.
struct TimeBar {
  std::string name;  // "Item 3 (plaintiff)"
  std::optional<std::int64_t> not_before_ms;
  std::optional<std::int64_t> not_after_ms;
  std::optional<std::int64_t> stated_ms;
};
// Nothing where there are no times. The picture has room for the first of them.
std::optional<Picture> timeline_picture(const Draft& draft, const std::vector<TimeBar>& bars);

}  // namespace heyan::report
