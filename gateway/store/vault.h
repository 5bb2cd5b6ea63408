// The evidence vault: files that are written once and never again, plain or encrypted. What lies
// where: vault_names.h; how it is encrypted: vault_keys.h, sealed_file.h.
//
// The same bytes are kept once a court, or once a submission where they are encrypted, and not once
// an installation, so that nobody learns from a name, a time or a quota what another court holds
// (security decision 30). What is encrypted may lie in a bucket instead (objects.h,
// sealed_object.h): then nothing is put into the folder, and what lies there is found before.
// Threat: names and paths are ours, but the files may have been changed on the disk since; whoever
// reads one measures it again (security decision 26). Any thread.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <span>

#include "gateway/store/objects.h"
#include "gateway/store/sealed_file.h"
#include "gateway/store/vault_keys.h"
#include "gateway/store/vault_names.h"

namespace heyan::store {

// A file that was received, and its SHA-256, which the receiver computed of the same bytes.
struct StagedFile {
  std::filesystem::path path;
  core::Bytes sha256;
};

// What nobody may need any more.
struct LeftFile {
  std::string place;                                    // beneath the vault
  std::chrono::sys_time<std::chrono::nanoseconds> put;  // last, by this machine's clock
  std::uint64_t bytes = 0;
};

struct VaultEncryption {
  std::optional<VaultKeyRing> keys;   // without them nothing that is encrypted can be read
  std::optional<crypto::Aead> with;   // what is put is encrypted so, or plain; needs keys
  std::filesystem::path temporaries;  // on the vault's file system; needed with keys
};

// As a configuration says; `key_file` may be empty. As VaultKeyRing::read; kNotFound: one is
// needed; kUnsupported also: the algorithm is not there. Before a sandbox is entered (aead.h).
core::Result<VaultEncryption> vault_encryption(std::optional<crypto::Aead> with,
                                               const std::filesystem::path& key_file,
                                               const std::filesystem::path& temporaries);

// Of a folder that no gateway uses, as a backup is one: whether what is encrypted there opens to
// the content of that digest. Nothing is written. kNotFound: it, or one of its keys, is not there;
// kChanged: it does not; else as VaultKey::unwrap and SealedBytes.
core::Result<void> check_sealed(const VaultKeyRing& keys, const std::filesystem::path& vault,
                                const VaultOwner& owner, core::ByteView sha256);

class Vault {
 public:
  // Makes the folder (mode 0700) where there is none. Court keys that stand under an earlier key of
  // the ring, or another algorithm, are wrapped under the one in use. kNotFound: no key of the ring
  // opens one, or there are none and the vault is encrypted; kChanged, kMalformed, kUnsupported: a
  // court's key cannot be read; kIo. `elsewhere`: where what is put lies, and outlives the vault;
  // null: in the folder. kUnsupported: that needs encryption, or null where a bucket has what was
  // put before.
  static core::Result<std::unique_ptr<Vault>> open(const std::filesystem::path& folder,
                                                   VaultEncryption encryption = {},
                                                   Objects* elsewhere = nullptr);

  // Moves them in: when it returns, all are on the disk under their names, or the bucket has them,
  // and they are gone from where they were. Where there is such a file already, it is read: one
  // that is what its name says stays, as put now, and what was brought is dropped; any other is
  // replaced. After
  // an error any of them may have moved; those are found again by the next attempt. The staging
  // folder is on the vault's file system. kMalformed: no SHA-256; kNotFound; kUnsupported: no
  // regular file; kChanged: to be encrypted, or to replace another, it was another file; kIo;
  // kInternal: the vault lost a court's key. `until`: for a bucket, when it is too late: kIo.
  core::Result<void> put_from_staging(const VaultOwner& owner, std::span<const StagedFile> files,
                                      Objects::Until until = {});

  // Before anything is put: told of each file that was replaced, and of whose filing did it. Until
  // then all who have it had a damaged one.
  using Mended = std::function<void(const VaultOwner& owner, core::ByteView sha256)>;
  void on_mended(Mended told) { on_mended_ = std::move(told); }

  // Whether the folder (no bucket) may have anything of the court's.
  bool has_folder(std::string_view court) const;
  // Of the court's folder (no bucket) that begins with that byte: what was put before `put_before`
  // and has none of these names (vault_names.h; sorted), at most so many. Files whose names are no
  // digest are not among them. kIo.
  core::Result<std::vector<LeftFile>> left_in(
      std::string_view court, std::uint8_t first, std::span<const VaultName> kept,
      std::chrono::sys_time<std::chrono::nanoseconds> put_before, std::size_t most) const;
  // False: it is not there any more, or was put once more since it was found. While nobody puts a
  // plain file. kIo.
  core::Result<bool> remove_left(const LeftFile& file);

  // Whether it is there, whatever its bytes. kNotFound, kMalformed, kUnsupported, kIo.
  core::Result<void> find(const VaultOwner& owner, core::ByteView sha256) const;
  // Only to read, from its beginning. What is encrypted is in a temporary file without a name; of
  // one that was changed, what comes before the change. As find(); kIo also where its key is not
  // there or does not open it, or the bucket does not answer.
  core::Result<os::Descriptor> open_read(const VaultOwner& owner, core::ByteView sha256) const;
  // The same piece by piece, without a temporary file. kChanged also.
  core::Result<std::unique_ptr<StoredBytes>> read(const VaultOwner& owner,
                                                  core::ByteView sha256) const;

  // Of what is encrypted nothing can be read any more; plain files stay. For a submission that was
  // deleted: its key, and its files: those of `all` that are encrypted in the folder, and of
  // `alone` what is plain, which nobody else at the court has. When it returns they are gone from
  // the disk; what is not there is no error, so after one it is tried again. kMalformed: no
  // SHA-256; kIo.
  core::Result<void> remove(const VaultOwner& owner, std::span<const core::Bytes> all,
                            std::span<const core::Bytes> alone);
  // What lies elsewhere of it alone, which may take long. As remove().
  core::Result<void> remove_elsewhere(const VaultOwner& owner, std::span<const core::Bytes> all);
  // A plain file that is put may be there already, and be another's. Whoever puts holds this until
  // a row of the store says that the file is its own, too; whoever removes asks the store, and
  // removes, while nobody does. Of what is encrypted each submission has its own: nothing is held.
  std::shared_lock<std::shared_mutex> putting() const {
    return encrypts() ? std::shared_lock<std::shared_mutex>() : std::shared_lock(owning_);
  }
  // The same for who encrypts plain files.
  std::shared_lock<std::shared_mutex> sealing() const { return std::shared_lock(owning_); }
  std::unique_lock<std::shared_mutex> removing() const { return std::unique_lock(owning_); }

  // Of a vault that encrypts, what was put before it did: a plain file is sealed for one of its
  // owners, and stays for the others. False: there is none, or the owner has it already. kChanged:
  // it is not what its name says; else as put_from_staging().
  core::Result<bool> seal_plain(const VaultOwner& owner, core::ByteView sha256);
  // When all its owners have it. False: there is none. kIo.
  core::Result<bool> drop_plain(std::string_view court, core::ByteView sha256);
  // Nothing plain is left of the court's; true until the vault is opened without encryption.
  bool is_all_sealed(std::string_view court) const;
  core::Result<void> mark_all_sealed(std::string_view court);

  bool encrypts() const { return encryption_.with.has_value(); }
  bool has_keys() const { return encryption_.keys.has_value(); }
  std::uint64_t wrapped_anew() const { return wrapped_anew_; }  // court keys, when it was opened

 private:
  struct CourtFolder {
    os::Descriptor folder;
    std::set<std::string, std::less<>> made;  // what is in it
  };
  struct Found {
    os::Descriptor file;
    bool sealed = false;
  };

  Vault(os::Descriptor folder, std::filesystem::path path, VaultEncryption encryption,
        Objects* elsewhere)
      : folder_(std::move(folder)),
        path_(std::move(path)),
        encryption_(std::move(encryption)),
        elsewhere_(elsewhere) {}
  core::Result<void> open_court_keys();
  core::Result<Found> look_up(const VaultOwner& owner, core::ByteView sha256) const;  // the folder
  core::Result<void> put_elsewhere(const VaultOwner& owner, std::span<const StagedFile> files,
                                   Objects::Until until);
  core::Result<void> mark_elsewhere();
  core::Result<std::unique_ptr<SealedBytes>> open_sealed(const VaultOwner& owner,
                                                         core::ByteView sha256,
                                                         core::Result<Found> found) const;
  // A folder of the court's that is on the disk: "ab".
  core::Result<int> folder_of(const std::string& court_name, const std::string& first);
  core::Result<void> write_small(core::ByteView bytes, int parent, const std::string& name) const;
  core::Result<VaultKey> court_key(const std::string& court_name, bool make) const;
  core::Result<VaultKey> key_to_seal(const VaultOwner& owner);
  core::Result<VaultKey> key_to_open(const VaultOwner& owner) const;
  core::Result<void> destroy_key(const VaultOwner& owner);
  // True: in the place of one that was not what its name says.
  core::Result<bool> seal_in(const StagedFile& staged, const VaultKey& key, int court,
                             const std::string& name) const;

  os::Descriptor folder_;
  std::filesystem::path path_;
  VaultEncryption encryption_;
  Objects* elsewhere_;
  std::uint64_t wrapped_anew_ = 0;
  Mended on_mended_;
  mutable std::shared_mutex owning_;
  mutable std::mutex courts_mutex_;
  std::map<std::string, CourtFolder, std::less<>> courts_;  // by name of folder
  bool marked_elsewhere_ = false;
  mutable std::map<std::string, VaultKey, std::less<>> court_keys_;
};

}  // namespace heyan::store
