#include "tests/bench/gateway/installation.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <thread>
#include <vector>

namespace heyan::bench {
namespace {

constexpr std::chrono::seconds kStart{60};

std::filesystem::path new_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "heyan-bench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) give_up("no folder can be made in " + name);
  return name;
}

// Fields of /proc/PID/stat after the name, which may hold anything: 0 is the state (proc(5)).
std::vector<std::string> fields_of(const std::filesystem::path& process) {
  const std::string stat = read_file(process / "stat");
  std::istringstream rest(stat.substr(std::min(stat.size(), stat.rfind(')') + 1)));
  return {std::istream_iterator<std::string>(rest), std::istream_iterator<std::string>()};
}

// From its command line: the program without "heyan-", and the kind of worker.
std::string kind_of(const std::filesystem::path& process) {
  std::string line = read_file(process / "cmdline");
  std::ranges::replace(line, '\0', ' ');
  std::string program, word;
  std::istringstream(line) >> program >> word;
  std::string kind = std::filesystem::path(program).filename();
  if (kind.starts_with("heyan-")) kind.erase(0, 6);
  return word.starts_with('-') ? kind : kind + " " + word;
}

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void give_up(const std::string& why) {
  std::fprintf(stderr, "bench_gateway: %s\n", why.c_str());
  std::exit(1);
}

Installation::Installation(const std::filesystem::path& program, const std::filesystem::path& trust)
    : folder_(new_folder()), state_(folder_ / "state") {
  // Below those that the kernel lends to clients, the one a thousand above, too.
  port_ = static_cast<std::uint16_t>(12'000 + std::random_device{}() % 19'000);
  start(program, trust);
  const auto until = std::chrono::steady_clock::now() + kStart;
  while (!answers()) {
    int status = 0;
    const bool ended = ::waitpid(pid_, &status, WNOHANG) == pid_;
    if (ended || std::chrono::steady_clock::now() > until) {
      give_up("the gateway did not start; it said:\n" + read_file(folder_ / "log"));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

Installation::~Installation() {
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::map<std::string, std::chrono::duration<double>> Installation::processor_times() const {
  constexpr std::size_t kParent = 1, kFirstTime = 11,
                        kTimes = 4;  // of itself and of ended children
  std::map<std::string, std::chrono::duration<double>> times;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const std::vector<std::string> fields = fields_of(entry.path());
    if (fields.size() < kFirstTime + kTimes || fields[kParent] != std::to_string(pid_)) continue;
    double ticks = 0;
    for (std::size_t i = 0; i < kTimes; ++i) ticks += std::stod(fields[kFirstTime + i]);
    times[kind_of(entry.path())] +=
        std::chrono::duration<double>(ticks / static_cast<double>(::sysconf(_SC_CLK_TCK)));
  }
  return times;
}

void Installation::start(const std::filesystem::path& program, const std::filesystem::path& trust) {
  const std::string log = folder_ / "log";
  const std::string port = std::to_string(port_);
  pid_ = ::fork();
  if (pid_ < 0) give_up("no process can be made");
  if (pid_ > 0) return;
  ::prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  ::execl(program.c_str(), program.c_str(), "serve", "--state", state_.c_str(), "--port",
          port.c_str(), "--sample", trust.c_str(), nullptr);
  ::_exit(127);
}

bool Installation::answers() {
  court_system_.certificate = read_file(state_ / "demo/court-system.cert.pem");
  court_system_.key = read_file(state_ / "demo/court-system.key.pem");
  if (court_system_.certificate.empty() || court_system_.key.empty()) return false;
  front::Client client(court_port(), {.identity = &court_system_});
  return client.connected() &&
         client.ask("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 200;
}

}  // namespace heyan::bench
