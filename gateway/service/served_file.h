// A file of the vault on its way out: hashed again while it is read (security decision 26).
//
// The last piece is kept back until all bytes have the digest under which the file was stored, so
// that nobody ever holds the whole of a file that was changed on the disk. One thread at a time.
#pragma once

#include <memory>

#include "gateway/store/submission.h"
#include "gateway/store/vault.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {

class ServedFile {
 public:
  static constexpr std::size_t kPieceBytes = store::StoredBytes::kPieceBytes;

  // kIo: not there, or not readable. The vault stays.
  static core::Result<ServedFile> open(const store::Vault& vault, const store::VaultOwner& owner,
                                       store::StoredFile file);

  // The next bytes; none after the last. kChanged: the stored bytes are others than those that were
  // received, and what is left of them is not given.
  core::Result<core::Bytes> next();
  // All of it. kLimit, before anything is read; else as next().
  core::Result<core::Bytes> all(std::size_t limit_bytes);

  // The whole of it, however much was given before, to be read by its descriptor: hashed, and only
  // then given. kChanged, kIo.
  core::Result<os::Descriptor> whole() const;

  const store::StoredFile& file() const { return file_; }

 private:
  ServedFile(const store::Vault& vault, const store::VaultOwner& owner, store::StoredFile file,
             std::unique_ptr<store::StoredBytes> bytes)
      : vault_(&vault),
        court_(owner.court),
        submission_(owner.submission),
        file_(std::move(file)),
        bytes_(std::move(bytes)),
        hasher_(crypto::openssl_hasher(crypto::Hash::kSha256)) {}
  // Of a descriptor of the same file.
  ServedFile(const ServedFile& other, std::unique_ptr<store::StoredBytes> bytes)
      : ServedFile(*other.vault_, {.court = other.court_, .submission = other.submission_},
                   other.file_, std::move(bytes)) {}

  const store::Vault* vault_;
  std::string court_;
  std::string submission_;
  store::StoredFile file_;
  std::unique_ptr<store::StoredBytes> bytes_;
  std::unique_ptr<crypto::Hasher> hasher_;
  std::uint64_t offset_ = 0;
};

}  // namespace heyan::service
