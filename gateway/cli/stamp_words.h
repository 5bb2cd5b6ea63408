// What is said of a time stamp that came with a report. Pure, any thread but for the checker.
#pragma once

#include <string>

#include "gateway/cli/signed_report.h"
#include "schemas/catalogue/catalogue.h"
#include "verifier/report/time_stamp.h"

namespace heyan::cli {

enum class Stamped : std::uint8_t { kReport, kSeal };  // the signatures of which

// By whose clock, and when; empty, or a line with its end. That nobody is named for it says nothing
// against what it is over.
std::string describe_stamp(const report::TimeStamp& stamp, Stamped what, const Issuer& issuer,
                           crypto::SignatureChecker& checker, catalogue::Language language);

// What a stamp makes of a file whose seal holds: one that does not fit leaves the seal what it is,
// and something open.
ExitStatus status_of(const report::TimeStamp& stamp);

}  // namespace heyan::cli
