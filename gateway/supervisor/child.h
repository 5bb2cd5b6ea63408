// One program that the supervisor starts.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "verifier/core/error.h"

namespace heyan::supervisor {

struct Child {
  std::string name;                // "signer" "box" "judge" "render" "draw" "egress" "front"
  std::vector<std::string> words;  // the program first, by its path
  std::vector<std::pair<std::string, int>> ends;  // "--front" 7: descriptors that it is given
  std::vector<std::pair<const char*, const char*>> environment = {};  // besides this process's own
  bool may_restart = false;
  pid_t pid = 0;  // 0: it does not run
  std::chrono::steady_clock::time_point started{};
  std::chrono::milliseconds pause{1'000};  // from there to the next start
};

// Starts it in a process group of its own, so that a terminal's Ctrl-C reaches the supervisor
// alone; it dies when this process does. kIo where it cannot be started at all; a program that is
// none ends with 127.
core::Result<void> start(Child& child);

}  // namespace heyan::supervisor
