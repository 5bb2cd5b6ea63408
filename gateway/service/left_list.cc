#include "gateway/service/left_list.h"

#include <charconv>
#include <string_view>

#include "gateway/os/folder.h"
#include "gateway/os/write_file.h"

namespace heyan::service {
namespace {

constexpr std::string_view kHead = "heyan.vault.left.v1";
constexpr std::size_t kFileBytes = 64u << 20;

template <typename Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

std::optional<store::LeftFile> file_in(std::string_view line) {
  const std::size_t first = line.find(' ');
  const std::size_t second = first == line.npos ? first : line.find(' ', first + 1);
  std::int64_t put = 0;
  std::uint64_t bytes = 0;
  if (second == line.npos || !read_number(line.substr(first + 1, second - first - 1), put) ||
      !read_number(line.substr(second + 1), bytes)) {
    return std::nullopt;
  }
  return store::LeftFile{
      .place = std::string(line.substr(0, first)),
      .put = std::chrono::sys_time<std::chrono::nanoseconds>(std::chrono::nanoseconds(put)),
      .bytes = bytes};
}

}  // namespace

LeftList read_left(const std::filesystem::path& file) {
  const auto read = os::read_named_file(file.string(), kFileBytes);
  if (!read) return {};
  std::string_view text = core::as_text(*read);
  LeftList left;
  for (bool head = true; !text.empty(); head = false) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (end == text.npos || (head && line != kHead)) return {};
    text.remove_prefix(end + 1);
    if (head) continue;
    auto one = file_in(line);
    if (!one) return {};
    left.emplace(one->place, *std::move(one));
  }
  return left;
}

core::Result<void> write_left(const std::filesystem::path& file, const LeftList& left) {
  std::string text = std::string(kHead) + "\n";
  for (const auto& [place, one] : left) {
    text += place + " " + std::to_string(one.put.time_since_epoch().count()) + " " +
            std::to_string(one.bytes) + "\n";
  }
  return os::write_whole(file, text, os::Privacy::kOwnerOnly);
}

}  // namespace heyan::service
