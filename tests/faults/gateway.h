// A real gateway on loopback, in a folder of its own, started and watched as systemd would.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/functional/process.h"

namespace heyan::faults {

struct Running {
  pid_t pid = 0;
  std::string role;    // "supervisor" "signer" "front" "egress" "box" "judge" "render" "draw"
  bool child = false;  // forked for one job
};

// As many ports that follow one another, below those that the kernel gives to clients.
int free_ports(int count);
// A program, and what it says in a file that begins anew.
pid_t start_program(std::vector<std::string> words, const std::string& log,
                    const std::map<std::string, std::string>& environment = {});

class Gateway {
 public:
  // Makes an installation; starts nothing. `programs`: folder of heyan and the others.
  explicit Gateway(std::filesystem::path programs);
  ~Gateway();
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  // Added to what the programs find in their environment, from the next start on.
  void set_environment(std::map<std::string, std::string> more) { environment_ = std::move(more); }

  void start();
  // Until it answers; starts it anew where it ended. False after the time.
  bool make_ready(std::chrono::seconds longest = std::chrono::seconds(60));
  // SIGTERM. Its exit status, or 128 + the signal that ended it; 0 where it did not run.
  int stop();
  // Its processes now, the supervisor first.
  std::vector<Running> processes() const;
  // What the supervisor left behind when it was killed: waited for, then killed, as systemd does.
  static void clear_away(const std::vector<Running>& left);
  // What it said since the last start.
  std::string log() const;

  std::string state(const std::string& name) const { return state_ + "/" + name; }
  std::string court_url() const { return "https://localhost:" + std::to_string(port_ + 1); }
  std::string public_url() const { return "https://localhost:" + std::to_string(port_); }
  int port() const { return port_; }
  int starts() const { return starts_; }

 private:
  bool runs();  // and collects it where it does not

  functional::TemporaryFolder folder_;
  std::filesystem::path programs_;
  std::string state_ = folder_ / "state";
  std::map<std::string, std::string> environment_;
  int port_;
  pid_t supervisor_ = 0;
  int ended_ = 0;
  int starts_ = 0;
};

}  // namespace heyan::faults
