// What a test says to the library that makes writes fail (failing_writes.cc), through a file that
// both have mapped: it works in a process that has entered its sandbox, and while that runs.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>

namespace heyan::faults {

inline constexpr const char* kControlVariable = "FAILING_WRITES";

struct Control {
  std::array<char, 32> program;            // whose writes are counted, and fail: "heyan-front"
  std::atomic<std::uint64_t> count;        // so far: writes, syncs, renames, files and folders made
  std::atomic<std::uint64_t> fail_from;    // that one by number and those after it; 0: none
  std::atomic<std::uint64_t> fail_before;  // and not this one
  std::atomic<std::uint64_t> only;         // to the open file of that inode; 0: to any
};

// Nothing where it cannot be mapped.
inline Control* map_control(const char* path) {
  const int file = ::open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return nullptr;
  void* const at = ::mmap(nullptr, sizeof(Control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  return at == MAP_FAILED ? nullptr : static_cast<Control*>(at);
}

}  // namespace heyan::faults
