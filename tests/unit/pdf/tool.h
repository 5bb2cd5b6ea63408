// A program of somebody else's, run on a file.
#pragma once

#include <array>
#include <cstdio>
#include <string>

#include "tests/unit/os/temporary_folder.h"

namespace heyan::pdf {

// What `command` writes, FILE in it replaced by a file of that content. Empty where it cannot run.
inline std::string output_of(std::string command, const std::string& content) {
  const os::TemporaryFolder folder;
  const std::string file = folder.write("file", content).string();
  command.replace(command.find("FILE"), 4, "'" + file + "'");
  std::FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return {};
  std::string all;
  std::array<char, 4096> piece{};
  for (std::size_t count = 0; (count = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;) {
    all.append(piece.data(), count);
  }
  ::pclose(pipe);
  return all;
}

}  // namespace heyan::pdf
