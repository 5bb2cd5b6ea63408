// The report's payload: the canonical JSON that is logged and signed ("heyan.report.v1",
// docs/formats.md).
//
// Everything else (text, HTML, PDF, XML) says the same and names its digest. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "heyan/v1/report.pb.h"
#include "verifier/core/bytes.h"
#include "verifier/core/json.h"

namespace heyan::report {

inline constexpr std::string_view kReportSchema = "heyan.report.v1";

// Text that is not UTF-8 comes out as core::visible shows it; integers beyond 2^53-1 as decimal
// strings.
core::json::Value payload_value(const v1::Report& report);

// The exact bytes: RFC 8785, no line end.
std::string encode_payload(const v1::Report& report);

// SHA-256 of encode_payload: what the report is known by.
core::Bytes payload_digest(const v1::Report& report);

}  // namespace heyan::report
