#include "gateway/api/court_upload.h"

namespace heyan::api {

core::Result<void> CourtUpload::begin(std::string_view content_type) {
  HEYAN_TRY(auto body, http::MessageBody::create(content_type, files_));
  body_.emplace(std::move(body));
  return {};
}

core::Result<void> CourtUpload::Files::begin_message(const std::string& content_type) {
  message.set_content_type(content_type);
  return staged.begin(service::kMessageFile);
}

core::Result<void> CourtUpload::Files::begin_part(const http::FormPart& part) {
  const std::size_t index = static_cast<std::size_t>(message.parts_size());
  v1::MessagePart& entry = *message.add_parts();
  entry.set_name(part.name);
  entry.set_file_name(part.file_name.value_or(""));
  entry.set_content_type(part.content_type);
  return staged.begin(service::part_file(index));
}

core::Result<void> CourtUpload::Files::finish() {
  HEYAN_CHECK_OK(staged.finish());
  const service::StagedPart& file = staged.parts().back();
  if (file.path != service::kMessageFile) {
    message.mutable_parts()->rbegin()->set_size(file.size);
  }
  return {};
}

}  // namespace heyan::api
