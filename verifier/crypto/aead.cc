#include "verifier/crypto/aead.h"

#include <cstdlib>

#include "verifier/crypto/openssl.h"
#include "verifier/crypto/sm4_gcm.h"

namespace heyan::crypto {
namespace {

using CipherContextPtr = std::unique_ptr<EVP_CIPHER_CTX, OpensslFree<EVP_CIPHER_CTX_free>>;

// What fails of these is memory, the library itself or a size that is ours: then nothing can go on.
void expect(bool holds) {
  if (!holds) std::abort();
}

// Ready for the message, for which `seals` says which way it goes.
CipherContextPtr begin(core::ByteView key, core::ByteView nonce, core::ByteView beside,
                       bool seals) {
  expect(key.size() == key_bytes(Aead::kAes256Gcm) && nonce.size() == kAeadNonceBytes);
  CipherContextPtr context(EVP_CIPHER_CTX_new());
  expect(context != nullptr);
  expect(EVP_CipherInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce.data(),
                           seals ? 1 : 0) == 1);
  int count = 0;
  expect(beside.empty() || EVP_CipherUpdate(context.get(), nullptr, &count, beside.data(),
                                            static_cast<int>(beside.size())) == 1);
  return context;
}

core::Bytes seal_aes256_gcm(core::ByteView key, core::ByteView nonce, core::ByteView beside,
                            core::ByteView message) {
  const CipherContextPtr context = begin(key, nonce, beside, true);
  core::Bytes sealed(message.size() + kAeadTagBytes);
  int count = 0;
  expect(message.empty() || EVP_EncryptUpdate(context.get(), sealed.data(), &count, message.data(),
                                              static_cast<int>(message.size())) == 1);
  int rest = 0;
  expect(EVP_EncryptFinal_ex(context.get(), sealed.data() + count, &rest) == 1);
  expect(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kAeadTagBytes,
                             sealed.data() + message.size()) == 1);
  return sealed;
}

std::optional<core::Bytes> open_aes256_gcm(core::ByteView key, core::ByteView nonce,
                                           core::ByteView beside, core::ByteView sealed) {
  if (sealed.size() < kAeadTagBytes) return std::nullopt;
  const ErrorQueueGuard guard;
  const CipherContextPtr context = begin(key, nonce, beside, false);
  core::Bytes tag = core::to_bytes(sealed.last(kAeadTagBytes));
  const core::ByteView hidden = sealed.first(sealed.size() - kAeadTagBytes);
  core::Bytes message(hidden.size());
  int count = 0;
  expect(hidden.empty() || EVP_DecryptUpdate(context.get(), message.data(), &count, hidden.data(),
                                             static_cast<int>(hidden.size())) == 1);
  expect(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kAeadTagBytes, tag.data()) == 1);
  int rest = 0;
  if (EVP_DecryptFinal_ex(context.get(), message.data() + count, &rest) != 1) return std::nullopt;
  return message;
}

}  // namespace

bool is_there(Aead aead) { return aead != Aead::kSm4Gcm || sm4_gcm_is_there(); }

core::Bytes seal_with(Aead aead, core::ByteView key, core::ByteView nonce, core::ByteView beside,
                      core::ByteView message) {
  return aead == Aead::kSm4Gcm ? seal_sm4_gcm(key, nonce, beside, message)
                               : seal_aes256_gcm(key, nonce, beside, message);
}

std::optional<core::Bytes> open_with(Aead aead, core::ByteView key, core::ByteView nonce,
                                     core::ByteView beside, core::ByteView sealed) {
  return aead == Aead::kSm4Gcm ? open_sm4_gcm(key, nonce, beside, sealed)
                               : open_aes256_gcm(key, nonce, beside, sealed);
}

}  // namespace heyan::crypto
