// The vault's keys on its disk, and files that are encrypted on their way in.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "gateway/store/sealed_file.h"
#include "gateway/store/vault.h"
#include "gateway/store/vault_disk.h"
#include "verifier/crypto/digest.h"

namespace heyan::store {
namespace {

using core::ErrorCode;

constexpr core::Error kCourtKeyIsGone{
    ErrorCode::kInternal, "the vault lost the key of a court: restore its court.key from a backup"};

// What only a key of that court could have written.
core::Result<bool> has_sealed(const std::filesystem::path& court) {
  std::error_code error;
  std::filesystem::recursive_directory_iterator entry(court, error);
  for (; !error && entry != std::filesystem::recursive_directory_iterator();
       entry.increment(error)) {
    const std::filesystem::path suffix = entry->path().extension();
    if (suffix == kSealed || suffix == kKey) return true;
  }
  if (error) return core::fail(ErrorCode::kIo, "the vault cannot be looked through");
  return false;
}

}  // namespace

core::Result<VaultEncryption> vault_encryption(std::optional<crypto::Aead> with,
                                               const std::filesystem::path& key_file,
                                               const std::filesystem::path& temporaries) {
  VaultEncryption encryption{.keys = std::nullopt, .with = with, .temporaries = temporaries};
  if (!key_file.empty()) {
    HEYAN_TRY(encryption.keys, VaultKeyRing::read(key_file));
    // Whatever is configured: what was put before may need it.
    const bool has_sm4 = crypto::is_there(crypto::Aead::kSm4Gcm);
    if (with == crypto::Aead::kSm4Gcm && !has_sm4) {
      return core::fail(ErrorCode::kUnsupported, "libgcrypt gives no SM4-GCM on this machine");
    }
  } else if (with) {
    return core::fail(ErrorCode::kNotFound, "the vault is to be encrypted, and no key file named");
  }
  return encryption;
}

namespace {

core::Result<void> check_content(os::Descriptor file, const VaultKey& key, core::ByteView sha256) {
  HEYAN_TRY(const auto bytes, SealedBytes::open(std::move(file), key, sha256));
  const auto hasher = crypto::openssl_hasher(crypto::Hash::kSha256);
  while (true) {
    HEYAN_TRY(const core::Bytes piece, bytes->next());
    if (piece.empty()) break;
    hasher->update(piece);
  }
  if (core::equal(hasher->finish(), sha256)) return {};
  return core::fail(ErrorCode::kChanged, "an encrypted file is another than its name says");
}

}  // namespace

core::Result<void> check_sealed(const VaultKeyRing& keys, const std::filesystem::path& vault,
                                const VaultOwner& owner, core::ByteView sha256) {
  HEYAN_TRY(const os::Descriptor folder, open_folder(AT_FDCWD, vault.c_str()));
  const std::string court_name = court_folder(owner.court);
  HEYAN_TRY(const core::Bytes of_whole_court,
            read_small_file(folder.get(), court_key_place(owner.court), kWrappedKeyBytes));
  HEYAN_TRY(const VaultKey court, keys.unwrap(of_whole_court, of_court(court_name)));
  HEYAN_TRY(const core::Bytes wrapped,
            read_small_file(folder.get(), key_place(owner), kWrappedKeyBytes));
  HEYAN_TRY(const VaultKey key, court.unwrap(wrapped, of_case(owner.submission)));
  HEYAN_TRY(const std::string place, sealed_place(owner, sha256));
  HEYAN_TRY(os::Descriptor file, open_file(folder.get(), place));
  return check_content(std::move(file), key, sha256);
}

core::Result<void> Vault::open_court_keys() {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(path_, error)) {
    const std::string name = entry.path().filename().string();
    const auto folder = open_folder(folder_.get(), name.c_str());
    if (!folder) continue;
    const std::string mark(kAllSealed);
    if (!encrypts() && ::unlinkat(folder->get(), mark.c_str(), 0) != 0 && errno != ENOENT) {
      return std::unexpected(vault_error(errno));
    }
    const auto wrapped = read_small_file(folder->get(), std::string(kCourtKey), kWrappedKeyBytes);
    if (!wrapped && wrapped.error().code == ErrorCode::kNotFound) continue;
    if (!wrapped) return std::unexpected(wrapped.error());
    if (!has_keys()) {
      return core::fail(ErrorCode::kNotFound,
                        "the vault is encrypted, and no key file is named for it");
    }
    HEYAN_TRY(VaultKey key, encryption_.keys->unwrap(*wrapped, of_court(name)));
    HEYAN_TRY(const crypto::Aead found, algorithm_of_wrapped(*wrapped));
    const crypto::Aead with = encryption_.with.value_or(found);
    const VaultKey& in_use = encryption_.keys->in_use();
    if (with != found || !in_use.unwrap(*wrapped, of_court(name))) {
      HEYAN_TRY(const core::Bytes anew, in_use.wrap(with, key, of_court(name)));
      HEYAN_TRY(FileAside aside, FileAside::create(encryption_.temporaries));
      HEYAN_CHECK_OK(write_on(aside.descriptor(), anew));
      HEYAN_CHECK_OK(aside.replace(folder->get(), std::string(kCourtKey)));
      HEYAN_CHECK_OK(sync(*folder));
      ++wrapped_anew_;
    }
    court_keys_.emplace(name, std::move(key));
  }
  if (error) return core::fail(ErrorCode::kIo, "the vault cannot be looked through");
  return {};
}

// kDuplicate: another process was first, and its key stays.
core::Result<void> Vault::write_small(core::ByteView bytes, int parent,
                                      const std::string& name) const {
  HEYAN_TRY(FileAside aside, FileAside::create(encryption_.temporaries));
  HEYAN_CHECK_OK(write_on(aside.descriptor(), bytes));
  return aside.name(parent, name);
}

// A key is on the disk before anything that needs it.
core::Result<VaultKey> Vault::court_key(const std::string& court_name, bool make) const {
  const std::lock_guard lock(courts_mutex_);
  if (const auto known = court_keys_.find(court_name); known != court_keys_.end()) {
    return known->second;
  }
  if (make) {
    HEYAN_CHECK_OK(make_folder(folder_.get(), court_name.c_str()));
    HEYAN_CHECK_OK(sync(folder_));
  }
  HEYAN_TRY(const os::Descriptor folder, open_folder(folder_.get(), court_name.c_str()));
  const std::string file(kCourtKey);
  auto wrapped = read_small_file(folder.get(), file, kWrappedKeyBytes);
  if (make && !wrapped && wrapped.error().code == ErrorCode::kNotFound) {
    HEYAN_TRY(const bool lost, has_sealed(path_ / court_name));
    if (lost) return std::unexpected(kCourtKeyIsGone);
    HEYAN_TRY(const VaultKey drawn, VaultKey::draw());
    HEYAN_TRY(const core::Bytes made,
              encryption_.keys->in_use().wrap(*encryption_.with, drawn, of_court(court_name)));
    const auto written = write_small(made, folder.get(), file);
    if (!written && written.error().code != ErrorCode::kDuplicate) {
      return std::unexpected(written.error());
    }
    HEYAN_CHECK_OK(sync(folder));
    wrapped = read_small_file(folder.get(), file, kWrappedKeyBytes);
  }
  if (!wrapped) return std::unexpected(wrapped.error());
  HEYAN_TRY(VaultKey key, encryption_.keys->unwrap(*wrapped, of_court(court_name)));
  court_keys_.emplace(court_name, key);
  return key;
}

core::Result<VaultKey> Vault::key_to_seal(const VaultOwner& owner) {
  const std::string court_name = court_folder(owner.court);
  HEYAN_TRY(const VaultKey court, court_key(court_name, true));
  const std::string file = spread(key_name(owner.submission), kKey);
  const std::string first = file.substr(0, 2);
  HEYAN_TRY(const int folder, folder_of(court_name, first));
  auto wrapped = read_small_file(folder, file, kWrappedKeyBytes);
  if (!wrapped && wrapped.error().code == ErrorCode::kNotFound) {
    HEYAN_TRY(const VaultKey drawn, VaultKey::draw());
    HEYAN_TRY(const core::Bytes made,
              court.wrap(*encryption_.with, drawn, of_case(owner.submission)));
    const auto written = write_small(made, folder, file);
    if (!written && written.error().code != ErrorCode::kDuplicate) {
      return std::unexpected(written.error());
    }
    wrapped = read_small_file(folder, file, kWrappedKeyBytes);
  }
  if (!wrapped) return std::unexpected(wrapped.error());
  // Even where it was there: another thread may have named it a moment ago.
  HEYAN_CHECK_OK(sync_folder(folder, first));
  return court.unwrap(*wrapped, of_case(owner.submission));
}

// Whatever is wrong with the keys is no word about the file: with them restored it can be read.
core::Result<VaultKey> Vault::key_to_open(const VaultOwner& owner) const {
  const auto lost = [] {
    return core::fail(ErrorCode::kIo, "the key of a submission's files is lost or was changed");
  };
  const auto court = court_key(court_folder(owner.court), false);
  if (!court) return lost();
  const auto wrapped = read_small_file(folder_.get(), key_place(owner), kWrappedKeyBytes);
  if (!wrapped) return lost();
  auto key = court->unwrap(*wrapped, of_case(owner.submission));
  if (!key) return lost();
  return *std::move(key);
}

core::Result<bool> Vault::seal_in(const StagedFile& staged, const VaultKey& key, int court,
                                  const std::string& name) const {
  HEYAN_TRY(const os::Descriptor file, open_file(AT_FDCWD, staged.path.string()));
  const auto is_kept = [&] {
    auto kept = open_file(court, name);
    return kept && check_content(*std::move(kept), key, staged.sha256);
  };
  if (is_kept()) {
    HEYAN_CHECK_OK(say_put_now(court, name));
    return false;
  }
  HEYAN_TRY(FileAside aside, FileAside::create(encryption_.temporaries));
  HEYAN_CHECK_OK(seal_file(file, aside.descriptor(), *encryption_.with, key, staged.sha256));
  const auto named = aside.name(court, name);
  if (named) return false;
  if (named.error().code != ErrorCode::kDuplicate) return std::unexpected(named.error());
  if (is_kept()) return false;  // another thread named it a moment ago
  HEYAN_CHECK_OK(aside.replace(court, name));
  return true;
}

core::Result<bool> Vault::seal_plain(const VaultOwner& owner, core::ByteView sha256) {
  HEYAN_TRY(const std::string plain, place_in_vault(owner.court, sha256));
  const auto file = open_file(folder_.get(), plain);
  if (!file && file.error().code == ErrorCode::kNotFound) return false;
  if (!file) return std::unexpected(file.error());
  const std::string name = spread(sealed_name(owner.submission, sha256), kSealed);
  const std::string first = name.substr(0, 2);
  HEYAN_TRY(const int folder, folder_of(court_folder(owner.court), first));
  if (auto sealed = open_file(folder, name)) {
    // Before the plain one goes: what an interrupted run left may be damaged, or its key lost.
    HEYAN_TRY(const VaultKey key, key_to_open(owner));
    HEYAN_CHECK_OK(check_content(*std::move(sealed), key, sha256));
    HEYAN_CHECK_OK(sync_folder(folder, first));
    return false;
  }
  HEYAN_TRY(const VaultKey key, key_to_seal(owner));
  HEYAN_TRY(FileAside aside, FileAside::create(encryption_.temporaries));
  HEYAN_CHECK_OK(seal_file(*file, aside.descriptor(), *encryption_.with, key, sha256));
  const auto named = aside.name(folder, name);
  if (!named && named.error().code != ErrorCode::kDuplicate) return std::unexpected(named.error());
  HEYAN_CHECK_OK(sync_folder(folder, first));
  return true;
}

core::Result<bool> Vault::drop_plain(std::string_view court, core::ByteView sha256) {
  HEYAN_TRY(const std::string plain, place_in_vault(court, sha256));
  if (::unlinkat(folder_.get(), plain.c_str(), 0) == 0) return true;
  if (errno == ENOENT) return false;
  return std::unexpected(vault_error(errno));
}

bool Vault::is_all_sealed(std::string_view court) const {
  const std::string mark = court_folder(court).append("/").append(kAllSealed);
  return encrypts() && open_file(folder_.get(), mark).has_value();
}

core::Result<void> Vault::mark_all_sealed(std::string_view court) {
  const std::string court_name = court_folder(court);
  HEYAN_CHECK_OK(make_folder(folder_.get(), court_name.c_str()));  // where all lies in a bucket
  HEYAN_TRY(const os::Descriptor folder, open_folder(folder_.get(), court_name.c_str()));
  const auto written = write_small({}, folder.get(), std::string(kAllSealed));
  if (!written && written.error().code != ErrorCode::kDuplicate) return written;
  return sync(folder);
}

core::Result<void> Vault::destroy_key(const VaultOwner& owner) {
  const std::filesystem::path key = key_place(owner);
  if (::unlinkat(folder_.get(), key.c_str(), 0) != 0) {
    if (errno == ENOENT) return {};
    return std::unexpected(vault_error(errno));
  }
  return sync_folder(folder_.get(), key.parent_path());
}

}  // namespace heyan::store
