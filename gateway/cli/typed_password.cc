#include "gateway/cli/typed_password.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace heyan::cli {
namespace {

constexpr std::size_t kMostBytes = 1024;

// The terminal shows nothing of what is typed while there is one.
class Silence {
 public:
  Silence() : silent_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    termios without = before_;
    without.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (silent_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &without);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;
  ~Silence() {
    if (silent_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }

 private:
  termios before_{};
  bool silent_;
};

std::expected<std::string, Trouble> read_line() {
  std::string line;
  for (int c = std::cin.get(); c != std::char_traits<char>::eof() && c != '\n';
       c = std::cin.get()) {
    if (line.size() == kMostBytes) break;
    line += static_cast<char>(c);
  }
  if (line.ends_with('\r')) line.pop_back();
  if (!line.empty()) return line;
  return std::unexpected(Trouble{.status = ExitStatus::kUsage,
                                 .what = "no password came from standard input",
                                 .defects = {},
                                 .remedy = "Write it as one line, or leave out --ask-password."});
}

}  // namespace

std::expected<std::string, Trouble> read_password(catalogue::Language language, Console& console) {
  if (::isatty(STDIN_FILENO) == 0) return read_line();
  const Silence silence;
  console.talk(say(language, "密码（输入时不显示）：", "Password (not shown):"));
  HEYAN_TRY(std::string first, read_line());
  console.talk(say(language, "再输入一次：", "Once more:"));
  HEYAN_TRY(const std::string second, read_line());
  if (first == second) return first;
  return std::unexpected(Trouble{.status = ExitStatus::kUsage,
                                 .what = "the two passwords differ",
                                 .defects = {},
                                 .remedy = "Type it again."});
}

}  // namespace heyan::cli
