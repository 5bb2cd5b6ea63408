#include "gateway/cli/case_source.h"
#include "gateway/cli/folder.h"

namespace heyan::cli {
namespace {

class FolderCase final : public CaseSource {
 public:
  explicit FolderCase(Folder folder) : folder_(std::move(folder)) {}

  core::Result<std::uint64_t> size_of(std::string_view path) override {
    HEYAN_TRY(const OpenFile file, folder_.open_file(path));
    return file.size();
  }

  core::Result<FileReading> read(std::string_view path, ByteSink& sink) override {
    HEYAN_TRY(const OpenFile file, folder_.open_file(path));
    return file.read_all(sink);
  }

 private:
  Folder folder_;
};

}  // namespace

std::expected<std::unique_ptr<CaseSource>, Trouble> open_folder_case(
    const std::filesystem::path& path) {
  auto folder = Folder::open(path);
  if (!folder) {
    return std::unexpected(trouble_of_named(
        folder.error(), path.string(), "Name a folder that holds case.json, or a .zip of one."));
  }
  return std::make_unique<FolderCase>(*std::move(folder));
}

}  // namespace heyan::cli
