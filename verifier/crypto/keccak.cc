#include "verifier/crypto/keccak.h"

#include <nettle/sha3.h>

namespace heyan::crypto {
namespace {

// SHA3-256 and Keccak-256 differ in the first byte of the padding alone (FIPS 202 B.2; Keccak
// submission 3.0, "pad10*1"). Nettle absorbs and permutes; the padding is given to it as if it were
// message, which completes the last block.
class NettleKeccak256 final : public Hasher {
 public:
  NettleKeccak256() { sha3_256_init(&context_); }

  void update(core::ByteView bytes) override {
    sha3_256_update(&context_, bytes.size(), bytes.data());
  }

  core::Bytes finish() override {
    core::Bytes padding(SHA3_256_BLOCK_SIZE - context_.index);
    padding.front() = 0x01;
    padding.back() |= 0x80;
    update(padding);
    core::Bytes digest;
    digest.reserve(SHA3_256_DIGEST_SIZE);
    for (std::size_t i = 0; i < SHA3_256_DIGEST_SIZE; ++i) {
      digest.push_back(static_cast<std::uint8_t>(context_.state.a[i / 8] >> (8 * (i % 8))));
    }
    return digest;
  }

  std::unique_ptr<Hasher> copy() const override { return std::make_unique<NettleKeccak256>(*this); }

 private:
  sha3_256_ctx context_;
};

}  // namespace

std::unique_ptr<Hasher> nettle_keccak_256() { return std::make_unique<NettleKeccak256>(); }

}  // namespace heyan::crypto
