// Are these bytes a signed report of this installation's, by itself, in a sealed PDF or in a
// bundle?
//
// Threat: anybody may hand in anything. Only the installation's own keys and log are believed, and
// the log's proof is needed (security decisions 14 and 17). Inside the sandbox, or in a test. Pure.
#pragma once

#include "gateway/keys/report_issuer.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::worker {

inline constexpr std::size_t kCheckedReportBytes = 32u << 20;

v1::CheckedReport check_report(core::ByteView document, const keys::ReportIssuer& issuer);

}  // namespace heyan::worker
