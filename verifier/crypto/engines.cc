#include "verifier/crypto/handles.h"
#include "verifier/crypto/keccak.h"
#include "verifier/crypto/signature.h"

namespace heyan::crypto {
namespace {

class FirstEngine final : public Engine {
 public:
  std::string_view name() const override { return "openssl"; }
  std::unique_ptr<Hasher> hasher(Hash hash) const override {
    return hash == Hash::kKeccak256 ? nettle_keccak_256() : openssl_hasher(hash);
  }
  bool verify(const PublicKey& key, const Scheme& scheme, core::ByteView message,
              core::ByteView signature) const override {
    if (scheme.kind == SignatureKind::kEd25519) {
      return sodium_verify(key.point(), message, signature);
    }
    return openssl_verify(key.handles(), scheme, message, signature);
  }
};

class SecondEngine final : public Engine {
 public:
  std::string_view name() const override { return "botan"; }
  std::unique_ptr<Hasher> hasher(Hash hash) const override { return botan_hasher(hash); }
  bool verify(const PublicKey& key, const Scheme& scheme, core::ByteView message,
              core::ByteView signature) const override {
    if (scheme.kind == SignatureKind::kEd25519) {
      return openssl_verify(key.handles(), scheme, message, signature);
    }
    return botan_verify(key.handles(), scheme, message, signature);
  }
};

}  // namespace

Engines production_engines() {
  static const FirstEngine first;
  static const SecondEngine second;
  return {&first, &second};
}

}  // namespace heyan::crypto
