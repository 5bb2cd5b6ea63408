#include "gateway/store/vault_keys.h"

#include <sys/random.h>
#include <sys/stat.h>

#include <algorithm>

#include "gateway/os/folder.h"
#include "verifier/crypto/aead.h"
#include "verifier/crypto/hmac.h"

namespace heyan::store {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;

constexpr std::string_view kMagic = "HYvk";
constexpr std::size_t kHeadBytes = 16;  // as far as the id
constexpr std::size_t kMostKeys = 16;
constexpr std::size_t kLineBytes = 2 * VaultKey::kBytes + 1;

constexpr core::Error kNoKey{ErrorCode::kMalformed,
                             "the vault's key file holds lines of 64 hexadecimal digits, the key "
                             "in use first, each once, and nothing else"};

constexpr core::Error kNoneOfThem{ErrorCode::kNotFound,
                                  "a key of the vault is wrapped under no key of the key file"};

// The head, and whose key it is.
Bytes beside(ByteView head, std::string_view whose) {
  Bytes all = core::to_bytes(head);
  const ByteView owner = core::as_bytes(whose);
  all.insert(all.end(), owner.begin(), owner.end());
  return all;
}

}  // namespace

core::Result<Bytes> random_bytes(std::size_t count) {
  Bytes drawn(count);
  if (::getrandom(drawn.data(), drawn.size(), 0) != static_cast<ssize_t>(drawn.size())) {
    return fail(ErrorCode::kIo, "the operating system gave no random bytes");
  }
  return drawn;
}

VaultKey::VaultKey(Bytes bytes) : bytes_(std::move(bytes)) {
  id_ = derive("heyan.vault.id.v1\n", {});
  id_.resize(kVaultKeyIdBytes);
}

core::Result<VaultKey> VaultKey::draw() {
  HEYAN_TRY(Bytes drawn, random_bytes(kBytes));
  return VaultKey(std::move(drawn));
}

std::optional<VaultKey> VaultKey::from_hex(std::string_view digits) {
  auto bytes = core::from_hex(digits);
  if (!bytes || bytes->size() != kBytes) return std::nullopt;
  return VaultKey(*std::move(bytes));
}

Bytes VaultKey::derive(std::string_view use, ByteView about) const {
  Bytes message = core::to_bytes(use);
  message.insert(message.end(), about.begin(), about.end());
  return crypto::hmac_sha256(bytes_, message);
}

VaultKey VaultKey::of_court(std::string_view court_name) const {
  return VaultKey(derive("heyan.vault.court.v1\n", core::as_bytes(court_name)));
}

core::Result<Bytes> VaultKey::wrap(const VaultKey& other, std::string_view whose) const {
  Bytes wrapped = core::to_bytes(kMagic);
  wrapped.insert(wrapped.end(), {kVaultVersion, kAes256Gcm, 0, 0});
  wrapped.insert(wrapped.end(), id_.begin(), id_.end());
  HEYAN_TRY(const Bytes nonce, random_bytes(crypto::kAeadNonceBytes));
  const Bytes sealed = crypto::seal_aes256_gcm(derive("heyan.vault.wrap.v1\n", {}), nonce,
                                               beside(wrapped, whose), other.bytes_);
  wrapped.insert(wrapped.end(), nonce.begin(), nonce.end());
  wrapped.insert(wrapped.end(), sealed.begin(), sealed.end());
  return wrapped;
}

core::Result<VaultKey> VaultKey::unwrap(ByteView wrapped, std::string_view whose) const {
  if (wrapped.size() != kWrappedKeyBytes || !core::as_text(wrapped).starts_with(kMagic)) {
    return fail(ErrorCode::kMalformed, "that is no key of the vault");
  }
  if (wrapped[4] != kVaultVersion || wrapped[5] != kAes256Gcm) {
    return fail(ErrorCode::kUnsupported, "a key of the vault is of a later version than this one");
  }
  const ByteView head = wrapped.first(kHeadBytes);
  if (!core::equal(head.last(kVaultKeyIdBytes), id_)) {
    return fail(ErrorCode::kNotFound, "a key of the vault is wrapped under another key");
  }
  auto opened = crypto::open_aes256_gcm(
      derive("heyan.vault.wrap.v1\n", {}), wrapped.subspan(kHeadBytes, crypto::kAeadNonceBytes),
      beside(head, whose), wrapped.subspan(kHeadBytes + crypto::kAeadNonceBytes));
  if (!opened) return fail(ErrorCode::kChanged, "a key of the vault was changed");
  return VaultKey(*std::move(opened));
}

core::Result<VaultKeyRing> VaultKeyRing::read(const std::filesystem::path& file) {
  HEYAN_TRY(const os::OpenFile opened, os::open_named_file(file));
  struct stat status{};
  if (::fstat(opened.descriptor().get(), &status) != 0) {
    return fail(ErrorCode::kIo, "the vault's key file cannot be read");
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fail(ErrorCode::kUnsupported, "others can use the vault's key file: give it mode 0600");
  }
  os::MemorySink sink(kMostKeys * kLineBytes);
  const auto reading = opened.read_all(sink);
  if (!reading || reading->changed) return std::unexpected(kNoKey);
  const std::string text = core::to_string(std::move(sink).take());
  if (text.empty() || text.size() % kLineBytes != 0) return std::unexpected(kNoKey);
  std::vector<VaultKey> keys;
  for (std::size_t at = 0; at < text.size(); at += kLineBytes) {
    auto key = VaultKey::from_hex(std::string_view(text).substr(at, kLineBytes - 1));
    if (!key || text[at + kLineBytes - 1] != '\n' || std::ranges::find(keys, *key) != keys.end()) {
      return std::unexpected(kNoKey);
    }
    keys.push_back(*std::move(key));
  }
  return VaultKeyRing(std::move(keys));
}

core::Result<VaultKey> VaultKeyRing::unwrap(ByteView wrapped, std::string_view whose) const {
  for (const VaultKey& key : keys_) {
    auto unwrapped = key.unwrap(wrapped, whose);
    if (unwrapped || unwrapped.error().code != ErrorCode::kNotFound) return unwrapped;
  }
  return std::unexpected(kNoneOfThem);
}

core::Result<VaultKey> VaultKeyRing::unwrap_of_court(std::string_view court_name, ByteView wrapped,
                                                     std::string_view whose) const {
  for (const VaultKey& key : keys_) {
    auto unwrapped = key.of_court(court_name).unwrap(wrapped, whose);
    if (unwrapped || unwrapped.error().code != ErrorCode::kNotFound) return unwrapped;
  }
  return std::unexpected(kNoneOfThem);
}

}  // namespace heyan::store
