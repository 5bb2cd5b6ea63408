// The real gateway, started by `heyan serve` in a folder of its own, on loopback ports of its own.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <string>

#include "tests/unit/front/client.h"

namespace heyan::bench {

class Installation {
 public:
  // `program`: heyan, its other programs beside it. `trust`: a folder with trust.toml. Exits with a
  // message where the gateway does not start.
  Installation(const std::filesystem::path& program, const std::filesystem::path& trust);
  ~Installation();  // ends the gateway, removes the folder
  Installation(const Installation&) = delete;
  Installation& operator=(const Installation&) = delete;

  const std::filesystem::path& state() const { return state_; }
  std::uint16_t court_port() const { return static_cast<std::uint16_t>(port_ + 1); }
  const front::Identity& court_system() const { return court_system_; }
  // What its processes have computed since they were started, the ended ones included: "front",
  // "worker judge".
  std::map<std::string, std::chrono::duration<double>> processor_times() const;

 private:
  void start(const std::filesystem::path& program, const std::filesystem::path& trust);
  bool answers();

  std::filesystem::path folder_;
  std::filesystem::path state_;
  std::uint16_t port_ = 0;
  pid_t pid_ = 0;
  front::Identity court_system_;
};

std::string read_file(const std::filesystem::path& path);
[[noreturn]] void give_up(const std::string& why);

}  // namespace heyan::bench
