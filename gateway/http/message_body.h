// The body of a request that is one message, alone or with parts: multipart/form-data with a field
// `message`, multipart/related with its root, or anything else, which is the message itself.
//
// Framing only; nothing is opened. Threat: see multipart.h. Not thread-safe; any thread.
#pragma once

#include <variant>

#include "gateway/http/form_data.h"
#include "gateway/http/related.h"

namespace heyan::http {

// Where it goes, one file after another.
class MessageTaker {
 public:
  virtual ~MessageTaker() = default;
  virtual core::Result<void> begin_message(const std::string& content_type) = 0;
  virtual core::Result<void> begin_part(const FormPart& part) = 0;
  virtual core::Result<void> append(core::ByteView bytes) = 0;
  virtual core::Result<void> finish() = 0;
};

class MessageBody {
 public:
  // `FormPart` of a part of multipart/related has its Content-ID as name, and no file name.
  // kMalformed, kUnsupported: a multipart type that cannot be cut. The taker must outlive it.
  static core::Result<MessageBody> create(std::string_view content_type, MessageTaker& taker);

  // Errors of the parsers, and of the taker; nothing more after one.
  core::Result<void> feed(core::ByteView bytes);
  // kMalformed: there is no message; kTruncated.
  core::Result<void> finish();

 private:
  using Parser =
      std::variant<std::monostate, FormDataParser, RelatedParser>;  // none: the message alone
  MessageBody(Parser parser, MessageTaker& taker) : parser_(std::move(parser)), taker_(&taker) {}
  core::Result<void> begin(const FormPart& part);
  core::Result<void> begin(const RelatedPart& part);
  template <typename Multipart>
  core::Result<void> feed_parts(Multipart& multipart, core::ByteView bytes);

  Parser parser_;
  MessageTaker* taker_;
  bool has_message_ = false;
};

}  // namespace heyan::http
