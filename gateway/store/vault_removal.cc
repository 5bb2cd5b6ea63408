// What the vault loses with a submission that is deleted: its key first, so that of what is
// encrypted nothing can be read from there on, whatever the disk keeps of removed files.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "gateway/store/vault.h"
#include "gateway/store/vault_disk.h"

namespace heyan::store {
namespace {

using Folders = std::set<std::string>;

core::Result<void> unlink_in(const os::Descriptor& vault, const std::filesystem::path& place,
                             Folders& touched) {
  if (::unlinkat(vault.get(), place.c_str(), 0) == 0) {
    touched.insert(place.parent_path().string());
    return {};
  }
  if (errno == ENOENT) return {};
  return std::unexpected(vault_error(errno));
}

}  // namespace

core::Result<void> Vault::remove_elsewhere(const VaultOwner& owner,
                                           std::span<const core::Bytes> all) {
  if (elsewhere_ == nullptr) return {};
  for (const core::Bytes& sha256 : all) {
    HEYAN_TRY(const std::string place, sealed_place(owner, sha256));
    HEYAN_CHECK_OK(elsewhere_->remove(place));
  }
  return {};
}

core::Result<void> Vault::remove(const VaultOwner& owner, std::span<const core::Bytes> all,
                                 std::span<const core::Bytes> alone) {
  HEYAN_CHECK_OK(destroy_key(owner));
  Folders touched;
  for (const core::Bytes& sha256 : all) {
    HEYAN_TRY(const std::string place, sealed_place(owner, sha256));
    HEYAN_CHECK_OK(unlink_in(folder_, place, touched));
  }
  for (const core::Bytes& sha256 : alone) {
    HEYAN_TRY(const std::string place, place_in_vault(owner.court, sha256));
    HEYAN_CHECK_OK(unlink_in(folder_, place, touched));
  }
  for (const std::string& folder : touched) {
    HEYAN_CHECK_OK(sync_folder(folder_.get(), folder));
  }
  return {};
}

}  // namespace heyan::store
