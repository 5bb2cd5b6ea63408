// Running a program from a test as its user would: arguments in, exit status and both streams out.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace heyan::functional {

struct Process {
  std::vector<std::string> arguments;  // the program first; looked up in PATH where it has no slash
  std::map<std::string, std::string> environment;  // added to this process's own; "" removes a name
  std::filesystem::path folder;                    // where it runs; empty: here
  std::string input;                               // its standard input
};

struct Outcome {
  int status = -1;  // exit status, or 128 + the signal that ended it
  std::string out;
  std::string err;
};

// Runs to the end. A program that cannot be started gives status 127 with the reason in `err`.
Outcome run(const Process& process);

// heyan ARGUMENT…
Outcome heyan(std::vector<std::string> arguments);

// A fresh empty folder, removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string operator/(std::string_view name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// Whole files. A failure to read or write fails the calling test.
std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace heyan::functional
