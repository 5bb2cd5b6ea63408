// What the vault holds that no submission and no report refers to, and its removal.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "gateway/store/vault.h"
#include "gateway/store/vault_disk.h"

namespace heyan::store {
namespace {

using core::ErrorCode;

// "cdef…" of the folder "ab", whatever follows.
std::optional<VaultName> name_in(const std::string& folder, std::string file) {
  for (const std::string_view suffix : {kSealed, kKey}) {
    if (file.ends_with(suffix)) file.resize(file.size() - suffix.size());
  }
  const auto bytes = core::from_hex(folder + file);
  VaultName name;
  if (!bytes || bytes->size() != name.size()) return std::nullopt;
  std::ranges::copy(*bytes, name.begin());
  return name;
}

std::optional<LeftFile> look_at(const os::Descriptor& vault, std::string place) {
  struct stat status{};
  if (::fstatat(vault.get(), place.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
  if (!S_ISREG(status.st_mode)) return std::nullopt;
  const std::chrono::sys_time<std::chrono::nanoseconds> put(
      std::chrono::seconds(status.st_mtim.tv_sec) +
      std::chrono::nanoseconds(status.st_mtim.tv_nsec));
  return LeftFile{
      .place = std::move(place), .put = put, .bytes = static_cast<std::uint64_t>(status.st_size)};
}

}  // namespace

bool Vault::has_folder(std::string_view court) const {
  return open_folder(folder_.get(), court_folder(court).c_str()).has_value();
}

core::Result<std::vector<LeftFile>> Vault::left_in(
    std::string_view court, std::uint8_t first, std::span<const VaultName> kept,
    std::chrono::sys_time<std::chrono::nanoseconds> put_before, std::size_t most) const {
  const std::string folder = core::to_hex(core::ByteView(&first, 1));
  const std::string beneath = court_folder(court).append("/").append(folder).append("/");
  std::vector<LeftFile> left;
  std::error_code error;
  std::filesystem::directory_iterator entry(path_ / beneath, error);
  if (error == std::errc::no_such_file_or_directory) return left;
  for (; !error && left.size() < most && entry != std::filesystem::directory_iterator();
       entry.increment(error)) {
    const std::filesystem::path file = entry->path().filename();
    // Without keys nobody knows which of the encrypted are kept.
    if (!has_keys() && file.has_extension()) continue;
    const auto name = name_in(folder, file.string());
    if (!name || std::ranges::binary_search(kept, *name)) continue;
    auto found = look_at(folder_, beneath + file.string());
    if (found && found->put < put_before) left.push_back(*std::move(found));
  }
  if (error) return core::fail(ErrorCode::kIo, "the vault cannot be looked through");
  return left;
}

core::Result<bool> Vault::remove_left(const LeftFile& file) {
  const auto none_puts = removing();
  const auto now = look_at(folder_, file.place);
  if (!now || now->put != file.put) return false;
  if (::unlinkat(folder_.get(), file.place.c_str(), 0) != 0) {
    return std::unexpected(vault_error(errno));
  }
  return true;
}

}  // namespace heyan::store
