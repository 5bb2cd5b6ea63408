#include "verifier/crypto/sm4_gcm.h"

#include <gcrypt.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <type_traits>

#include "verifier/crypto/aead.h"

namespace heyan::crypto {
namespace {

constexpr std::size_t kKeyBytes = key_bytes(Aead::kSm4Gcm);

struct Close {
  void operator()(gcry_cipher_hd_t cipher) const { gcry_cipher_close(cipher); }
};
using Cipher = std::unique_ptr<std::remove_pointer_t<gcry_cipher_hd_t>, Close>;

// What fails of these is memory, the library itself or a size that is ours: then nothing can go on.
void expect(bool holds) {
  if (!holds) std::abort();
}

// Null: the library gives none. Taking the key it tries itself on its own known answers.
Cipher with_key(core::ByteView key) {
  gcry_cipher_hd_t opened = nullptr;
  if (gcry_cipher_open(&opened, GCRY_CIPHER_SM4, GCRY_CIPHER_MODE_GCM, 0) != 0) return nullptr;
  Cipher cipher(opened);
  if (gcry_cipher_setkey(opened, key.data(), key.size()) != 0) return nullptr;
  return cipher;
}

// Ready for the message.
Cipher begin(core::ByteView key, core::ByteView nonce, core::ByteView beside) {
  expect(sm4_gcm_is_there() && key.size() == kKeyBytes && nonce.size() == kAeadNonceBytes);
  Cipher cipher = with_key(key);
  expect(cipher != nullptr);
  expect(gcry_cipher_setiv(cipher.get(), nonce.data(), nonce.size()) == 0);
  expect(beside.empty() ||
         gcry_cipher_authenticate(cipher.get(), beside.data(), beside.size()) == 0);
  return cipher;
}

}  // namespace

bool sm4_gcm_is_there() {
  // The library is to be begun once, before anything else is asked of it.
  static const bool kThere = [] {
    if (gcry_check_version(GCRYPT_VERSION) == nullptr) return false;
    gcry_control(GCRYCTL_DISABLE_SECMEM, 0);  // keys lie where those that OpenSSL is given lie
    gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    return with_key(std::array<std::uint8_t, kKeyBytes>{}) != nullptr;
  }();
  return kThere;
}

core::Bytes seal_sm4_gcm(core::ByteView key, core::ByteView nonce, core::ByteView beside,
                         core::ByteView message) {
  const Cipher cipher = begin(key, nonce, beside);
  core::Bytes sealed(message.size() + kAeadTagBytes);
  expect(message.empty() || gcry_cipher_encrypt(cipher.get(), sealed.data(), message.size(),
                                                message.data(), message.size()) == 0);
  expect(gcry_cipher_gettag(cipher.get(), sealed.data() + message.size(), kAeadTagBytes) == 0);
  return sealed;
}

std::optional<core::Bytes> open_sm4_gcm(core::ByteView key, core::ByteView nonce,
                                        core::ByteView beside, core::ByteView sealed) {
  if (sealed.size() < kAeadTagBytes) return std::nullopt;
  const Cipher cipher = begin(key, nonce, beside);
  const core::ByteView hidden = sealed.first(sealed.size() - kAeadTagBytes);
  const core::ByteView tag = sealed.last(kAeadTagBytes);
  core::Bytes message(hidden.size());
  expect(hidden.empty() || gcry_cipher_decrypt(cipher.get(), message.data(), message.size(),
                                               hidden.data(), hidden.size()) == 0);
  if (gcry_cipher_checktag(cipher.get(), tag.data(), tag.size()) != 0) return std::nullopt;
  return message;
}

}  // namespace heyan::crypto
