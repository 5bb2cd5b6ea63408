#include "gateway/backup/restore_places.h"

#include <fcntl.h>
#include <unistd.h>

#include "gateway/log_audit/audit.h"
#include "gateway/os/folder.h"
#include "verifier/transparency/note.h"

namespace heyan::backup {
namespace {

using core::ErrorCode;
using std::filesystem::path;

constexpr std::string_view kGiveKeys =
    "Give the folder of the keys, and what is in it, to the user that restores: chown -R.";
constexpr std::string_view kGivePlace =
    "Put the last checkpoint of the old log there, or name a file in [log] follows whose folder "
    "the user that restores can write: the backup's own is written to it.";

std::unexpected<Refusal> refuse(const core::Error& error, const path& subject,
                                std::string_view remedy) {
  return std::unexpected(intake::refusal_of_named(error, subject.string(), remedy));
}

}  // namespace

std::expected<void, Refusal> look_at_keys(const path& folder) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    std::error_code ignored;
    if (!entry.is_regular_file(ignored)) continue;
    const auto opened = os::open_named_file(entry.path());
    if (!opened) return refuse(opened.error(), entry.path(), kGiveKeys);
  }
  if (error) return refuse({ErrorCode::kIo, "it cannot be read"}, folder, kGiveKeys);
  return {};
}

std::expected<std::optional<transparency::Checkpoint>, Refusal> look_at_checkpoint(
    const path& file, const transparency::NoteVerifier& old_log) {
  const auto given = os::read_named_file(file, transparency::kNoteBytes);
  if (!given && given.error().code != ErrorCode::kNotFound) {
    return refuse(given.error(), file, "Give it to the user that restores: chown.");
  }
  if (given) {
    auto read = log_audit::read_checkpoint(core::as_text(*given), &old_log);
    if (!read) return refuse(read.error(), file, kBringCheckpoint);
    return *std::move(read);
  }
  const path folder = file.parent_path();
  if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
    return refuse({ErrorCode::kIo, "it is not there, and cannot be written"}, file, kGivePlace);
  }
  return std::nullopt;
}

}  // namespace heyan::backup
