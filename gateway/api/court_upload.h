// The body of POST /courts/ADAPTER on its way to disk: one message, or a message with parts.
//
// Framing only (security decision 27): multipart/form-data with a field `message`,
// multipart/related with its root, or the message alone. Threat: names of parts are the sender's;
// they become data of the box, and never a path. Not for two threads at once.
#pragma once

#include <optional>

#include "gateway/http/form_data.h"
#include "gateway/service/courts.h"

namespace heyan::api {

class CourtUpload {
 public:
  // kMalformed: a multipart type without a usable boundary.
  static core::Result<CourtUpload> create(std::string_view content_type, store::StagingFiles files);

  core::Result<void> feed(core::ByteView bytes);
  // kMalformed: there is no message; kTruncated.
  core::Result<void> finish();
  void discard() { staged_.discard(); }

  service::Staged& staged() { return staged_; }
  // Content type and parts, as they came; after finish().
  const v1::CourtMessage& message() const { return message_; }

 private:
  CourtUpload(std::optional<http::FormDataParser> form, store::StagingFiles files)
      : form_(std::move(form)), staged_(std::move(files)) {}
  core::Result<void> take(const http::FormEvent& event);

  std::optional<http::FormDataParser> form_;  // nothing: the message alone
  service::Staged staged_;
  v1::CourtMessage message_;
  bool in_message_ = false;  // of form_: the part that is being received
};

}  // namespace heyan::api
