#include "gateway/cli/signing_keys.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>

#include "gateway/os/folder.h"
#include "gateway/os/write_file.h"
#include "verifier/core/text.h"
#include "verifier/crypto/pem.h"

namespace heyan::cli {
namespace {

using crypto::KeyAlgorithm;
using std::filesystem::path;

constexpr std::chrono::days kCertificateLife{395};
constexpr std::size_t kLimitBytes = 64u << 10;
constexpr std::string_view kRemedy = "Make keys with `heyan keys new DIR`.";

Trouble trouble(ExitStatus status, const path& file, std::string_view what,
                std::string_view remedy = kRemedy) {
  return {.status = status,
          .what = fmt::format("{}: {}", core::visible(file.string(), 1000), what),
          .defects = {},
          .remedy = std::string(remedy)};
}

std::expected<void, Trouble> make_folder(const path& folder) {
  if (::mkdir(folder.c_str(), 0700) == 0) return {};
  if (errno != EEXIST) {
    return std::unexpected(trouble(ExitStatus::kInputOutput, folder, "the folder cannot be made",
                                   "Check the path and its permissions."));
  }
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error) || !std::filesystem::is_empty(folder, error)) {
    return std::unexpected(trouble(ExitStatus::kUsage, folder,
                                   "it exists and is not an empty folder",
                                   "Name a new folder; keys are never overwritten."));
  }
  if (::chmod(folder.c_str(), 0700) != 0) {
    return std::unexpected(trouble(ExitStatus::kInputOutput, folder,
                                   "its permissions cannot be set", "Name a folder of your own."));
  }
  return {};
}

std::expected<void, Trouble> make_pair(const path& folder, std::string_view prefix,
                                       KeyAlgorithm algorithm, std::string_view common_name,
                                       core::UtcTime now) {
  const auto file = [&](std::string_view suffix) {
    return folder / fmt::format("{}.{}", prefix, suffix);
  };
  auto key = crypto::SigningKey::generate(algorithm);
  if (!key) return std::unexpected(trouble_of(key.error(), "keys new", kRemedy));
  auto certificate = key->self_signed(common_name, now, now + kCertificateLife);
  if (!certificate) return std::unexpected(trouble_of(certificate.error(), "keys new", kRemedy));
  const struct {
    path name;
    std::string content;
    os::Privacy privacy;
  } files[] = {
      {file("key.pem"), key->to_pem(), os::Privacy::kOwnerOnly},
      {file("cert.pem"), crypto::write_pem(certificate->der(), "CERTIFICATE"), os::Privacy::kUsual},
      {file("pub.pem"), crypto::write_pem(key->public_key().spki(), "PUBLIC KEY"),
       os::Privacy::kUsual}};
  for (const auto& [name, content, privacy] : files) {
    const auto written = os::write_new(name, content, privacy);
    if (!written) return std::unexpected(trouble_of(written.error(), name.string(), kRemedy));
  }
  return {};
}

std::expected<std::string, Trouble> read_text(const path& file) {
  const auto bytes = os::read_named_file(file, kLimitBytes);
  if (!bytes) return std::unexpected(trouble_of_named(bytes.error(), file.string(), kRemedy));
  return core::to_string(*bytes);
}

// Nobody but the owner, and the owner is whoever runs this.
std::expected<void, Trouble> check_private(const path& file) {
  struct stat status{};
  if (::stat(file.c_str(), &status) != 0) {
    return std::unexpected(trouble(ExitStatus::kInputOutput, file, "there is no such key"));
  }
  if (status.st_uid != ::geteuid()) {
    return std::unexpected(trouble(ExitStatus::kInputOutput, file, "it belongs to another user",
                                   "Keys must belong to the user who signs with them."));
  }
  if ((status.st_mode & 077) != 0) {
    return std::unexpected(trouble(
        ExitStatus::kInputOutput, file, "others can read or write it",
        "Take their access away (chmod 700 the folder, 600 the key) and consider new keys."));
  }
  return {};
}

std::expected<SigningPair, Trouble> load_pair(const path& folder, std::string_view prefix,
                                              KeyAlgorithm algorithm) {
  const path key_file = folder / fmt::format("{}.key.pem", prefix);
  const path certificate_file = folder / fmt::format("{}.cert.pem", prefix);
  HEYAN_CHECK_OK(check_private(key_file));
  HEYAN_TRY(const std::string key_text, read_text(key_file));
  HEYAN_TRY(const std::string certificate_text, read_text(certificate_file));
  auto key = crypto::SigningKey::from_pem(key_text);
  if (!key) return std::unexpected(trouble_of(key.error(), key_file.string(), kRemedy));
  auto certificate = crypto::Certificate::from_pem(certificate_text);
  if (!certificate) {
    return std::unexpected(trouble_of(certificate.error(), certificate_file.string(), kRemedy));
  }
  if (key->public_key().algorithm() != algorithm) {
    return std::unexpected(
        trouble(ExitStatus::kMalformed, key_file, "it is a key of another kind"));
  }
  if (!(certificate->key() == key->public_key())) {
    return std::unexpected(trouble(ExitStatus::kMalformed, certificate_file,
                                   "it does not belong to the key beside it"));
  }
  return SigningPair{.key = *std::move(key), .certificate = *std::move(certificate)};
}

}  // namespace

std::expected<void, Trouble> make_signing_keys(const path& folder, std::string_view common_name,
                                               core::UtcTime now) {
  HEYAN_CHECK_OK(make_folder(folder));
  HEYAN_CHECK_OK(make_pair(folder, "es256", KeyAlgorithm::kEcdsaP256, common_name, now));
  HEYAN_CHECK_OK(make_pair(folder, "sm2", KeyAlgorithm::kSm2, common_name, now));
  return {};
}

std::expected<SigningKeys, Trouble> load_signing_keys(const path& folder) {
  HEYAN_CHECK_OK(check_private(folder));
  HEYAN_TRY(SigningPair es256, load_pair(folder, "es256", KeyAlgorithm::kEcdsaP256));
  HEYAN_TRY(SigningPair sm2, load_pair(folder, "sm2", KeyAlgorithm::kSm2));
  return SigningKeys{.es256 = std::move(es256), .sm2 = std::move(sm2)};
}

}  // namespace heyan::cli
