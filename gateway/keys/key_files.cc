#include "gateway/keys/key_files.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>

#include "gateway/os/folder.h"
#include "gateway/os/write_file.h"
#include "verifier/core/text.h"
#include "verifier/crypto/pem.h"

namespace heyan::keys {
namespace {

using core::ErrorCode;
using crypto::KeyAlgorithm;
using std::filesystem::path;

constexpr std::size_t kLimitBytes = 64u << 10;
constexpr std::string_view kRemedy = "Make keys with `heyan keys new DIR`.";
// Who is told to make keys, and has some, loses those.
constexpr std::string_view kPutBack =
    "Put it back from where a copy of these keys is kept; only where there never were any, make "
    "them with `heyan keys new`.";

template <typename T>
using OrRefusal = std::expected<T, Refusal>;

Refusal refusal(ErrorCode code, const path& file, std::string_view what,
                std::string_view remedy = kRemedy) {
  return intake::refusal_of({code, what}, file.string(), remedy);
}

path file_of(const path& folder, std::string_view prefix, std::string_view suffix) {
  return folder / fmt::format("{}.{}", prefix, suffix);
}

OrRefusal<void> write(const path& file, std::string_view content, os::Privacy privacy) {
  if (const auto written = os::write_new(file, content, privacy); !written) {
    return std::unexpected(intake::refusal_of(written.error(), file.string(), kRemedy));
  }
  return {};
}

OrRefusal<std::string> read_text(const path& file) {
  const auto bytes = os::read_named_file(file, kLimitBytes);
  if (!bytes) {
    return std::unexpected(intake::refusal_of_named(bytes.error(), file.string(), kPutBack));
  }
  return core::to_string(*bytes);
}

}  // namespace

OrRefusal<void> write_secret(const path& file, std::string_view content) {
  return write(file, content, os::Privacy::kOwnerOnly);
}
OrRefusal<void> write_public(const path& file, std::string_view content) {
  return write(file, content, os::Privacy::kUsual);
}

OrRefusal<void> make_folder(const path& folder) {
  if (::mkdir(folder.c_str(), 0700) == 0) return {};
  if (errno != EEXIST) {
    return std::unexpected(refusal(ErrorCode::kIo, folder, "the folder cannot be made",
                                   "Check the path and its permissions."));
  }
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error) || !std::filesystem::is_empty(folder, error)) {
    return std::unexpected(refusal(ErrorCode::kDuplicate, folder,
                                   "it exists and is not an empty "
                                   "folder",
                                   "Name a new folder; keys are never overwritten."));
  }
  if (::chmod(folder.c_str(), 0700) != 0) {
    return std::unexpected(refusal(ErrorCode::kIo, folder, "its permissions cannot be set",
                                   "Name a folder of your own."));
  }
  return {};
}

OrRefusal<void> check_private(const path& file, uid_t owner) {
  struct stat status{};
  if (::stat(file.c_str(), &status) != 0) {
    return std::unexpected(refusal(ErrorCode::kIo, file, "there is no such key", kPutBack));
  }
  if (status.st_uid != owner) {
    return std::unexpected(refusal(ErrorCode::kIo, file, "it belongs to another user",
                                   "Keys must belong to the user who signs with them."));
  }
  if ((status.st_mode & 077) != 0) {
    return std::unexpected(refusal(
        ErrorCode::kIo, file, "others can read or write it",
        "Take their access away (chmod 700 the folder, 600 the key) and consider new keys."));
  }
  return {};
}

OrRefusal<crypto::SigningKey> make_key(const path& folder, std::string_view prefix,
                                       KeyAlgorithm algorithm) {
  auto key = crypto::SigningKey::generate(algorithm);
  if (!key) return std::unexpected(intake::refusal_of(key.error(), prefix, kRemedy));
  HEYAN_CHECK_OK(write_secret(file_of(folder, prefix, "key.pem"), key->to_pem()));
  return *std::move(key);
}

OrRefusal<SigningPair> make_pair(const path& folder, std::string_view prefix,
                                 KeyAlgorithm algorithm, std::string_view common_name,
                                 core::UtcTime now) {
  HEYAN_TRY(crypto::SigningKey key, make_key(folder, prefix, algorithm));
  return certify(std::move(key), folder, prefix, common_name, now);
}

OrRefusal<SigningPair> certify(crypto::SigningKey key, const path& folder, std::string_view prefix,
                               std::string_view common_name, core::UtcTime now) {
  auto certificate = key.self_signed(common_name, now, now + kCertificateLife);
  if (!certificate) {
    return std::unexpected(intake::refusal_of(certificate.error(), prefix, kRemedy));
  }
  HEYAN_CHECK_OK(write_public(file_of(folder, prefix, "cert.pem"),
                              crypto::write_pem(certificate->der(), "CERTIFICATE")));
  HEYAN_CHECK_OK(write_public(file_of(folder, prefix, "pub.pem"),
                              crypto::write_pem(key.public_key().spki(), "PUBLIC KEY")));
  return SigningPair{.key = std::move(key), .certificate = *std::move(certificate)};
}

OrRefusal<crypto::SigningKey> load_key(const path& file, KeyAlgorithm algorithm) {
  HEYAN_CHECK_OK(check_private(file));
  HEYAN_TRY(const std::string text, read_text(file));
  auto key = crypto::SigningKey::from_pem(text);
  if (!key) return std::unexpected(intake::refusal_of(key.error(), file.string(), kPutBack));
  if (key->public_key().algorithm() != algorithm) {
    return std::unexpected(
        refusal(ErrorCode::kMalformed, file, "it is a key of another kind", kPutBack));
  }
  return *std::move(key);
}

OrRefusal<SigningPair> load_pair(const path& folder, std::string_view prefix,
                                 KeyAlgorithm algorithm) {
  HEYAN_TRY(crypto::SigningKey key, load_key(file_of(folder, prefix, "key.pem"), algorithm));
  return with_certificate(std::move(key), folder, prefix);
}

OrRefusal<SigningPair> with_certificate(crypto::SigningKey key, const path& folder,
                                        std::string_view prefix) {
  const path certificate_file = file_of(folder, prefix, "cert.pem");
  HEYAN_TRY(const std::string text, read_text(certificate_file));
  auto certificate = crypto::Certificate::from_pem(text);
  if (!certificate) {
    return std::unexpected(
        intake::refusal_of(certificate.error(), certificate_file.string(), kPutBack));
  }
  if (!(certificate->key() == key.public_key())) {
    return std::unexpected(refusal(ErrorCode::kMalformed, certificate_file,
                                   "it does not belong to the key beside it", kOfThatKey));
  }
  return SigningPair{.key = std::move(key), .certificate = *std::move(certificate)};
}

}  // namespace heyan::keys
