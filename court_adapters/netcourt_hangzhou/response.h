// Answers of the judicial chain of the Hangzhou Internet Court: {success, code, errMessage,
// responseData}. Source: the public documentation of a client (Lin07ux/net-court). Pure, any
// thread.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "court_adapters/adapter.h"
#include "verifier/core/bytes.h"
#include "verifier/core/limits.h"

namespace heyan::court_adapters::netcourt_hangzhou {

enum class Stored : std::uint8_t {
  kStored,    // success: responseData is what the call gives
  kMismatch,  // CONFLICT or 409: a result of a check, no fault of anybody's system
  kRefused,   // any other code
};

struct NotaryResponse {
  Stored stored = Stored::kRefused;
  std::string code;     // "OK", "CONFLICT"; as sent
  std::string message;  // errMessage, as sent
  std::string data;     // responseData: transaction hash, or token
};

// Defects: those of json_fault.h, wrong-type field-required control-character limit unknown-code
// (success and code contradict each other).
std::expected<NotaryResponse, std::vector<Defect>> read_response(core::ByteView json,
                                                                 const core::Limits& limits);

}  // namespace heyan::court_adapters::netcourt_hangzhou
