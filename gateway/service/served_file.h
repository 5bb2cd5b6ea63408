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
  static constexpr std::size_t kPieceBytes = 256u << 10;

  // kIo: not there, or not readable.
  static core::Result<ServedFile> open(const store::Vault& vault, std::string_view court,
                                       store::StoredFile file);

  // The next bytes; none after the last. kChanged: the stored bytes are others than those that were
  // received, and what is left of them is not given.
  core::Result<core::Bytes> next();
  // All of it. kLimit, before anything is read; else as next().
  core::Result<core::Bytes> all(std::size_t limit_bytes);

  // All of it is hashed, and nothing given out: kChanged, kIo. For who reads it by its descriptor
  // then, from wherever that stands.
  core::Result<void> check();
  int descriptor() const { return opened_.get(); }

  const store::StoredFile& file() const { return file_; }

 private:
  ServedFile(os::Descriptor opened, store::StoredFile file)
      : opened_(std::move(opened)),
        file_(std::move(file)),
        hasher_(crypto::openssl_hasher(crypto::Hash::kSha256)) {}

  os::Descriptor opened_;
  store::StoredFile file_;
  std::unique_ptr<crypto::Hasher> hasher_;
  std::uint64_t offset_ = 0;
};

}  // namespace heyan::service
