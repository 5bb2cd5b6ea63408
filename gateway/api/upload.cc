#include "gateway/api/upload.h"

#include "gateway/service/acceptance.h"
#include "verifier/contents/safe_path.h"

namespace heyan::api {
namespace {

using core::ErrorCode;
using Kind = http::MultipartEvent::Kind;

// A part is a file of the case, and its name the file's path.
constexpr http::MultipartLimits kLimits{.parts = service::kMostFiles,
                                        .part_header_bytes = 8u << 10,
                                        .name_bytes = contents::kMaxPathBytes};

}  // namespace

core::Result<Upload> Upload::create(std::string_view content_type, store::StagingFiles files,
                                    const store::StoredLimits& limits) {
  service::Staged staged(std::move(files), limits);
  const auto type = http::parse_parameterised(content_type);
  if (type && type->value == "application/zip") {
    Upload upload(std::nullopt, std::move(staged));
    HEYAN_CHECK_OK(upload.staged_.begin_container(kArchivePart));
    return upload;
  }
  HEYAN_TRY(auto form, http::FormDataParser::create(content_type, kLimits));
  return Upload(std::move(form), std::move(staged));
}

core::Result<void> Upload::take(const http::FormEvent& event) {
  switch (event.kind) {
    case Kind::kPart: {
      const std::string path =
          event.part.name == "case" ? std::string(service::kCaseFile) : event.part.name;
      if (contents::unsafe_path(path)) {
        return core::fail(ErrorCode::kMalformed, "the name of a part is no safe relative path");
      }
      return staged_.begin(path);
    }
    case Kind::kData:
      return staged_.append(event.data);
    case Kind::kPartEnd:
      return staged_.finish();
    case Kind::kMore:
    case Kind::kEnd:
      return {};
  }
  return {};
}

core::Result<void> Upload::feed(core::ByteView bytes) {
  if (is_archive()) return staged_.append(bytes);
  while (true) {
    HEYAN_TRY(const http::FormEvent event, form_->next(bytes));
    if (event.kind == Kind::kMore) return {};
    HEYAN_CHECK_OK(take(event));
  }
}

core::Result<void> Upload::finish() {
  if (is_archive()) return staged_.finish();
  return form_->finish();
}

}  // namespace heyan::api
