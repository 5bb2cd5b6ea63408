// What the adapter answers, in the form of the court's chain: {success, code, errMessage,
// responseData}, success being "true" or "false" as text, as there. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "court_adapters/adapter.h"
#include "verifier/core/json.h"

namespace heyan::court_adapters::netcourt_hangzhou {

// success follows the status: below 300.
Answer envelope(int status, std::string_view code, std::string message, core::json::Value data);

// 202 ACCEPTED; responseData {submission, receivedAt, receipt, repeated, remarks}.
Answer acknowledgement(const Accepted& accepted);
// 202 ACCEPTED while it is being verified, 500 where no report will come, 200 OK with what the
// report says.
Answer result(const Outcome& outcome);

}  // namespace heyan::court_adapters::netcourt_hangzhou
