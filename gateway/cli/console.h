// The two streams of a command: data to standard output, talk to standard error.
#pragma once

#include <mutex>
#include <string_view>

#include "schemas/catalogue/catalogue.h"
#include "verifier/core/error.h"

namespace heyan::cli {

class Console {
 public:
  Console();

  // All of it, or kIo (a full disk, a closed pipe).
  core::Result<void> data(std::string_view bytes);
  // A message, with its line end. Lost where nobody listens. Any thread.
  void talk(std::string_view text);
  // A line that the next one replaces; "" takes it away. Only on a terminal. Any thread.
  void show_progress(std::string_view line);

  bool data_is_terminal() const { return data_is_terminal_; }
  bool talk_is_terminal() const { return talk_is_terminal_; }

 private:
  bool data_is_terminal_;
  bool talk_is_terminal_;
  std::mutex mutex_;
  bool progress_shown_ = false;
};

// A sentence that the command itself says, in both languages.
inline std::string_view say(catalogue::Language language, std::string_view zh,
                            std::string_view en) {
  return language == catalogue::Language::kChinese ? zh : en;
}

}  // namespace heyan::cli
