// Which rules of the catalogue a report speaks of. Internal to verifier/report.
#pragma once

#include <string_view>

#include "heyan/v1/report.pb.h"

namespace heyan::report {

bool applies(const v1::Report& report, std::string_view rule);

}  // namespace heyan::report
