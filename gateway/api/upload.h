// The body of POST /v1/submissions on its way to disk: form-data with a part for each file, or one
// archive.
//
// Threat: names of parts become paths of the case, so only safe ones are taken; client file names
// are ignored. The front opens nothing: an archive goes to the box whole. Not for two threads at
// once.
#pragma once

#include <optional>

#include "gateway/http/form_data.h"
#include "gateway/service/staged.h"

namespace heyan::api {

inline constexpr std::string_view kArchivePart = "\x01archive";  // no path of a case can be that

class Upload {
 public:
  // kUnsupported: neither multipart/form-data nor application/zip.
  static core::Result<Upload> create(std::string_view content_type, store::StagingFiles files,
                                     const store::StoredLimits& limits);

  core::Result<void> feed(core::ByteView bytes);
  core::Result<void> finish();
  // Its files are no longer needed, received or not.
  void discard() { staged_.discard(); }

  bool is_archive() const { return !form_; }
  service::Staged& staged() { return staged_; }

 private:
  Upload(std::optional<http::FormDataParser> form, service::Staged staged)
      : form_(std::move(form)), staged_(std::move(staged)) {}
  core::Result<void> take(const http::FormEvent& event);

  std::optional<http::FormDataParser> form_;  // nothing: an archive
  service::Staged staged_;
};

}  // namespace heyan::api
