#include "verifier/contents/packed.h"

#include "verifier/contents/zip.h"

namespace heyan::contents {

core::Result<void> add_zip_entries(const ByteSource& source, const core::Limits& limits,
                                   Candidates& candidates) {
  auto archive = ZipArchive::open(source, limits);
  if (!archive) return std::unexpected(archive.error().error);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < archive->entries().size(); ++i) {
    const ZipEntry& entry = archive->entries()[i];
    if (entry.is_folder) continue;
    if (++number > kMostCandidates) {
      candidates.set_exhausted();
      break;
    }
    if (!candidates.spend(entry.size)) continue;
    Digesting digesting(candidates.hashes());
    const auto read = archive->read(i, [&](core::ByteView chunk) {
      digesting.update(chunk);
      return core::Result<void>();
    });
    if (!read) return read;
    candidates.add(
        {.changes = {v1::CHANGE_TAKEN_FROM_ARCHIVE}, .number = number, .size = entry.size},
        digesting.so_far());
  }
  return {};
}

}  // namespace heyan::contents
