#include "gateway/store/vault.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "verifier/crypto/digest.h"

namespace heyan::store {
namespace {

using core::ErrorCode;

core::Error error_of(int number) {
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      return {ErrorCode::kNotFound, "there is no such file"};
    case ELOOP:
      return {ErrorCode::kUnsupported, "it is not a regular file"};
    case ENOSPC:
    case EDQUOT:
      return {ErrorCode::kIo, "the disk is full"};
    case EXDEV:
      return {ErrorCode::kIo, "the staging folder is on another file system than the vault"};
    default:
      return {ErrorCode::kIo, "the operating system refused an access to the vault"};
  }
}

std::string court_name_of(std::string_view court) {
  return core::to_hex(crypto::sha256(core::as_bytes(court))).substr(0, 32);
}

// "ab/cdef…"
core::Result<std::string> name_of(core::ByteView sha256) {
  if (sha256.size() != 32) return core::fail(ErrorCode::kMalformed, "that is no SHA-256");
  return core::to_hex(sha256).insert(2, "/");
}

core::Result<void> sync(int fd) {
  if (::fsync(fd) != 0) return std::unexpected(error_of(errno));
  return {};
}

core::Result<os::Descriptor> open_folder(int parent, const char* name) {
  os::Descriptor folder(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
  if (!folder.is_open()) return std::unexpected(error_of(errno));
  return folder;
}

core::Result<void> make_folder(int parent, const char* name) {
  if (::mkdirat(parent, name, 0700) != 0 && errno != EEXIST) {
    return std::unexpected(error_of(errno));
  }
  return {};
}

core::Result<std::uint64_t> size_of_regular(int fd) {
  struct stat status{};
  if (::fstat(fd, &status) != 0) return std::unexpected(error_of(errno));
  if (!S_ISREG(status.st_mode)) {
    return core::fail(ErrorCode::kUnsupported, "it is not a regular file");
  }
  return static_cast<std::uint64_t>(status.st_size);
}

// O_NONBLOCK: something that is no regular file must not block.
core::Result<os::Descriptor> open_file(int parent, const std::string& name) {
  os::Descriptor file(
      ::openat(parent, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
  if (!file.is_open()) return std::unexpected(error_of(errno));
  return file;
}

core::Result<void> move_in(const StagedFile& staged, int court, const std::string& name) {
  HEYAN_TRY(const os::Descriptor file, open_file(AT_FDCWD, staged.path.string()));
  HEYAN_TRY(const std::uint64_t size, size_of_regular(file.get()));
  // Nobody writes it any more, and what is not on the disk must not get a name that says it is.
  if (::fchmod(file.get(), 0400) != 0) return std::unexpected(error_of(errno));
  HEYAN_CHECK_OK(sync(file.get()));
  if (::renameat2(AT_FDCWD, staged.path.c_str(), court, name.c_str(), RENAME_NOREPLACE) == 0) {
    return {};
  }
  if (errno != EEXIST) return std::unexpected(error_of(errno));
  HEYAN_TRY(const os::Descriptor kept, open_file(court, name));
  HEYAN_TRY(const std::uint64_t kept_size, size_of_regular(kept.get()));
  if (kept_size != size) {
    return core::fail(ErrorCode::kInternal, "a file of the vault is not what its name says");
  }
  if (::unlink(staged.path.c_str()) != 0) return std::unexpected(error_of(errno));
  return {};
}

}  // namespace

core::Result<std::string> place_in_vault(std::string_view court, core::ByteView sha256) {
  HEYAN_TRY(const std::string name, name_of(sha256));
  return court_name_of(court) + "/" + name;
}

core::Result<std::unique_ptr<Vault>> Vault::open(const std::filesystem::path& folder) {
  HEYAN_CHECK_OK(make_folder(AT_FDCWD, folder.c_str()));
  HEYAN_TRY(os::Descriptor opened, open_folder(AT_FDCWD, folder.c_str()));
  return std::unique_ptr<Vault>(new Vault(std::move(opened), folder));
}

// Each is made once a process at most: a name that is not on the disk would take with it, in a
// power failure, all that was put under it.
core::Result<int> Vault::folder_of(const std::string& court_name, const std::string& first) {
  const std::lock_guard lock(courts_mutex_);
  auto court = courts_.find(court_name);
  if (court == courts_.end()) {
    HEYAN_CHECK_OK(make_folder(folder_.get(), court_name.c_str()));
    HEYAN_CHECK_OK(sync(folder_.get()));
    HEYAN_TRY(os::Descriptor opened, open_folder(folder_.get(), court_name.c_str()));
    court = courts_.emplace(court_name, CourtFolder{std::move(opened), {}}).first;
  }
  auto& [folder, made] = court->second;
  if (!made.contains(first)) {
    HEYAN_CHECK_OK(make_folder(folder.get(), first.c_str()));
    HEYAN_CHECK_OK(sync(folder.get()));
    made.insert(first);
  }
  return folder.get();
}

core::Result<void> Vault::put_from_staging(std::string_view court,
                                           std::span<const StagedFile> files) {
  const std::string court_name = court_name_of(court);
  std::map<std::string, int> touched;
  for (const StagedFile& file : files) {
    HEYAN_TRY(const std::string name, name_of(file.sha256));
    const std::string first = name.substr(0, 2);
    HEYAN_TRY(const int folder, folder_of(court_name, first));
    HEYAN_CHECK_OK(move_in(file, folder, name));
    touched.emplace(first, folder);
  }
  // Even where all were there: another thread may have moved one in a moment ago.
  for (const auto& [first, folder] : touched) {
    HEYAN_TRY(const os::Descriptor changed, open_folder(folder, first.c_str()));
    HEYAN_CHECK_OK(sync(changed.get()));
  }
  return {};
}

core::Result<Vault::Swept> Vault::sweep(std::string_view court, std::span<const core::Bytes> kept,
                                        std::filesystem::file_time_type older_than) {
  Swept swept;
  std::error_code error;
  std::filesystem::recursive_directory_iterator entry(path_ / court_name_of(court), error);
  if (error == std::errc::no_such_file_or_directory) return swept;
  for (; !error && entry != std::filesystem::recursive_directory_iterator();
       entry.increment(error)) {
    const std::filesystem::path& file = entry->path();
    const auto digest =
        core::from_hex(file.parent_path().filename().string() + file.filename().string());
    const auto status = entry->symlink_status(error);
    if (error || !std::filesystem::is_regular_file(status) || !digest || digest->size() != 32 ||
        std::ranges::binary_search(kept, *digest) || entry->last_write_time(error) > older_than) {
      continue;
    }
    const std::uint64_t size = entry->file_size(error);
    if (error || !std::filesystem::remove(file, error)) break;
    ++swept.files;
    swept.bytes += size;
  }
  if (error) return core::fail(ErrorCode::kIo, "the vault cannot be looked through");
  return swept;
}

core::Result<os::Descriptor> Vault::open_read(std::string_view court, core::ByteView sha256) const {
  HEYAN_TRY(const std::string place, place_in_vault(court, sha256));
  HEYAN_TRY(os::Descriptor file, open_file(folder_.get(), place));
  HEYAN_CHECK_OK(size_of_regular(file.get()));
  return file;
}

}  // namespace heyan::store
