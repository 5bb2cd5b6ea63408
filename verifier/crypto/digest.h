// Digests, always by two libraries.
//
// SHA-1 and MD5 are here because old ledger records hold them; whether they still prove anything is
// policy. Pure, any thread.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::crypto {

enum class Hash : std::uint8_t {
  kMd5,
  kSha1,
  kSha256,
  kSha384,
  kSha512,
  kSm3,
  kSha3_256,   // FIPS 202; of ledgers, never of evidence
  kKeccak256,  // SHA-3 before FIPS 202 changed its padding; likewise
  kSha224,     // of time stamps and evidence records, never declared of evidence
};

std::size_t digest_bytes(Hash hash);
// "md5" "sha-1" "sha-256" "sha-384" "sha-512" "sm3", as contracts and reports write them;
// "sha3-256" "keccak-256" "sha-224", which only ledgers and time stamps use.
std::string_view name(Hash hash);
// A digest that evidence may be said to have: none that only ledgers and time stamps use.
std::optional<Hash> hash_by_name(std::string_view name);

// One running digest of one library. Not for use from two threads at once; may move between
// threads.
class Hasher {
 public:
  virtual ~Hasher() = default;
  virtual void update(core::ByteView bytes) = 0;
  virtual core::Bytes finish() = 0;  // once
  // Another one that has seen the same bytes: for the digest of a beginning.
  virtual std::unique_ptr<Hasher> copy() const = 0;
};

// The two libraries. Production: OpenSSL and Botan; OpenSSL 3.0 lacks Keccak-256 (aborts), which
// Nettle computes instead: Engine::hasher knows, or keccak.h.
std::unique_ptr<Hasher> openssl_hasher(Hash hash);
std::unique_ptr<Hasher> botan_hasher(Hash hash);

// SHA-256 of memory by OpenSSL alone: for names, memo keys and bindings, where nothing is judged.
core::Bytes sha256(core::ByteView bytes);
// One digest by OpenSSL alone. What decides goes through SignatureChecker::digest.
core::Bytes digest(Hash hash, core::ByteView bytes);

}  // namespace heyan::crypto
