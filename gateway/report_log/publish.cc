#include "gateway/report_log/publish.h"

#include <system_error>

#include "gateway/os/folder.h"
#include "gateway/os/write_file.h"

namespace heyan::report_log {
namespace {

using core::Bytes;
using core::ErrorCode;
using transparency::Tile;

constexpr std::size_t kLongestCheckpoint = std::size_t{64} << 10;
constexpr std::size_t kLongestTile =
    transparency::kTileWidth * (transparency::kEntryBytes + sizeof(std::uint16_t));

constexpr core::Error kAnotherHistory{ErrorCode::kInternal,
                                      "what is published is no beginning of this log"};

core::Result<void> write(const std::filesystem::path& path, std::string_view bytes) {
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  if (error) return core::fail(ErrorCode::kIo, "the folder of the public log could not be made");
  return os::write_whole(path, bytes);
}

// Writes it where it is missing.
core::Result<void> put(const std::filesystem::path& path, core::ByteView bytes) {
  const auto there = os::read_named_file(path, kLongestTile);
  if (!there && there.error().code == ErrorCode::kNotFound) {
    return write(path, core::as_text(bytes));
  }
  HEYAN_CHECK_OK(there);
  if (!core::equal(*there, bytes)) return std::unexpected(kAnotherHistory);
  return {};
}

// Clients that look for a narrower tile ask for the full one where that is gone (C2SP tlog-tiles).
void remove_partial(const std::filesystem::path& full) {
  std::error_code ignored;
  std::filesystem::remove_all(full.string() + ".p", ignored);
}

bool is_there(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored);
}

// `hashes`: the tile of these entries. An entry that was altered in the database stays within it.
core::Result<Bytes> entry_bundle(const ReportLog& log, const Tile& tile, core::ByteView hashes) {
  HEYAN_TRY(const auto entries, log.entries(tile.index * transparency::kTileWidth, tile.width));
  for (const Bytes& entry : entries) {
    const transparency::TreeHash hash = transparency::leaf_hash(entry);
    if (!core::equal(hash, hashes.first(hash.size()))) {
      return core::fail(ErrorCode::kInternal, "an entry of the log is not the one that was logged");
    }
    hashes = hashes.subspan(hash.size());
  }
  const std::vector<core::ByteView> views(entries.begin(), entries.end());
  return transparency::encode_entry_bundle(views);
}

}  // namespace

// How much of the log the folder's checkpoint vouches for.
core::Result<std::uint64_t> TilePublisher::size_on_disk(std::uint64_t signed_size) const {
  const auto note = os::read_named_file(folder_ / "checkpoint", kLongestCheckpoint);
  if (!note && note.error().code == ErrorCode::kNotFound) return 0;
  HEYAN_CHECK_OK(note);
  HEYAN_TRY(const auto checkpoint, checkpoint_in(core::as_text(*note)));
  if (checkpoint.size > signed_size) return std::unexpected(kAnotherHistory);
  HEYAN_TRY(const auto root, log_.root(checkpoint.size));
  if (root != checkpoint.root) return std::unexpected(kAnotherHistory);
  return checkpoint.size;
}

core::Result<void> TilePublisher::put_tile(const Tile& tile, std::uint64_t vouched_size) const {
  const auto hashes_path = folder_ / transparency::tile_path(tile);
  const auto entries_path = folder_ / transparency::entry_bundle_path(tile.index, tile.width);
  const bool has_entries = tile.level == 0;
  const std::uint64_t end = tile.index * transparency::kTileWidth + tile.width;
  const bool vouched = end <= vouched_size >> (8 * tile.level);
  if (vouched && is_there(hashes_path) && (!has_entries || is_there(entries_path))) return {};
  HEYAN_TRY(const Bytes hashes, transparency::encode_tile(tile, log_));
  HEYAN_CHECK_OK(put(hashes_path, hashes));
  if (has_entries) {
    HEYAN_TRY(const Bytes entries, entry_bundle(log_, tile, hashes));
    HEYAN_CHECK_OK(put(entries_path, entries));
  }
  if (tile.width < transparency::kTileWidth) return {};
  remove_partial(hashes_path);
  if (has_entries) remove_partial(entries_path);
  return {};
}

core::Result<void> TilePublisher::publish() {
  HEYAN_TRY([[maybe_unused]] const sql::Snapshot reading, log_.begin_reading());
  HEYAN_TRY(const SignedCheckpoint checkpoint, log_.checkpoint());
  if (checkpoint.text.empty()) {
    return core::fail(ErrorCode::kNotFound, "the log has no signed checkpoint yet");
  }
  if (published_ == checkpoint.size) return {};
  // The first time all files are looked at: a power failure may have taken names that nobody waited
  // for, and only what the checkpoint on the disk vouches for is believed unread.
  std::uint64_t vouched_size = 0;
  if (!published_) {
    HEYAN_TRY(vouched_size, size_on_disk(checkpoint.size));
  }
  for (const Tile& tile : transparency::changed_tiles(published_.value_or(0), checkpoint.size)) {
    HEYAN_CHECK_OK(put_tile(tile, vouched_size));
  }
  HEYAN_CHECK_OK(write(folder_ / "checkpoint", checkpoint.text));
  published_ = checkpoint.size;
  note_ = checkpoint.text;
  return {};
}

core::Result<void> TilePublisher::publish_cosigned(std::uint64_t size, std::string_view note) {
  if (published_ != size || note_ == note) return {};
  HEYAN_CHECK_OK(write(folder_ / "checkpoint", note));
  note_ = note;
  return {};
}

}  // namespace heyan::report_log
