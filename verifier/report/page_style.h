// The style sheet of the page. Internal to verifier/report.
#pragma once

#include <string_view>

namespace heyan::report {

// Widths in rem and ch, so that larger letters keep the layout; no colour carries a meaning alone.
std::string_view page_style();

}  // namespace heyan::report
