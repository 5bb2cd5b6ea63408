#include "gateway/cli/console.h"

#include <unistd.h>

#include <cerrno>
#include <string>

namespace heyan::cli {
namespace {

core::Result<void> write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return core::fail(core::ErrorCode::kIo, "standard output cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

// Takes the line on the terminal away: carriage return, erase to the end of the line.
constexpr std::string_view kEraseLine = "\r\x1b[K";

}  // namespace

Console::Console()
    : data_is_terminal_(::isatty(STDOUT_FILENO) == 1),
      talk_is_terminal_(::isatty(STDERR_FILENO) == 1) {}

core::Result<void> Console::data(std::string_view bytes) {
  show_progress("");
  return write_all(STDOUT_FILENO, bytes);
}

void Console::talk(std::string_view text) {
  const std::lock_guard lock(mutex_);
  std::string line;
  if (progress_shown_) line += kEraseLine;
  progress_shown_ = false;
  line += text;
  if (line.empty() || line.back() != '\n') line += '\n';
  static_cast<void>(write_all(STDERR_FILENO, line));
}

void Console::show_progress(std::string_view line) {
  if (!talk_is_terminal_) return;
  const std::lock_guard lock(mutex_);
  if (line.empty() && !progress_shown_) return;
  progress_shown_ = !line.empty();
  static_cast<void>(write_all(STDERR_FILENO, std::string(kEraseLine) + std::string(line)));
}

}  // namespace heyan::cli
