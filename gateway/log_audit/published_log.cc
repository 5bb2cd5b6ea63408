#include "gateway/log_audit/published_log.h"

#include "gateway/os/byte_sink.h"
#include "verifier/transparency/note.h"

namespace heyan::log_audit {
namespace {

using core::Bytes;
using core::ErrorCode;
using core::fail;
using core::Result;
using transparency::kTileWidth;
using transparency::TreeHash;

constexpr std::size_t kLongestTile =
    kTileWidth * (transparency::kEntryBytes + sizeof(std::uint16_t));

}  // namespace

Result<PublishedLog> PublishedLog::open(const std::filesystem::path& folder) {
  HEYAN_TRY(os::Folder opened, os::Folder::open(folder));
  return PublishedLog(std::move(opened));
}

Result<Bytes> PublishedLog::read(const std::string& path, std::size_t limit_bytes) const {
  HEYAN_TRY(const os::OpenFile file, folder_.open_file(path));
  if (file.size() > limit_bytes) return fail(ErrorCode::kMalformed, "the file is too long");
  os::MemorySink sink(limit_bytes);
  HEYAN_TRY(const os::FileReading reading, file.read_all(sink));
  if (reading.changed) return fail(ErrorCode::kChanged, "it changed while it was read");
  return std::move(sink).take();
}

Result<std::string> PublishedLog::checkpoint() const {
  HEYAN_TRY(const Bytes bytes, read("checkpoint", transparency::kNoteBytes));
  return core::to_string(bytes);
}

Result<Bytes> PublishedLog::read_tile(const std::string& narrow, const std::string& full) const {
  auto bytes = read(narrow, kLongestTile);
  if (bytes || bytes.error().code != ErrorCode::kNotFound || narrow == full) return bytes;
  return read(full, kLongestTile);
}

Result<std::vector<TreeHash>> PublishedLog::hashes(const transparency::Tile& tile) const {
  HEYAN_TRY(const Bytes bytes, read_tile(transparency::tile_path(tile),
                                         transparency::tile_path({tile.level, tile.index})));
  constexpr std::size_t kHashBytes = sizeof(TreeHash);
  if (bytes.size() != tile.width * kHashBytes && bytes.size() != kTileWidth * kHashBytes) {
    return fail(ErrorCode::kMalformed, "a tile of another length");
  }
  std::vector<TreeHash> hashes;
  for (std::size_t i = 0; i < tile.width; ++i) {
    hashes.push_back(
        *transparency::tree_hash(core::ByteView(bytes).subspan(i * kHashBytes, kHashBytes)));
  }
  return hashes;
}

Result<std::vector<Bytes>> PublishedLog::entries(std::uint64_t index, unsigned width) const {
  HEYAN_TRY(const Bytes bytes, read_tile(transparency::entry_bundle_path(index, width),
                                         transparency::entry_bundle_path(index)));
  HEYAN_TRY(const auto all, transparency::parse_entry_bundle(bytes));
  if (all.size() != width && all.size() != kTileWidth) {
    return fail(ErrorCode::kMalformed, "another number of entries");
  }
  std::vector<Bytes> entries;
  for (const core::ByteView entry : std::span(all).first(width)) {
    entries.push_back(core::to_bytes(entry));
  }
  return entries;
}

}  // namespace heyan::log_audit
