// What the processes of a gateway hold, seen each minute: memory and descriptors by role.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "tests/faults/gateway.h"

namespace heyan::faults {

class MemoryWatch {
 public:
  explicit MemoryWatch(const Gateway& gateway) : gateway_(gateway) {}

  // Looks again and again, for so long, at all processes that are there for long; forked jobs come
  // and go and are left out. The least of each counts: what is held for a moment is no growth.
  void look(std::chrono::seconds during);
  // Prints what grew, and how fast by least squares, in percent of the mean an hour. What grew too
  // much, in words: memory by `percent` an hour or more, descriptors by one an hour or more, or a
  // process that is another one now; empty: nothing. Begins with the look number `from`: what is
  // filled first once is not growth.
  std::string judge(std::size_t from, double percent) const;
  std::size_t looks() const { return looks_; }

 private:
  void look_once(bool first);

  struct Look {
    double hours;        // since the first
    double kibibytes;    // resident, without pages of files
    double descriptors;  // open
  };
  struct Process {
    pid_t pid = 0;
    bool replaced = false;
    std::vector<Look> looks;
  };
  const Gateway& gateway_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  std::map<std::string, Process> processes_;  // by role
  std::size_t looks_ = 0;
};

}  // namespace heyan::faults
