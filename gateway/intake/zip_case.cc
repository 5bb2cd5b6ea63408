#include <algorithm>
#include <cstring>

#include "gateway/intake/case_source.h"
#include "gateway/intake/file_source.h"
#include "gateway/os/nameless_file.h"

namespace heyan::intake {
namespace {

// All of `bytes`, in as many steps as the sink wants.
core::Result<void> pour(core::ByteView bytes, os::ByteSink& sink) {
  while (!bytes.empty()) {
    const std::span<std::uint8_t> space = sink.space();
    const std::size_t count = std::min(space.size(), bytes.size());
    std::memcpy(space.data(), bytes.data(), count);
    HEYAN_CHECK_OK(sink.commit(count));
    bytes = bytes.subspan(count);
  }
  return {};
}

class ZipCase final : public CaseSource {
 public:
  // The archive points at the source, so the source stays where it is.
  ZipCase(std::unique_ptr<FileSource> source, os::FileState state, contents::ZipArchive archive,
          std::string root)
      : source_(std::move(source)),
        state_(state),
        archive_(std::move(archive)),
        root_(std::move(root)) {}

  core::Result<std::uint64_t> size_of(std::string_view path) override {
    HEYAN_TRY(const std::size_t index, index_of(path));
    return archive_.entries()[index].size;
  }

  core::Result<os::FileReading> read(std::string_view path, os::ByteSink& sink) override {
    HEYAN_TRY(const std::size_t index, index_of(path));
    os::FileReading reading;
    const auto read = archive_.read(index, [&](core::ByteView chunk) {
      reading.size += chunk.size();
      return pour(chunk, sink);
    });
    HEYAN_TRY(const os::FileState now, os::state_of(source_->descriptor()));
    reading.changed = now != state_;
    // Of an archive that is being written, a wrong CRC says nothing more than that.
    if (!read && !reading.changed) return std::unexpected(read.error());
    return reading;
  }

  core::Result<os::OpenFile> open(std::string_view path) override {
    HEYAN_TRY(const std::uint64_t size, size_of(path));
    HEYAN_TRY(os::NamelessFile copy, os::NamelessFile::create(size));
    HEYAN_CHECK_OK(read(path, copy));
    return std::move(copy).take();
  }

 private:
  core::Result<std::size_t> index_of(std::string_view path) const {
    const auto index = archive_.find(root_ + std::string(path));
    if (!index) return core::fail(core::ErrorCode::kNotFound, "there is no such file");
    return *index;
  }

  std::unique_ptr<FileSource> source_;
  os::FileState state_;
  contents::ZipArchive archive_;
  std::string root_;
};

constexpr std::string_view kRemedy =
    "Name a folder that holds case.json, or a plain .zip of one: store or deflate, no links, no "
    "encryption.";

}  // namespace

std::expected<std::unique_ptr<CaseSource>, Refusal> open_zip_case(const std::filesystem::path& path,
                                                                  const core::Limits& limits) {
  auto file = os::open_named_file(path);
  if (!file) return std::unexpected(refusal_of_named(file.error(), path.string(), kRemedy));
  const auto state = os::state_of(file->descriptor());
  if (!state) return std::unexpected(refusal_of(state.error(), path.string(), kRemedy));
  auto source = std::make_unique<FileSource>(*std::move(file));
  auto archive = contents::ZipArchive::open(*source, limits);
  if (!archive) {
    const contents::ZipFault& fault = archive.error();
    const std::string subject =
        fault.entry.empty() ? path.string() : path.string() + ", entry " + fault.entry;
    return std::unexpected(refusal_of(fault.error, subject, kRemedy));
  }
  auto root = contents::find_case_root(archive->entries());
  if (!root) return std::unexpected(refusal_of(root.error(), path.string(), kRemedy));
  return std::make_unique<ZipCase>(std::move(source), *state, *std::move(archive),
                                   *std::move(root));
}

}  // namespace heyan::intake
