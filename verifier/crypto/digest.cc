#include "verifier/crypto/digest.h"

#include <array>
#include <cstdlib>

#include "verifier/crypto/openssl.h"

namespace heyan::crypto {
namespace {

struct HashRow {
  Hash hash;
  std::string_view name;
  const char* openssl_name;  // null: OpenSSL 3.0 lacks it
  std::size_t bytes;
  bool of_evidence = true;
};

constexpr std::array kHashes = {
    HashRow{Hash::kMd5, "md5", "MD5", 16},
    HashRow{Hash::kSha1, "sha-1", "SHA1", 20},
    HashRow{Hash::kSha256, "sha-256", "SHA2-256", 32},
    HashRow{Hash::kSha384, "sha-384", "SHA2-384", 48},
    HashRow{Hash::kSha512, "sha-512", "SHA2-512", 64},
    HashRow{Hash::kSm3, "sm3", "SM3", 32},
    HashRow{Hash::kSha3_256, "sha3-256", "SHA3-256", 32, false},
    HashRow{Hash::kKeccak256, "keccak-256", nullptr, 32, false},
    HashRow{Hash::kSha224, "sha-224", "SHA2-224", 28, false},
};

const HashRow& row(Hash hash) { return kHashes.at(static_cast<std::size_t>(hash)); }

// A digest cannot fail on any input: what fails here is memory or a broken installation, and a
// wrong digest must never be handed on.
void require(bool ok) {
  if (!ok) std::abort();
}

class OpensslHasher final : public Hasher {
 public:
  explicit OpensslHasher(Hash hash) : context_(EVP_MD_CTX_new()) {
    require(context_ && openssl_md(hash) != nullptr &&
            EVP_DigestInit_ex(context_.get(), openssl_md(hash), nullptr) == 1);
  }

  void update(core::ByteView bytes) override {
    require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
  }

  core::Bytes finish() override {
    core::Bytes digest(EVP_MAX_MD_SIZE);
    unsigned int size = 0;
    require(EVP_DigestFinal_ex(context_.get(), digest.data(), &size) == 1);
    digest.resize(size);
    return digest;
  }

  std::unique_ptr<Hasher> copy() const override {
    MdContextPtr context(EVP_MD_CTX_new());
    require(context && EVP_MD_CTX_copy_ex(context.get(), context_.get()) == 1);
    return std::make_unique<OpensslHasher>(std::move(context));
  }

  explicit OpensslHasher(MdContextPtr context) : context_(std::move(context)) {}

 private:
  MdContextPtr context_;
};

}  // namespace

// Fetched once and kept: OpenSSL 3.0 would otherwise look each one up, under a lock, for every
// digest.
const EVP_MD* openssl_md(Hash hash) {
  static const auto kFetched = [] {
    std::array<const EVP_MD*, kHashes.size()> fetched = {};
    for (std::size_t i = 0; i < kHashes.size(); ++i) {
      if (kHashes.at(i).openssl_name == nullptr) continue;
      fetched.at(i) = EVP_MD_fetch(nullptr, kHashes.at(i).openssl_name, nullptr);
      require(fetched.at(i) != nullptr);
    }
    return fetched;
  }();
  return kFetched.at(static_cast<std::size_t>(hash));
}

std::size_t digest_bytes(Hash hash) { return row(hash).bytes; }

std::string_view name(Hash hash) { return row(hash).name; }

std::optional<Hash> hash_by_name(std::string_view name) {
  for (const HashRow& candidate : kHashes) {
    if (candidate.of_evidence && candidate.name == name) return candidate.hash;
  }
  return std::nullopt;
}

std::unique_ptr<Hasher> openssl_hasher(Hash hash) { return std::make_unique<OpensslHasher>(hash); }

core::Bytes digest(Hash hash, core::ByteView bytes) {
  OpensslHasher hasher(hash);
  hasher.update(bytes);
  return hasher.finish();
}

core::Bytes sha256(core::ByteView bytes) { return digest(Hash::kSha256, bytes); }

}  // namespace heyan::crypto
