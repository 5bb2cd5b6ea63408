#include "gateway/intake/case_source.h"
#include "gateway/os/folder.h"

namespace heyan::intake {
namespace {

class FolderCase final : public CaseSource {
 public:
  explicit FolderCase(os::Folder folder) : folder_(std::move(folder)) {}

  core::Result<std::uint64_t> size_of(std::string_view path) override {
    HEYAN_TRY(const os::OpenFile file, folder_.open_file(path));
    return file.size();
  }

  core::Result<os::FileReading> read(std::string_view path, os::ByteSink& sink) override {
    HEYAN_TRY(const os::OpenFile file, folder_.open_file(path));
    return file.read_all(sink);
  }

  core::Result<os::OpenFile> open(std::string_view path) override {
    return folder_.open_file(path);
  }

 private:
  os::Folder folder_;
};

}  // namespace

std::expected<std::unique_ptr<CaseSource>, Refusal> open_folder_case(
    const std::filesystem::path& path) {
  auto folder = os::Folder::open(path);
  if (!folder) {
    return std::unexpected(refusal_of_named(
        folder.error(), path.string(), "Name a folder that holds case.json, or a .zip of one."));
  }
  return std::make_unique<FolderCase>(*std::move(folder));
}

}  // namespace heyan::intake
