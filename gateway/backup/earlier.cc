#include "gateway/backup/earlier.h"

#include <unistd.h>

namespace heyan::backup {
namespace {

using std::filesystem::path;

bool is_file(const path& file) {
  std::error_code error;
  return std::filesystem::is_regular_file(std::filesystem::symlink_status(file, error));
}

}  // namespace

std::expected<Earlier, Refusal> Earlier::open(const path& folder) {
  Earlier earlier;
  earlier.folder_ = folder;
  HEYAN_TRY(const Description description, read_description(folder));
  HEYAN_TRY(earlier.manifest_, read_manifest(folder, description));
  return earlier;
}

// Read under its new name: so what was measured is what was linked.
std::optional<Digests> Earlier::share(const std::string& name, const path& to,
                                      const Advance& expect, const Advance& advance) {
  const auto listed = manifest_.find(name);
  if (listed == manifest_.end()) return std::nullopt;
  if (::link((folder_ / name).c_str(), to.c_str()) != 0) return std::nullopt;
  if (expect) expect(listed->second.size);
  const bool whole = is_file(to) && digests_of(to, advance) == listed->second;
  if (whole) return listed->second;
  ::unlink(to.c_str());
  damaged_.push_back(name);
  return std::nullopt;
}

}  // namespace heyan::backup
