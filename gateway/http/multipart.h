// Multipart bodies, read as they arrive: bytes in, events out.
//
// Threat: a body that two readers cut differently, or that makes one hold it in memory. So nothing
// before the first boundary, nothing but CRLF after the last, no padding on delimiter lines, no
// bare LF in part headers, no line in a part that begins with the delimiter without being one; at
// most one part's header and one delimiter are ever held. Source: RFC 2046 section 5.1.1. Shared by
// form-data (form_data.h) and, later, MTOM. Not thread-safe; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/fields.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::http {

// A Content-Transfer-Encoding that is none: "binary", "8bit", "7bit" (RFC 2045 section 6.2).
bool leaves_bytes_alone(std::string_view encoding);

struct MultipartLimits {
  std::size_t parts = 100;
  std::size_t part_header_bytes = 8u << 10;  // all lines of one part's header
  std::size_t name_bytes = 255;              // of a part's name and of its file name
};

struct MultipartEvent {
  enum class Kind : std::uint8_t {
    kMore,     // the input is used up
    kPart,     // a part begins; `fields` is its header
    kData,     // `data` is the next piece of its body
    kPartEnd,  // the part is complete
    kEnd,      // the closing delimiter was seen; only CRLF may follow
  };
  Kind kind = Kind::kMore;
  std::vector<Header> fields;
  core::ByteView data;  // into the input, or into the parser; valid until the next call
};

// The boundary parameter of a multipart Content-Type: 1 to 70 characters of RFC 2046's bchars, no
// space at the end. kUnsupported where the type is not `type` ("multipart/form-data").
core::Result<std::string> parse_boundary(std::string_view content_type, std::string_view type);

class MultipartParser {
 public:
  MultipartParser(std::string_view boundary, const MultipartLimits& limits);

  // The next event; takes what it used from the front of `input`. After an error: nothing more.
  core::Result<MultipartEvent> next(core::ByteView& input);

  // Whether the body may end here; kTruncated where the closing delimiter has not come.
  core::Result<void> finish() const;

 private:
  enum class State : std::uint8_t { kStart, kAfterDelimiter, kHeader, kBody, kEpilogue, kFailed };

  core::Result<MultipartEvent> step(core::ByteView& input, bool& advanced);
  core::Result<void> match_first_delimiter(core::ByteView& input);
  core::Result<MultipartEvent> read_after_delimiter(core::ByteView& input);
  core::Result<MultipartEvent> read_header(core::ByteView& input);
  core::Result<MultipartEvent> read_body(core::ByteView& input);
  std::size_t bytes_before_delimiter(core::ByteView input) const;
  core::Result<void> read_epilogue(core::ByteView& input);

  std::string delimiter_;  // "\r\n--boundary"
  MultipartLimits limits_;
  State state_ = State::kStart;
  std::size_t matched_ = 2;  // bytes of delimiter_ seen; CRLF stands before the body in thought
  std::size_t virtual_ = 2;  // of these, bytes that were never sent
  std::string held_;         // header of the part, or bytes after a delimiter
  std::size_t parts_ = 0;
};

}  // namespace heyan::http
