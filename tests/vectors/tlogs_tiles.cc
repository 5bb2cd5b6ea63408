// Types tiles-log and tiles-inclusion: verifier/transparency.
#include <array>

#include "tests/vectors/tlogs_case.h"
#include "tests/vectors/tlogs_tree.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/log_proof.h"

namespace heyan::vectors::tlogs {
namespace {

using namespace transparency;

std::optional<Checkpoint> checkpoint_of(const std::optional<std::string>& text) {
  const auto note = text ? parse_note(*text) : core::fail(core::ErrorCode::kNotFound, "no file");
  const auto checkpoint = note ? parse_checkpoint(note->text) : std::unexpected(note.error());
  return checkpoint ? std::optional(*checkpoint) : std::nullopt;
}

// The log that the entry bundles make.
std::optional<MemoryLog> from_entries(const std::filesystem::path& folder, std::uint64_t size) {
  MemoryLog log;
  for (std::uint64_t index = 0; log.size() < size; ++index) {
    const Tile tile = tile_at(0, index, size);
    const auto text = read_text(folder / entry_bundle_path(index, tile.width));
    const auto entries = text ? parse_entry_bundle(core::as_bytes(*text))
                              : core::fail(core::ErrorCode::kNotFound, "no file");
    if (!entries || entries->size() != tile.width) return std::nullopt;
    for (const core::ByteView entry : *entries) {
      if (!log.append(leaf_hash(entry))) return std::nullopt;
    }
  }
  return log;
}

// Every tile as the entries make it, byte for byte.
bool same_tiles(const std::filesystem::path& folder, const MemoryLog& log) {
  for (const Tile& tile : changed_tiles(0, log.size())) {
    const auto wanted = encode_tile(tile, log);
    const auto bytes = read_text(folder / tile_path(tile));
    if (!wanted || !bytes || !core::equal(*wanted, core::as_bytes(*bytes))) return false;
  }
  return true;
}

bool proves_every_entry(const TileFolder& tiles, const MemoryLog& log,
                        const Checkpoint& checkpoint) {
  Checker checker;
  for (std::uint64_t index = 0; index < log.size(); ++index) {
    const auto path = inclusion_proof(index, log.size(), tiles);
    const auto leaf = log.subtree(0, index);
    if (!path || !leaf ||
        !verify_inclusion(*leaf, index, log.size(), *path, checkpoint.root, checker))
      return false;
  }
  return true;
}

Found run_log(const Case& one) {
  const auto checkpoint = checkpoint_of(one.file("checkpoint"));
  const auto size = one.number("size");
  if (!checkpoint || !size) return found("no input");
  if (checkpoint->size != *size) return found("another size");
  const std::filesystem::path folder = one.folder / one.text("dir");
  const TileFolder tiles(folder, *size);
  if (root(*size, tiles) != checkpoint->root) return found("another root", "from tiles");
  const auto log = from_entries(folder, *size);
  if (!log || root(*size, *log) != checkpoint->root) return found("another root", "from entries");
  if (!same_tiles(folder, *log)) return found("other tiles", "than the entries make");
  if (!proves_every_entry(tiles, *log, *checkpoint)) return found("no proof");
  return found("known-answer");
}

Found run_inclusion(const Case& one) {
  const auto index = one.number("index");
  const auto size = one.number("size");
  const auto text = one.file("expect_proof");
  const auto wanted =
      text ? parse_log_proof(*text) : core::fail(core::ErrorCode::kNotFound, "no file");
  if (!index || !size || !wanted) return found("no input");
  const auto path =
      inclusion_proof(*index, *size, TileFolder(one.folder / one.text("tiles"), *size));
  if (!path) return found("no path", std::string(path.error().text));
  return found(*path == wanted->path && *index == wanted->index ? "known-answer" : "another path");
}

constexpr std::array kTypes = {Type{"tiles-log", run_log}, Type{"tiles-inclusion", run_inclusion}};

}  // namespace

std::span<const Type> tile_types() { return kTypes; }

}  // namespace heyan::vectors::tlogs
