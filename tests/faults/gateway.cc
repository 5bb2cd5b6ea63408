#include "tests/faults/gateway.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "tests/faults/court_system.h"

namespace heyan::faults {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

bool is_free(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool free =
      ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(socket);
  return free;
}

std::vector<std::string> words_of(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/cmdline", std::ios::binary);
  std::vector<std::string> words;
  for (std::string word; std::getline(in, word, '\0');) words.push_back(word);
  return words;
}

std::vector<pid_t> children_of(pid_t pid) {
  const std::string name = std::to_string(pid);
  std::ifstream in("/proc/" + name + "/task/" + name + "/children");
  std::vector<pid_t> children;
  for (pid_t child = 0; in >> child;) children.push_back(child);
  return children;
}

std::string role_of(pid_t pid) {
  const std::vector<std::string> words = words_of(pid);
  if (words.empty()) return {};
  const std::string program = std::filesystem::path(words[0]).filename();
  if (program == "heyan-worker") return words.size() > 1 ? words[1] : std::string();
  return program.starts_with("heyan-") ? program.substr(6) : std::string();
}

}  // namespace

int free_ports(int count) {
  std::random_device random;
  while (true) {
    const int first = 10'000 + static_cast<int>(random() % 20'000);
    int found = 0;
    while (found < count && is_free(first + found)) ++found;
    if (found == count) return first;
  }
}

pid_t start_program(std::vector<std::string> words, const std::string& log,
                    const std::map<std::string, std::string>& environment) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
  ::execv(arguments.front(), arguments.data());
  ::_exit(127);
}

Gateway::Gateway(std::filesystem::path programs)
    : programs_(std::move(programs)), port_(free_ports(2)) {
  const functional::Outcome made =
      functional::run({.arguments = {programs_ / "heyan", "serve", "--prepare", "--state", state_,
                                     "--port", std::to_string(port_), "--sample",
                                     std::string(HEYAN_SOURCE) + "/gateway/sample/trust"},
                       .environment = {},
                       .folder = {},
                       .input = {}});
  if (made.status != 0) throw std::runtime_error("no installation: " + made.err);
}

Gateway::~Gateway() {
  if (!runs()) return;
  const std::vector<Running> all = processes();
  ::kill(supervisor_, SIGKILL);
  ::waitpid(supervisor_, nullptr, 0);
  for (const Running& one : all) ::kill(one.pid, SIGKILL);
}

void Gateway::start() {
  ++starts_;
  supervisor_ = start_program({programs_ / "heyan", "serve", "--state", state_}, folder_ / "log",
                              environment_);
}

bool Gateway::runs() {
  if (supervisor_ == 0) return false;
  int status = 0;
  if (::waitpid(supervisor_, &status, WNOHANG) == 0) return true;
  ended_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  supervisor_ = 0;
  return false;
}

bool Gateway::make_ready(std::chrono::seconds longest) {
  const auto until = Clock::now() + longest;
  CourtSystem probe(*this, milliseconds(2'000));
  while (Clock::now() < until) {
    if (!runs()) start();
    if (probe.get("/healthz").status == 200) return true;
    std::this_thread::sleep_for(milliseconds(20));
  }
  return false;
}

int Gateway::stop() {
  if (!runs()) return ended_;
  ::kill(supervisor_, SIGTERM);
  while (runs()) std::this_thread::sleep_for(milliseconds(20));
  return ended_;
}

std::vector<Running> Gateway::processes() const {
  std::vector<Running> all;
  if (supervisor_ == 0) return all;
  all.push_back({supervisor_, "supervisor", false});
  for (const pid_t pid : children_of(supervisor_)) {
    const std::string role = role_of(pid);
    if (role.empty()) continue;  // not yet a program of ours
    all.push_back({pid, role, false});
    for (const pid_t job : children_of(pid)) all.push_back({job, role, true});
  }
  return all;
}

void Gateway::clear_away(const std::vector<Running>& left) {
  const auto until = Clock::now() + milliseconds(3'000);
  const auto lives = [](const Running& one) { return role_of(one.pid) == one.role; };
  while (std::ranges::any_of(left, lives) && Clock::now() < until) {
    std::this_thread::sleep_for(milliseconds(20));
  }
  for (const Running& one : left) {
    if (lives(one)) ::kill(one.pid, SIGKILL);
  }
}

std::string Gateway::log() const {
  std::ifstream in(folder_ / "log");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace heyan::faults
