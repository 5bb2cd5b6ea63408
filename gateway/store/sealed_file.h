// A file of the vault as it lies there encrypted.
//
//   head: "HYvf" | version 1 | algorithm | 0 0 | id of the submission's key (8) | salt (32)
//   then pieces of 256 KiB, of which the last may be shorter: ciphertext | tag (16)
//
//   file key         = MAC( submission's key, "heyan.vault.file.v1\n" || head || SHA-256 )
//   nonce of piece n = 0 0 0 | n (8, big-endian) | 1 of the last one, else 0
//
// Algorithm, MAC and id: vault_keys.h. SHA-256 is that of the content, by which the file is asked
// for: so a file, or a piece of one, that was put in the place of another, of the same submission
// or not, opens as little as one that was cut, put in another order or changed. The salt is by
// chance: no two files have one key, whatever they hold. Threat: the disk is an attacker's. One
// thread at a time.
#pragma once

#include <memory>

#include "gateway/store/stored_bytes.h"
#include "gateway/store/vault_keys.h"

namespace heyan::store {

// Encrypts `from`, from where it stands to its end. kChanged: that is not the content of this
// digest; kIo.
core::Result<void> seal_file(const os::Descriptor& from, const os::Descriptor& to,
                             crypto::Aead with, const VaultKey& key, core::ByteView sha256);

class SealedBytes final : public StoredBytes {
 public:
  // From where `file` stands to its end. kIo: it cannot be read, or another key is needed;
  // kChanged: it is no such file; kUnsupported: of a later version, or by an
  // algorithm that is not there.
  static core::Result<std::unique_ptr<SealedBytes>> open(os::Descriptor file, const VaultKey& key,
                                                         core::ByteView sha256);

  // What comes before a change is given, what was changed is not.
  core::Result<core::Bytes> next() override;

 private:
  SealedBytes(os::Descriptor file, crypto::Aead with, core::Bytes key, std::uint64_t left_bytes)
      : file_(std::move(file)), with_(with), key_(std::move(key)), left_bytes_(left_bytes) {}

  os::Descriptor file_;
  crypto::Aead with_;
  core::Bytes key_;
  std::uint64_t left_bytes_;  // of it, on the disk
  std::uint64_t number_ = 0;
  bool ended_ = false;
};

}  // namespace heyan::store
