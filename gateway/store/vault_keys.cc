#include "gateway/store/vault_keys.h"

#include <sys/random.h>
#include <sys/stat.h>

#include <algorithm>

#include "gateway/os/folder.h"
#include "verifier/crypto/hmac.h"

namespace heyan::store {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using crypto::Aead;

constexpr std::string_view kMagic = "HYvk";
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kVersionAt = 4;
constexpr std::size_t kAlgorithmAt = 5;
constexpr std::string_view kWraps = "heyan.vault.wrap.v1\n";
constexpr std::size_t kMostKeys = 16;
constexpr std::size_t kLineBytes = 2 * VaultKey::kBytes + 1;

constexpr core::Error kNoKey{ErrorCode::kMalformed,
                             "the vault's key file holds lines of 64 hexadecimal digits, the key "
                             "in use first, each once, and nothing else"};

constexpr core::Error kNoneOfThem{ErrorCode::kNotFound,
                                  "a key of the vault is wrapped under no key of the key file"};

std::uint8_t number_of(Aead with) { return with == Aead::kSm4Gcm ? 2 : 1; }

Bytes mac(Aead with, ByteView key, std::string_view use, ByteView about) {
  Bytes message = core::to_bytes(use);
  message.insert(message.end(), about.begin(), about.end());
  return with == Aead::kSm4Gcm ? crypto::hmac_sm3(key, message) : crypto::hmac_sha256(key, message);
}

Bytes first(Bytes bytes, std::size_t count) {
  bytes.resize(count);
  return bytes;
}

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

core::Result<VaultKey> VaultKey::draw() {
  HEYAN_TRY(Bytes drawn, random_bytes(kBytes));
  return VaultKey(std::move(drawn));
}

std::optional<VaultKey> VaultKey::from_hex(std::string_view digits) {
  auto bytes = core::from_hex(digits);
  if (!bytes || bytes->size() != kBytes) return std::nullopt;
  return VaultKey(*std::move(bytes));
}

Bytes VaultKey::id(Aead with) const {
  return first(mac(with, bytes_, "heyan.vault.id.v1\n", {}), kVaultKeyIdBytes);
}

Bytes VaultKey::head(std::string_view magic, Aead with) const {
  Bytes head = core::to_bytes(magic);
  head.insert(head.end(), {kVersion, number_of(with), 0, 0});
  const Bytes mine = id(with);
  head.insert(head.end(), mine.begin(), mine.end());
  return head;
}

Bytes VaultKey::derive(Aead with, std::string_view use, ByteView about) const {
  return first(mac(with, bytes_, use, about), crypto::key_bytes(with));
}

VaultKey VaultKey::of_court(Aead with, std::string_view court_name) const {
  return VaultKey(mac(with, bytes_, "heyan.vault.court.v1\n", core::as_bytes(court_name)));
}

core::Result<Bytes> VaultKey::wrap(Aead with, const VaultKey& other, std::string_view whose) const {
  Bytes wrapped = head(kMagic, with);
  HEYAN_TRY(const Bytes nonce, random_bytes(crypto::kAeadNonceBytes));
  const Bytes sealed = crypto::seal_with(with, derive(with, kWraps, {}), nonce,
                                         beside(wrapped, whose), other.bytes_);
  wrapped.insert(wrapped.end(), nonce.begin(), nonce.end());
  wrapped.insert(wrapped.end(), sealed.begin(), sealed.end());
  return wrapped;
}

core::Result<VaultKey> VaultKey::unwrap(ByteView wrapped, std::string_view whose) const {
  HEYAN_TRY(const Aead with, algorithm_of_wrapped(wrapped));
  const ByteView head = wrapped.first(kVaultHeadBytes);
  if (!core::equal(head.last(kVaultKeyIdBytes), id(with))) {
    return fail(ErrorCode::kNotFound, "a key of the vault is wrapped under another key");
  }
  const ByteView nonce = wrapped.subspan(kVaultHeadBytes, crypto::kAeadNonceBytes);
  auto opened = crypto::open_with(with, derive(with, kWraps, {}), nonce, beside(head, whose),
                                  wrapped.subspan(kVaultHeadBytes + crypto::kAeadNonceBytes));
  if (!opened) return fail(ErrorCode::kChanged, "a key of the vault was changed");
  return VaultKey(*std::move(opened));
}

std::optional<Aead> algorithm_in(ByteView head) {
  if (head[kVersionAt] != kVersion) return std::nullopt;
  for (const Aead with : {Aead::kAes256Gcm, Aead::kSm4Gcm}) {
    if (head[kAlgorithmAt] == number_of(with) && crypto::is_there(with)) return with;
  }
  return std::nullopt;
}

core::Result<Aead> algorithm_of_wrapped(ByteView wrapped) {
  if (wrapped.size() != kWrappedKeyBytes || !core::as_text(wrapped).starts_with(kMagic)) {
    return fail(ErrorCode::kMalformed, "that is no key of the vault");
  }
  if (const auto with = algorithm_in(wrapped)) return *with;
  return fail(ErrorCode::kUnsupported,
              "a key of the vault is of a later version or an algorithm that is not there");
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
  HEYAN_TRY(const Aead with, algorithm_of_wrapped(wrapped));
  for (const VaultKey& key : keys_) {
    auto unwrapped = key.of_court(with, court_name).unwrap(wrapped, whose);
    if (unwrapped || unwrapped.error().code != ErrorCode::kNotFound) return unwrapped;
  }
  return std::unexpected(kNoneOfThem);
}

}  // namespace heyan::store
