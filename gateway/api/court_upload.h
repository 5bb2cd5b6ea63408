// The body of POST /courts/ADAPTER on its way to disk: one message, or a message with parts.
//
// Threat: names of parts are the sender's; they become data of the box, and never a path. Not for
// two threads at once; does not move, for the body refers to it.
#pragma once

#include <optional>

#include "gateway/http/message_body.h"
#include "gateway/service/courts.h"

namespace heyan::api {

class CourtUpload {
 public:
  CourtUpload(store::StagingFiles files, const store::StoredLimits& limits)
      : files_(std::move(files), limits) {}
  CourtUpload(const CourtUpload&) = delete;
  CourtUpload& operator=(const CourtUpload&) = delete;

  // First. Errors of http::MessageBody, here and below.
  core::Result<void> begin(std::string_view content_type);
  core::Result<void> feed(core::ByteView bytes) { return body_->feed(bytes); }
  core::Result<void> finish() { return body_->finish(); }
  void discard() { files_.staged.discard(); }

  service::Staged& staged() { return files_.staged; }
  // Content type and parts, as they came; after finish().
  const v1::CourtMessage& message() const { return files_.message; }

 private:
  struct Files final : http::MessageTaker {
    Files(store::StagingFiles files, const store::StoredLimits& limits)
        : staged(std::move(files), limits) {}
    core::Result<void> begin_message(const std::string& content_type) override;
    core::Result<void> begin_part(const http::FormPart& part) override;
    core::Result<void> append(core::ByteView bytes) override { return staged.append(bytes); }
    core::Result<void> finish() override;

    service::Staged staged;
    v1::CourtMessage message;
  };
  Files files_;
  std::optional<http::MessageBody> body_;
};

}  // namespace heyan::api
