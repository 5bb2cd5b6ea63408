// Archives from any bytes: names are safe, and no entry gives more bytes than its directory or the
// limits allow.
#include <cstdlib>
#include <set>

#include "verifier/contents/safe_path.h"
#include "verifier/contents/zip.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heyan::core::Limits limits;
  limits.zip_inflated_bytes = 8u << 20;
  limits.zip_entries = 64;
  const heyan::contents::MemorySource source({data, size});
  auto archive = heyan::contents::ZipArchive::open(source, limits);
  if (!archive) {
    require(!archive.error().error.text.empty());
    return 0;
  }
  require(archive->entries().size() <= limits.zip_entries);
  std::set<std::string> names;
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < archive->entries().size(); ++i) {
    const heyan::contents::ZipEntry& entry = archive->entries()[i];
    require(!heyan::contents::unsafe_path(entry.name) && names.insert(entry.name).second);
    if (entry.is_folder) continue;
    require(archive->find(entry.name) == i);
    std::uint64_t count = 0;
    const auto result =
        archive->read(i, [&](heyan::core::ByteView chunk) -> heyan::core::Result<void> {
          count += chunk.size();
          return {};
        });
    require(count <= entry.size && (!result || count == entry.size));
    total += count;
  }
  require(total <= limits.zip_inflated_bytes && total / limits.zip_ratio <= size);
  const auto root = find_case_root(archive->entries());
  require(!root || root->empty() || archive->find(*root + "case.json").has_value());
  return 0;
}
