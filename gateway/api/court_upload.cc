#include "gateway/api/court_upload.h"

namespace heyan::api {
namespace {

using core::ErrorCode;
using Kind = http::MultipartEvent::Kind;

constexpr http::MultipartLimits kLimits{
    .parts = 10'000, .part_header_bytes = 8u << 10, .name_bytes = 1024};
constexpr std::string_view kMessageField = "message";

}  // namespace

core::Result<CourtUpload> CourtUpload::create(std::string_view content_type,
                                              store::StagingFiles files) {
  const auto type = http::parse_parameterised(content_type);
  if (type && type->value == "multipart/form-data") {
    HEYAN_TRY(auto form, http::FormDataParser::create(content_type, kLimits));
    return CourtUpload(std::move(form), std::move(files));
  }
  CourtUpload upload(std::nullopt, std::move(files));
  upload.message_.set_content_type(std::string(content_type));
  HEYAN_CHECK_OK(upload.staged_.begin(service::kMessageFile));
  return upload;
}

core::Result<void> CourtUpload::take(const http::FormEvent& event) {
  switch (event.kind) {
    case Kind::kPart: {
      in_message_ = event.part.name == kMessageField;
      if (in_message_) {
        message_.set_content_type(event.part.content_type);
        return staged_.begin(service::kMessageFile);
      }
      const int index = message_.parts_size();
      v1::MessagePart& part = *message_.add_parts();
      part.set_name(event.part.name);
      part.set_file_name(event.part.file_name.value_or(""));
      part.set_content_type(event.part.content_type);
      return staged_.begin(service::part_file(static_cast<std::size_t>(index)));
    }
    case Kind::kData:
      if (!in_message_) {
        v1::MessagePart& part = *message_.mutable_parts()->rbegin();
        part.set_size(part.size() + event.data.size());
      }
      return staged_.append(event.data);
    case Kind::kPartEnd:
      return staged_.finish();
    case Kind::kMore:
    case Kind::kEnd:
      return {};
  }
  return {};
}

core::Result<void> CourtUpload::feed(core::ByteView bytes) {
  if (!form_) return staged_.append(bytes);
  while (true) {
    HEYAN_TRY(const http::FormEvent event, form_->next(bytes));
    if (event.kind == Kind::kMore) return {};
    HEYAN_CHECK_OK(take(event));
  }
}

core::Result<void> CourtUpload::finish() {
  if (!form_) return staged_.finish();
  HEYAN_CHECK_OK(form_->finish());
  if (staged_.find(service::kMessageFile) != nullptr) return {};
  return core::fail(ErrorCode::kMalformed, "a field named message is needed");
}

}  // namespace heyan::api
