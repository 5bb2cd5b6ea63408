// Header fields: the one grammar of field lines that request heads and multipart parts share.
//
// Threat: what two readers of a field understand differently is how requests are smuggled and file
// names forged. So no folded lines, no bare CR or LF, no white space before the colon, no
// underscores in names (a CGI-style reader takes them for hyphens), no quoted pairs in parameters
// (user agents disagree on them). Sources: RFC 9112 section 5, RFC 9110 section 5.6. Pure, any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/error.h"

namespace heyan::http {

struct Header {
  std::string name;   // in lower case
  std::string value;  // without white space at the ends; HTAB, printable ASCII, bytes from 0x80
  bool operator==(const Header&) const = default;
};

struct FieldLimits {
  std::size_t count = 64;
  std::size_t bytes = 8u << 10;  // one line
};

// Lines that each end in CRLF; the empty line after the last is not part of `block`.
// kLimit: too many or too long; kMalformed otherwise; the offset is that of the line.
core::Result<std::vector<Header>> parse_fields(std::string_view block, const FieldLimits& limits);

// The first field of that name (in lower case), or null.
const std::string* find_field(const std::vector<Header>& fields, std::string_view name);
std::size_t count_fields(const std::vector<Header>& fields, std::string_view name);

// A non-empty token (RFC 9110 section 5.6.2).
bool is_token(std::string_view text);
std::string to_lower(std::string_view text);

struct Parameter {
  std::string name;   // in lower case
  std::string value;  // as sent, without the quotes
  bool operator==(const Parameter&) const = default;
};

// `value; name=token; name="quoted"`, as in Content-Type and Content-Disposition.
struct Parameterised {
  std::string value;  // in lower case
  std::vector<Parameter> parameters;
  const std::string* find(std::string_view name) const;
};
// kDuplicate where a parameter stands twice; kUnsupported on a backslash in a quoted string.
core::Result<Parameterised> parse_parameterised(std::string_view text);

// The elements of a comma-separated list, commas in quoted strings aside; empty ones left out
// (RFC 9110 section 5.6.1). Views of `text`.
std::vector<std::string_view> split_list(std::string_view text);

}  // namespace heyan::http
