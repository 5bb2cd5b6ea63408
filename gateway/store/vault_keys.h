// The keys of an encrypted vault, each wrapped under the one above it.
//
//   key_file (of the configuration) ──▶ VAULT/COURT/court.key ──▶ VAULT/COURT/ab/cdef….key
//   the installation's, by chance       a court's, by chance      a submission's, by chance
//
// So whoever has the vault's disk has nothing; another key_file means that a few court keys are
// wrapped anew and no evidence is touched; and without a submission's key its files are gone. A
// wrapped key is 76 bytes:
//
//   "HYvk" | version 1 | algorithm | 0 0 | id of the wrapping key (8) | nonce (12) | ciphertext |
//   tag
//
//   id           = the first 8 bytes of MAC( key, "heyan.vault.id.v1\n" )
//   wraps with   = MAC( key, "heyan.vault.wrap.v1\n" ), as many bytes as the algorithm has
//   authenticated beside it: the first 16 bytes, and whose key it is ("court\n…", "case\n…")
//
//   algorithm 1: AES-256-GCM (32 bytes), MAC is HMAC-SHA-256
//   algorithm 2: SM4-GCM (16 bytes),     MAC is HMAC-SM3
//
// A key itself is 32 bytes by chance, whatever the algorithm: each head says with which one that
// was written. So a vault may hold both, and what is new is written with the one that is
// configured: court keys when the vault is opened, keys of submissions that have none, files. A
// submission's key is never written a second time, for that could bring back one that a deletion
// removed: it stays under the algorithm of its time, also where files come to it later.
//
// Where the vault is a bucket (sealed_object.h), no key lies there by itself: each object has its
// own before it, wrapped under a court's that is made of the installation's:
//
//   court's      = MAC( installation's, "heyan.vault.court.v1\n" COURT )
//
// Several gateways then agree on it without a name that only the first of them may write, which
// not all stores have.
//
// Threat: the vault's disk is an attacker's, key_file is not. Another algorithm in a head means
// another id, and other keys: it opens to nothing. Any thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/crypto/aead.h"

namespace heyan::store {

inline constexpr std::size_t kVaultKeyIdBytes = 8;
inline constexpr std::size_t kVaultHeadBytes = 16;  // as far as the id
inline constexpr std::size_t kWrappedKeyBytes = 76;

// `count` bytes by chance. kIo.
core::Result<core::Bytes> random_bytes(std::size_t count);

class VaultKey {
 public:
  static constexpr std::size_t kBytes = 32;

  static core::Result<VaultKey> draw();  // kIo
  // 64 hexadecimal digits.
  static std::optional<VaultKey> from_hex(std::string_view digits);

  // Tells which key it is, and nothing of it: 8 bytes.
  core::Bytes id(crypto::Aead with) const;
  // How all that is written with this key begins: magic | version | algorithm | 0 0 | id.
  core::Bytes head(std::string_view magic, crypto::Aead with) const;
  // A key for that algorithm which only who has this one can make.
  core::Bytes derive(crypto::Aead with, std::string_view use, core::ByteView about) const;

  // As the installation's: a court's, of what lies in a bucket. `court_name`: its folder's.
  VaultKey of_court(crypto::Aead with, std::string_view court_name) const;

  core::Result<core::Bytes> wrap(crypto::Aead with, const VaultKey& other,
                                 std::string_view whose) const;
  // kNotFound: another key wrapped it; kChanged: it is not what was wrapped for that owner;
  // kMalformed; kUnsupported: of a later version.
  core::Result<VaultKey> unwrap(core::ByteView wrapped, std::string_view whose) const;

  bool operator==(const VaultKey& other) const { return bytes_ == other.bytes_; }

 private:
  explicit VaultKey(core::Bytes bytes) : bytes_(std::move(bytes)) {}
  core::Bytes bytes_;
};

// With which algorithm something was written that begins with that head, whatever its magic.
// Nothing: of a later version, or no library gives it here.
std::optional<crypto::Aead> algorithm_in(core::ByteView head);
// Of a wrapped key. kMalformed, kUnsupported.
core::Result<crypto::Aead> algorithm_of_wrapped(core::ByteView wrapped);

// Those of key_file: a line of 64 hexadecimal digits each, the one in use first, then earlier ones
// under which court keys may still stand.
class VaultKeyRing {
 public:
  // kNotFound; kIo; kUnsupported: others can read or write it; kMalformed: something else, one key
  // twice, or more than 16.
  static core::Result<VaultKeyRing> read(const std::filesystem::path& file);

  const VaultKey& in_use() const { return keys_.front(); }
  // As VaultKey::unwrap, by whichever of them.
  core::Result<VaultKey> unwrap(core::ByteView wrapped, std::string_view whose) const;
  // The same by the courts' keys that are made of them.
  core::Result<VaultKey> unwrap_of_court(std::string_view court_name, core::ByteView wrapped,
                                         std::string_view whose) const;

 private:
  explicit VaultKeyRing(std::vector<VaultKey> keys) : keys_(std::move(keys)) {}
  std::vector<VaultKey> keys_;
};

}  // namespace heyan::store
