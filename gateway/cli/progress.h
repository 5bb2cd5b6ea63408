// How much of the evidence has been read, on a terminal, when it takes longer than a moment.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>

#include "gateway/cli/console.h"

namespace heyan::cli {

// Several cases at once report to one of these. Any thread.
class Progress {
 public:
  Progress(Console& console, catalogue::Language language)
      : console_(console), language_(language) {}
  ~Progress() { console_.show_progress(""); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void expect(std::uint64_t bytes);
  void advance(std::uint64_t bytes);

 private:
  Console& console_;
  catalogue::Language language_;
  std::mutex mutex_;
  std::uint64_t expected_ = 0;
  std::uint64_t done_ = 0;
  // Nothing is shown in the first second, and then five times a second.
  std::chrono::steady_clock::time_point next_ =
      std::chrono::steady_clock::now() + std::chrono::seconds(1);
};

}  // namespace heyan::cli
