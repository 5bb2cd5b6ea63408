// What an HTTP message signature covers, and the bytes that are signed for it.
//
// Source: RFC 9421 sections 2 and 2.5. Supported: fields (with sf, key, bs), @method, @target-uri,
// @authority, @scheme, @request-target, @path, @query, @query-param, @status, and `req` for an
// answer that is bound to its request. Not supported, and refused: trailers (`tr`). Pure, any
// thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/fields.h"
#include "gateway/http/structured_fields.h"
#include "verifier/core/error.h"

namespace heyan::message_signatures {

// A request, or an answer where `status` is set. Fields have names in lower case.
struct Message {
  std::string method;
  std::string scheme = "https";
  std::string target;  // as in the request line: "/path?query"
  std::uint16_t status = 0;
  std::vector<http::Header> fields;  // the authority is that of "host"
  const Message* request = nullptr;  // that was answered; may be null
};

// The bytes that are signed. `covered`: the inner list of Signature-Input, component identifiers
// with their parameters, and the signature's own parameters. kNotFound: the message does not have
// what is covered; kDuplicate: covered twice; kMalformed; kUnsupported.
core::Result<std::string> signature_base(const Message& message, const http::SfInnerList& covered);

}  // namespace heyan::message_signatures
