#include <botan/hash.h>

#include <cstdlib>

#include "verifier/crypto/botan_names.h"
#include "verifier/crypto/digest.h"

namespace heyan::crypto {
namespace {

class BotanHasher final : public Hasher {
 public:
  explicit BotanHasher(Hash hash) : hash_(Botan::HashFunction::create(botan_name(hash))) {
    if (!hash_) std::abort();  // an installation without this digest: never go on with one library
  }

  void update(core::ByteView bytes) override { hash_->update(bytes.data(), bytes.size()); }

  core::Bytes finish() override {
    core::Bytes digest(hash_->output_length());
    hash_->final(digest.data());
    return digest;
  }

  std::unique_ptr<Hasher> copy() const override {
    return std::make_unique<BotanHasher>(hash_->copy_state());
  }

  explicit BotanHasher(std::unique_ptr<Botan::HashFunction> hash) : hash_(std::move(hash)) {}

 private:
  std::unique_ptr<Botan::HashFunction> hash_;
};

}  // namespace

const char* botan_name(Hash hash) {
  switch (hash) {
    case Hash::kMd5:
      return "MD5";
    case Hash::kSha1:
      return "SHA-1";
    case Hash::kSha256:
      return "SHA-256";
    case Hash::kSha384:
      return "SHA-384";
    case Hash::kSha512:
      return "SHA-512";
    case Hash::kSm3:
      return "SM3";
    case Hash::kSha3_256:
      return "SHA-3(256)";
    case Hash::kKeccak256:
      return "Keccak-1600(256)";
    case Hash::kSha224:
      return "SHA-224";
  }
  std::abort();
}

std::unique_ptr<Hasher> botan_hasher(Hash hash) { return std::make_unique<BotanHasher>(hash); }

}  // namespace heyan::crypto
