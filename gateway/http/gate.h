// The gate: what a request head must be before anything else looks at it.
//
// It reads the bytes themselves, because a lenient parser would already have repaired what is
// refused here: both Content-Length and Transfer-Encoding, either of them twice, transfer codings
// other than chunked, folded lines, bare CR or LF, a missing or second Host, targets that are not
// plain paths, underscores in names, oversize, controls. Every refusal closes the connection: after
// it nobody knows where the next request begins. Sources: RFC 9112 sections 2, 3, 5, 6, 11.2. Pure,
// any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/fields.h"
#include "gateway/http/problem.h"
#include "gateway/http/target.h"

namespace heyan::http {

enum class Method : std::uint8_t { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions };
std::string_view name(Method method);

struct HeadLimits {
  FieldLimits fields;  // 64 fields, 8 KiB each
  std::size_t target_bytes = 8u << 10;
  std::size_t head_bytes = 64u << 10;  // everything up to the empty line
};

struct RequestHead {
  Method method = Method::kGet;
  std::string raw_target;
  Target target;
  std::vector<Header> fields;  // each name once: lines of a list are joined (RFC 9110 section 5.3)
  std::size_t field_lines = 0;
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool keep_alive = true;  // no "Connection: close"
  bool expects_continue = false;

  bool has_body() const { return chunked || content_length.value_or(0) > 0; }
  // The value of a field (name in lower case), or null.
  const std::string* find(std::string_view field) const { return find_field(fields, field); }
};

struct Refusal {
  Problem problem = Problem::kMalformedRequest;
  std::string_view why;  // static, English
};

// Looks for the end of the head in what has arrived so far: the number of bytes up to and with the
// empty line, nothing where it has not come yet. Refuses as soon as the bytes cannot become a head:
// a bare CR or LF, a NUL, more than the limit. The first `scanned` bytes were there in a call
// before: a head that comes byte by byte must not cost the square of its length.
std::expected<std::optional<std::size_t>, Refusal> find_head_end(std::string_view received,
                                                                 const HeadLimits& limits,
                                                                 std::size_t scanned = 0);

// `head` ends with the empty line.
std::expected<RequestHead, Refusal> check_request_head(std::string_view head,
                                                       const HeadLimits& limits);

}  // namespace heyan::http
