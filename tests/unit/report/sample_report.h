// A small report with one of everything, for the tests of this folder.
#pragma once

#include "heyan/v1/report.pb.h"

namespace heyan::report::testing {

v1::Report sample_report();

}  // namespace heyan::report::testing
