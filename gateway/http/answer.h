// An answer: status, fields and bytes, and its head as it goes over the wire.
//
// Threat: a field value with a line break would be a second answer; such a head is refused, never
// sent. Every answer carries what keeps browsers strict unless the handler says otherwise. Sources:
// RFC 9112 sections 4 and 6, RFC 9110 section 6.6.1. Pure, any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/fields.h"
#include "gateway/http/gate.h"
#include "gateway/http/problem.h"
#include "verifier/core/error.h"

namespace heyan::http {

struct Answer {
  std::uint16_t status = 200;
  std::vector<Header> fields;  // names in lower case; not framing, Date or Connection
  std::string body;            // left empty where a file or a stream follows

  // Replaces what the field said before.
  Answer& set(std::string_view name, std::string_view value);
};

// A problem document in the language that the request prefers; `head` may be null where there is
// none. 503 and 429 say Retry-After.
Answer problem_answer(const ProblemDocument& document, const RequestHead* head);
// What a failure to read the request's body, or to work, is to the client.
Problem problem_of(const core::Error& error);

struct AnswerFraming {
  std::optional<std::uint64_t> length;  // chunked where absent
  bool close = false;
  bool secure = true;  // over TLS
  std::chrono::sys_seconds now;
};

// Status line, fields and the empty line. kInternal where a field must not be sent.
core::Result<std::string> encode_head(const Answer& answer, const AnswerFraming& framing);

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7).
std::string encode_http_date(std::chrono::sys_seconds time);

}  // namespace heyan::http
