// A library that adds up how many bytes it hashes.
#pragma once

#include <memory>

#include "verifier/crypto/signature.h"

namespace heyan::test {

class Weighing final : public crypto::Engine {
 public:
  std::string_view name() const override { return "weighing"; }
  std::unique_ptr<crypto::Hasher> hasher(crypto::Hash hash) const override {
    return std::make_unique<Scale>(crypto::production_engines().second->hasher(hash), bytes_);
  }
  bool verify(const crypto::PublicKey& key, const crypto::Scheme& scheme, core::ByteView message,
              core::ByteView signature) const override {
    return crypto::production_engines().second->verify(key, scheme, message, signature);
  }
  std::size_t bytes() const { return bytes_; }

 private:
  class Scale final : public crypto::Hasher {
   public:
    Scale(std::unique_ptr<crypto::Hasher> own, std::size_t& bytes)
        : own_(std::move(own)), bytes_(bytes) {}
    void update(core::ByteView bytes) override {
      bytes_ += bytes.size();
      own_->update(bytes);
    }
    core::Bytes finish() override { return own_->finish(); }
    std::unique_ptr<crypto::Hasher> copy() const override {
      return std::make_unique<Scale>(own_->copy(), bytes_);
    }

   private:
    std::unique_ptr<crypto::Hasher> own_;
    std::size_t& bytes_;
  };

  mutable std::size_t bytes_ = 0;
};

}  // namespace heyan::test
