#include "gateway/backup/contents_key.h"

#include "gateway/os/folder.h"
#include "gateway/sqlite/statement_cache.h"
#include "gateway/store/schema.h"

namespace heyan::backup {
namespace {

using core::ErrorCode;
using std::filesystem::path;

std::unexpected<Refusal> refuse(const core::Error& error, const path& subject,
                                std::string_view remedy) {
  return std::unexpected(intake::refusal_of(error, subject.string(), remedy));
}

core::Result<bool> is_needed(const path& front) {
  HEYAN_TRY(sqlite::Database database, sqlite::Database::open(front, store::layout()));
  sqlite::StatementCache statements(database);
  HEYAN_TRY(const auto row, statements.one<std::uint64_t>("SELECT count(*) FROM contents_key"));
  return row && std::get<0>(*row) > 0;
}

}  // namespace

std::expected<ContentsKey, Refusal> take_contents_key(const path& keys, const path& half) {
  const path to = half / "front" / kContentsKey;
  std::error_code error;
  if (std::filesystem::exists(to, error)) return ContentsKey::kThere;
  const path beside[] = {keys / kContentsKey, keys / ".." / "front" / kContentsKey};
  for (const path& from : beside) {
    if (keys.empty()) break;
    const auto opened = os::open_named_file(from);
    if (!opened && opened.error().code == ErrorCode::kNotFound) continue;
    if (!opened) {
      return refuse(opened.error(), from, "Give it to the user that restores: chown.");
    }
    if (const auto copied = copy(*opened, to, 0600, {}); !copied) {
      return refuse(copied.error(), to, "Check the disk, empty the state folder, and begin anew.");
    }
    return ContentsKey::kThere;
  }
  const auto needed = is_needed(half / "front/front.db");
  if (!needed) return refuse(needed.error(), "front.db", "Take another backup.");
  return *needed ? ContentsKey::kLacking : ContentsKey::kUnneeded;
}

}  // namespace heyan::backup
