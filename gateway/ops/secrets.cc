#include "gateway/ops/secrets.h"

#include <sys/stat.h>

#include <algorithm>

#include "gateway/os/folder.h"

namespace heyan::ops {
namespace {

using core::ErrorCode;
using core::fail;
using std::filesystem::path;

constexpr std::size_t kMostAccessKey = 4u << 10;
constexpr std::size_t kMostPrivateKey = 64u << 10;

constexpr mode_t kOthers = S_IRWXG | S_IRWXO;
constexpr mode_t kOthersOfTls = S_IWGRP | S_IXGRP | S_IRWXO;
constexpr std::string_view kSecretShown = "others can use the file of a secret: give it mode 0600";
constexpr std::string_view kTlsKeyShown =
    "others can use the file of a key: give it mode 0600, or 0640 for its group";

// Whole. `others`: what nobody but who may use it has of it; `shown`: what is said where they do.
core::Result<std::string> read_hidden(const path& file, std::size_t most, mode_t others,
                                      std::string_view shown) {
  HEYAN_TRY(const os::OpenFile opened, os::open_named_file(file));
  struct stat status{};
  if (::fstat(opened.descriptor().get(), &status) != 0) {
    return fail(ErrorCode::kIo, "it cannot be read");
  }
  if ((status.st_mode & others) != 0) return fail(ErrorCode::kUnsupported, shown);
  os::MemorySink sink(most + 1);
  const auto reading = opened.read_all(sink);
  if (!reading && reading.error().code == ErrorCode::kIo) return std::unexpected(reading.error());
  if (!reading) return fail(ErrorCode::kMalformed, "the file of a secret is too long");
  if (reading->changed) return fail(ErrorCode::kMalformed, "it changed while it was read");
  return core::to_string(std::move(sink).take());
}

// It stands in a header, or makes a key.
bool is_word(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

core::Result<std::string> read_secret(const path& file, std::size_t most) {
  HEYAN_TRY(std::string text, read_hidden(file, most, kOthers, kSecretShown));
  if (text.ends_with('\n')) text.pop_back();
  if (text.empty()) return fail(ErrorCode::kMalformed, "the file of a secret is empty");
  if (text.size() > most) return fail(ErrorCode::kMalformed, "the file of a secret is too long");
  return text;
}

core::Result<std::string> read_private_key(const path& file) {
  return read_hidden(file, kMostPrivateKey, kOthers, kSecretShown);
}

core::Result<std::string> read_tls_key(const path& file) {
  return read_hidden(file, kMostPrivateKey, kOthersOfTls, kTlsKeyShown);
}

core::Result<std::string> read_password(const path& file) {
  HEYAN_TRY(std::string text, read_secret(file, kMostPassword));
  const bool one_line = std::ranges::none_of(
      text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
  if (one_line) return text;
  return fail(ErrorCode::kMalformed, "the file of a password is no single line of text");
}

core::Result<AccessKey> read_access_key(const path& file) {
  HEYAN_TRY(const std::string text, read_secret(file, kMostAccessKey));
  const std::size_t end = text.find('\n');
  if (end != std::string::npos) {
    AccessKey key{.name = text.substr(0, end), .secret = text.substr(end + 1)};
    if (is_word(key.name) && is_word(key.secret)) return key;
  }
  return fail(ErrorCode::kMalformed,
              "a file of an access key has a line with its name and one with its secret, and "
              "nothing else");
}

}  // namespace heyan::ops
