#include "verifier/contents/stored_zip.h"

#include <functional>

#include <zlib.h>

#include "verifier/contents/zip_directory.h"
#include "verifier/contents/zip_format.h"
#include "verifier/contents/zip_rules.h"
#include "verifier/core/text.h"

namespace heyan::contents {
namespace {

using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::uint16_t kMadeBy = 3u << 8 | 20;  // Unix, 2.0
constexpr std::uint16_t kNeeded = 20;
constexpr std::uint16_t kUtf8Name = 1u << 11;
constexpr std::uint16_t kStore = 0;
constexpr std::uint16_t kTime = 0;
constexpr std::uint16_t kDate = 1u << 5 | 1;          // 1 January 1980
constexpr std::uint32_t kPlainFile = 0100644u << 16;  // -rw-r--r--
constexpr std::uint64_t kMostBytes = 0xffff'fffe;     // Zip64 begins above
constexpr std::size_t kMostFiles = 0xfffe;

using Sink = std::function<void(std::string_view)>;

class Numbers {
 public:
  Numbers& u16(std::uint64_t value) { return add(value, 2); }
  Numbers& u32(std::uint64_t value) { return add(value, 4); }
  std::string take() { return std::move(bytes_); }

 private:
  Numbers& add(std::uint64_t value, int width) {
    for (int i = 0; i < width; ++i) bytes_ += static_cast<char>(value >> 8 * i & 0xff);
    return *this;
  }
  std::string bytes_;
};

std::uint32_t crc_of(ByteView content) {
  return static_cast<std::uint32_t>(
      crc32_z(crc32_z(0, nullptr, 0), content.data(), content.size()));
}

// What both headers of a file hold, from the version needed to the length of the name.
std::string common(const StoredFile& file, std::uint32_t crc) {
  return Numbers()
      .u16(kNeeded)
      .u16(kUtf8Name)
      .u16(kStore)
      .u16(kTime)
      .u16(kDate)
      .u32(crc)
      .u32(file.content.size())
      .u32(file.content.size())
      .u16(file.name.size())
      .u16(0)
      .take();
}

// The archive, piece by piece. Sizes were checked.
void lay_out(std::span<const StoredFile> files, const Sink& sink) {
  std::string directory;
  std::uint64_t offset = 0;
  for (const StoredFile& file : files) {
    const std::string shared = common(file, crc_of(file.content));
    sink(Numbers().u32(kLocalHeader).take() + shared + file.name);
    sink(core::as_text(file.content));
    directory += Numbers().u32(kCentralHeader).u16(kMadeBy).take() + shared +
                 Numbers().u16(0).u16(0).u16(0).u32(kPlainFile).u32(offset).take() + file.name;
    offset += kLocalHeaderBytes + file.name.size() + file.content.size();
  }
  sink(directory);
  sink(Numbers()
           .u32(kEndRecord)
           .u16(0)
           .u16(0)
           .u16(files.size())
           .u16(files.size())
           .u32(directory.size())
           .u32(offset)
           .u16(0)
           .take());
}

// What a reader would say of the names, and whether the numbers fit.
Result<void> check(std::span<const StoredFile> files) {
  std::vector<RawEntry> entries;
  std::uint64_t total = 0;
  for (const StoredFile& file : files) {
    total += 128 + 2 * file.name.size() + file.content.size();
    entries.push_back({.name = file.name,
                       .flags = kUtf8Name,
                       .method = kStore,
                       .packed = file.content.size(),
                       .size = file.content.size(),
                       .offset = 0,
                       .attributes = kPlainFile});
  }
  if (files.size() > kMostFiles || total > kMostBytes) {
    return fail(ErrorCode::kLimit, "too much for an archive of this kind");
  }
  if (const auto fault = fault_of(entries, total, core::Limits())) {
    return std::unexpected(fault->error);
  }
  return {};
}

ZipFault fault_at(const RawEntry& entry, std::string_view what) {
  return {{ErrorCode::kNotCanonical, what}, core::visible(entry.name)};
}

}  // namespace

Result<std::string> write_stored_zip(std::span<const StoredFile> files) {
  HEYAN_CHECK_OK(check(files));
  std::string archive;
  lay_out(files, [&archive](std::string_view piece) { archive += piece; });
  return archive;
}

std::expected<std::vector<StoredFile>, ZipFault> read_stored_zip(ByteView archive,
                                                                 const core::Limits& limits) {
  const MemorySource source(archive);
  const auto entries = read_directory(source, limits);
  if (!entries) return std::unexpected(entries.error());
  std::vector<StoredFile> files;
  for (const RawEntry& entry : *entries) {
    const std::uint64_t begin = entry.offset + kLocalHeaderBytes + entry.name.size();
    if (is_folder(entry) || entry.method != kStore || begin > archive.size() ||
        entry.size > archive.size() - begin) {
      return std::unexpected(fault_at(entry, "the entry is not stored as it must be"));
    }
    files.push_back({entry.name, archive.subspan(begin, entry.size)});
  }
  if (const auto checked = check(files); !checked) {
    return std::unexpected(ZipFault{checked.error(), ""});
  }
  std::size_t at = 0;
  bool same = true;
  lay_out(files, [&](std::string_view piece) {
    const std::string_view rest = core::as_text(archive).substr(std::min(at, archive.size()));
    same = same && rest.starts_with(piece);
    at += piece.size();
  });
  if (!same || at != archive.size()) {
    return std::unexpected(
        ZipFault{{ErrorCode::kNotCanonical,
                  "times, attributes or other bytes around the files are not ours"},
                 ""});
  }
  return files;
}

}  // namespace heyan::contents
