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

// Without the end of its last line.
core::Result<std::string> read_secret(const path& file, std::size_t most) {
  HEYAN_TRY(const os::OpenFile opened, os::open_named_file(file));
  struct stat status{};
  if (::fstat(opened.descriptor().get(), &status) != 0) {
    return fail(ErrorCode::kIo, "it cannot be read");
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fail(ErrorCode::kUnsupported, "others can use the file of a secret: give it mode 0600");
  }
  os::MemorySink sink(most + 1);
  const auto reading = opened.read_all(sink);
  if (!reading && reading.error().code == ErrorCode::kIo) return std::unexpected(reading.error());
  if (!reading) return fail(ErrorCode::kMalformed, "the file of a secret is too long");
  if (reading->changed) return fail(ErrorCode::kMalformed, "it changed while it was read");
  std::string text = core::to_string(std::move(sink).take());
  if (text.ends_with('\n')) text.pop_back();
  if (text.empty()) return fail(ErrorCode::kMalformed, "the file of a secret is empty");
  if (text.size() > most) return fail(ErrorCode::kMalformed, "the file of a secret is too long");
  return text;
}

// It stands in a header, or makes a key.
bool is_word(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

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
