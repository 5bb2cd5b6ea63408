#include "gateway/ops/program_words.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "verifier/core/text.h"

namespace heyan::ops {

std::expected<ProgramWords, std::string> read_program_words(
    std::span<const char* const> words, std::span<const std::string_view> names) {
  ProgramWords read;
  for (std::size_t i = 0; i < words.size(); i += 2) {
    std::string_view name = words[i];
    const bool known =
        name.starts_with("--") && std::ranges::find(names, name.substr(2)) != names.end();
    if (!known) return std::unexpected(fmt::format("unknown word {}", core::visible(name, 80)));
    if (i + 1 == words.size()) return std::unexpected(fmt::format("{} lacks its value", name));
    if (!read.emplace(name.substr(2), words[i + 1]).second) {
      return std::unexpected(fmt::format("{} stands there twice", name));
    }
  }
  for (const std::string_view name : names) {
    if (!read.contains(name)) return std::unexpected(fmt::format("--{} is missing", name));
  }
  return read;
}

os::Descriptor inherited(std::string_view number) {
  int fd = -1;
  const auto [stop, error] = std::from_chars(number.data(), number.data() + number.size(), fd);
  if (error != std::errc() || std::to_string(fd) != number || fd <= STDERR_FILENO ||
      ::fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) {
    return {};
  }
  return os::Descriptor(fd);
}

std::filesystem::path program_folder() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
}

}  // namespace heyan::ops
