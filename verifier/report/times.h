// Times as intervals, in words. Internal to verifier/report.
#pragma once

#include "verifier/report/draft.h"

namespace heyan::report {

// Source and known ends; empty where nothing is known.
Line interval(const Draft& draft, const v1::TimeInterval& time);
// "stated by the depositor, no independent source", or what the source is called.
std::string source_of(const Draft& draft, std::string_view source);

}  // namespace heyan::report
