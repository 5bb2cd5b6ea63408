#include "gateway/intake/case_source.h"

#include <system_error>

namespace heyan::intake {

core::Result<core::Bytes> CaseSource::content(std::string_view path, std::size_t most) {
  os::MemorySink sink(most);
  HEYAN_TRY(const os::FileReading reading, read(path, sink));
  if (reading.changed) {
    return core::fail(core::ErrorCode::kChanged, "it changed while it was read");
  }
  core::Bytes bytes = std::move(sink).take();
  if (!is_as_received(path, bytes)) {
    return core::fail(core::ErrorCode::kChanged, "it is not what was received");
  }
  return bytes;
}

std::expected<std::unique_ptr<CaseSource>, Refusal> open_case(const std::filesystem::path& path,
                                                              const core::Limits& limits) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return open_folder_case(path);
  return open_zip_case(path, limits);
}

}  // namespace heyan::intake
