#include "gateway/store/vault.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <limits>

#include "gateway/os/nameless_file.h"
#include "gateway/store/sealed_object.h"
#include "gateway/store/vault_disk.h"
#include "verifier/crypto/digest.h"

namespace heyan::store {
namespace {

using core::ErrorCode;

// Whether a file can be read, and is the one of that digest.
bool is_of(const core::Result<os::Descriptor>& file, core::ByteView sha256) {
  if (!file) return false;
  const auto hasher = crypto::openssl_hasher(crypto::Hash::kSha256);
  core::Bytes piece(StoredBytes::kPieceBytes);
  while (true) {
    const auto count = read_on(*file, piece);
    if (!count) return false;
    hasher->update(core::ByteView(piece).first(*count));
    if (*count < piece.size()) return core::equal(hasher->finish(), sha256);
  }
}

// True: in the place of one that was not what its name says.
core::Result<bool> move_in(const StagedFile& staged, int court, const std::string& name) {
  const auto file = open_file(AT_FDCWD, staged.path.string());
  if (!file) return std::unexpected(file.error());
  // Nobody writes it any more, and what is not on the disk must not get a name that says it is.
  if (::fchmod(file->get(), 0400) != 0) return std::unexpected(vault_error(errno));
  HEYAN_CHECK_OK(sync(*file));
  if (::renameat2(AT_FDCWD, staged.path.c_str(), court, name.c_str(), RENAME_NOREPLACE) == 0) {
    return false;
  }
  if (errno != EEXIST) return std::unexpected(vault_error(errno));
  // All who have these bytes depend on the one that is kept.
  if (is_of(open_file(court, name), staged.sha256)) {
    HEYAN_CHECK_OK(say_put_now(court, name));
    if (::unlink(staged.path.c_str()) != 0) return std::unexpected(vault_error(errno));
    return false;
  }
  if (!is_of(file, staged.sha256)) {
    return core::fail(ErrorCode::kChanged, "a file is another than the one that was received");
  }
  if (::renameat2(AT_FDCWD, staged.path.c_str(), court, name.c_str(), 0) != 0) {
    return std::unexpected(vault_error(errno));
  }
  return true;
}

// What a vault has under their names now.
core::Result<void> remove_all(std::span<const StagedFile> files) {
  for (const StagedFile& file : files) {
    if (::unlink(file.path.c_str()) != 0 && errno != ENOENT) {
      return std::unexpected(vault_error(errno));
    }
  }
  return {};
}

// No more than the file that it is read from has.
constexpr std::uint64_t kAnySize = std::numeric_limits<std::uint64_t>::max();

// Of one that was changed, what comes before the change: its reader measures it.
core::Result<os::Descriptor> into_temporary(core::Result<std::unique_ptr<SealedBytes>> sealed,
                                            const std::filesystem::path& folder) {
  if (!sealed && sealed.error().code != ErrorCode::kChanged) {
    return std::unexpected(sealed.error());
  }
  HEYAN_TRY(os::NamelessFile file, os::NamelessFile::create_in(folder, kAnySize));
  while (sealed) {
    const auto piece = (*sealed)->next();
    if (!piece && piece.error().code != ErrorCode::kChanged) return std::unexpected(piece.error());
    if (!piece || piece->empty()) break;
    std::ranges::copy(*piece, file.space().begin());
    HEYAN_CHECK_OK(file.commit(piece->size()));
  }
  HEYAN_TRY(os::OpenFile written, std::move(file).take());
  return written.take_descriptor();
}

// Without the bucket its evidence would look as if it were not there, or were deleted.
core::Result<void> expect_all_here(const os::Descriptor& vault) {
  const auto mark = open_file(vault.get(), std::string(kElsewhere));
  if (!mark && mark.error().code == ErrorCode::kNotFound) return {};
  if (!mark) return std::unexpected(mark.error());
  return core::fail(ErrorCode::kUnsupported,
                    "evidence lies in a bucket and [vault.s3] is not there: name the bucket, which "
                    "vault/elsewhere says, in the configuration again");
}

}  // namespace

core::Result<std::unique_ptr<Vault>> Vault::open(const std::filesystem::path& folder,
                                                 VaultEncryption encryption, Objects* elsewhere) {
  if (elsewhere != nullptr && !encryption.with)
    return core::fail(ErrorCode::kUnsupported, "a bucket is given ciphertext alone");
  HEYAN_CHECK_OK(make_folder(AT_FDCWD, folder.c_str()));
  HEYAN_TRY(os::Descriptor opened, open_folder(AT_FDCWD, folder.c_str()));
  if (elsewhere == nullptr) HEYAN_CHECK_OK(expect_all_here(opened));
  std::unique_ptr<Vault> vault(
      new Vault(std::move(opened), folder, std::move(encryption), elsewhere));
  HEYAN_CHECK_OK(vault->open_court_keys());
  return vault;
}

// Each is made once a process at most: a name that is not on the disk would take with it, in a
// power failure, all that was put under it.
core::Result<int> Vault::folder_of(const std::string& court_name, const std::string& first) {
  const std::lock_guard lock(courts_mutex_);
  auto court = courts_.find(court_name);
  if (court == courts_.end()) {
    HEYAN_CHECK_OK(make_folder(folder_.get(), court_name.c_str()));
    HEYAN_CHECK_OK(sync(folder_));
    HEYAN_TRY(os::Descriptor opened, open_folder(folder_.get(), court_name.c_str()));
    court = courts_.emplace(court_name, CourtFolder{std::move(opened), {}}).first;
  }
  auto& [folder, made] = court->second;
  if (!made.contains(first)) {
    HEYAN_CHECK_OK(make_folder(folder.get(), first.c_str()));
    HEYAN_CHECK_OK(sync(folder));
    made.insert(first);
  }
  return folder.get();
}

core::Result<void> Vault::put_from_staging(const VaultOwner& owner,
                                           std::span<const StagedFile> files,
                                           Objects::Until until) {
  if (elsewhere_ != nullptr) return put_elsewhere(owner, files, until);
  const std::string court_name = court_folder(owner.court);
  std::optional<VaultKey> key;
  if (encrypts()) {
    HEYAN_TRY(key, key_to_seal(owner));
  }
  std::map<std::string, int> touched;
  for (const StagedFile& file : files) {
    HEYAN_CHECK_OK(place_in_vault(owner.court, file.sha256));
    const std::string name =
        key ? spread(sealed_name(owner.submission, file.sha256), kSealed) : spread(file.sha256);
    const std::string first = name.substr(0, 2);
    HEYAN_TRY(const int folder, folder_of(court_name, first));
    HEYAN_TRY(const bool mended,
              key ? seal_in(file, *key, folder, name) : move_in(file, folder, name));
    if (mended && on_mended_) on_mended_(owner, file.sha256);
    touched.emplace(first, folder);
  }
  // Even where all were there: another thread may have moved one in a moment ago.
  for (const auto& [first, folder] : touched) {
    HEYAN_CHECK_OK(sync_folder(folder, first));
  }
  // Only now: nothing of a file that a power failure takes is lost.
  if (!key) return {};
  return remove_all(files);
}

// On the disk before anything that is not here; anew in each process, since the bucket may be
// another.
core::Result<void> Vault::mark_elsewhere() {
  const std::lock_guard lock(courts_mutex_);
  if (marked_elsewhere_) return {};
  HEYAN_TRY(FileAside aside, FileAside::create(encryption_.temporaries));
  const std::string line = elsewhere_->where() + "\n";
  HEYAN_CHECK_OK(write_on(aside.descriptor(), core::as_bytes(line)));
  HEYAN_CHECK_OK(aside.replace(folder_.get(), std::string(kElsewhere)));
  HEYAN_CHECK_OK(sync(folder_));
  marked_elsewhere_ = true;
  return {};
}

// Each is sealed on this disk, whole, before the first of its bytes goes out.
core::Result<void> Vault::put_elsewhere(const VaultOwner& owner, std::span<const StagedFile> files,
                                        Objects::Until until) {
  HEYAN_CHECK_OK(mark_elsewhere());
  HEYAN_TRY(const ObjectKey key, draw_object_key(*encryption_.with, *encryption_.keys, owner));
  for (const StagedFile& file : files) {
    HEYAN_TRY(const std::string place, sealed_place(owner, file.sha256));
    HEYAN_TRY(const os::Descriptor staged, open_file(AT_FDCWD, file.path.string()));
    HEYAN_TRY(const FileAside aside, FileAside::create(encryption_.temporaries));
    HEYAN_TRY(const ObjectMeasure measured,
              seal_object(staged, aside.descriptor(), key, file.sha256));
    HEYAN_TRY(const os::Descriptor sealed, aside.open_to_read());
    HEYAN_CHECK_OK(elsewhere_->put(place, sealed, measured.size, measured.sha256, until));
  }
  return remove_all(files);
}

// What is encrypted goes before a plain file; asked for again at the end, because it may have been
// put in the plain one's place a moment ago.
core::Result<Vault::Found> Vault::look_up(const VaultOwner& owner, core::ByteView sha256) const {
  HEYAN_TRY(const std::string plain, place_in_vault(owner.court, sha256));
  HEYAN_TRY(const std::string sealed, sealed_place(owner, sha256));
  for (const bool is_sealed : {true, false, true}) {
    if (is_sealed && !has_keys()) continue;
    auto file = open_file(folder_.get(), is_sealed ? sealed : plain);
    if (file) return Found{.file = *std::move(file), .sealed = is_sealed};
    if (file.error().code != ErrorCode::kNotFound) return std::unexpected(file.error());
  }
  return core::fail(ErrorCode::kNotFound, "there is no such file");
}

core::Result<void> Vault::find(const VaultOwner& owner, core::ByteView sha256) const {
  const auto found = look_up(owner, sha256);
  if (found) return {};
  if (found.error().code != ErrorCode::kNotFound || elsewhere_ == nullptr)
    return std::unexpected(found.error());
  HEYAN_TRY(const std::string place, sealed_place(owner, sha256));
  return elsewhere_->find(place);
}

core::Result<std::unique_ptr<SealedBytes>> Vault::open_sealed(const VaultOwner& owner,
                                                              core::ByteView sha256,
                                                              core::Result<Found> found) const {
  if (found) {
    HEYAN_TRY(const VaultKey key, key_to_open(owner));
    return SealedBytes::open(std::move(found->file), key, sha256);
  }
  if (found.error().code != ErrorCode::kNotFound || elsewhere_ == nullptr)
    return std::unexpected(found.error());
  HEYAN_TRY(const std::string place, sealed_place(owner, sha256));
  HEYAN_TRY(os::Descriptor object, elsewhere_->get(place));
  return open_object(std::move(object), *encryption_.keys, owner, sha256);
}

core::Result<os::Descriptor> Vault::open_read(const VaultOwner& owner,
                                              core::ByteView sha256) const {
  auto found = look_up(owner, sha256);
  if (found && !found->sealed) return std::move(found->file);
  return into_temporary(open_sealed(owner, sha256, std::move(found)), encryption_.temporaries);
}

core::Result<std::unique_ptr<StoredBytes>> Vault::read(const VaultOwner& owner,
                                                       core::ByteView sha256) const {
  auto found = look_up(owner, sha256);
  if (found && !found->sealed) return std::make_unique<PlainBytes>(std::move(found->file));
  return open_sealed(owner, sha256, std::move(found));
}

}  // namespace heyan::store
