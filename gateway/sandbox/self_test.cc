#include "gateway/sandbox/self_test.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "gateway/os/descriptor.h"

namespace heyan::sandbox {
namespace {

using core::ErrorCode;

constexpr std::array kActs = {Act::kSocket, Act::kConnect, Act::kOpenForWrite, Act::kExec,
                              Act::kFork,   Act::kPtrace,  Act::kCode};

constexpr unsigned kPatienceSeconds = 20;
constexpr int kMostProbes = 5;  // of one act

// How a child ends that lived to tell.
enum ExitStatus : std::uint8_t { kActDone = 60, kActRefused = 61, kNotEntered = 62 };

int open_internet_socket(int type = SOCK_STREAM) {
  return ::socket(AF_INET, type | SOCK_CLOEXEC, 0);
}

bool is_by_tcp(Reach reach) { return reach == Reach::kTcp4 || reach == Reach::kTcp6; }

// Port 1 of this machine: without a sandbox the connection is refused by nobody listening, which
// is not "permission denied".
bool connects(int socket) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(1);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

bool executes() {
  std::array<char, 8> shell{"/bin/sh"};
  std::array<char, 3> option{"-c"};
  std::array<char, 8> script{"exit 60"};  // kActDone
  const std::array<char*, 4> arguments = {shell.data(), option.data(), script.data(), nullptr};
  ::execv(shell.data(), arguments.data());
  return false;
}

bool forks() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  return child > 0;
}

bool makes_code() {
  return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) != MAP_FAILED;
}

// True where it was done; otherwise errno says why not.
bool attempt(Act act, int socket, Reach reach) {
  switch (act) {
    case Act::kSocket:
      return open_internet_socket(is_by_tcp(reach) ? SOCK_DGRAM : SOCK_STREAM) >= 0;
    case Act::kConnect:
      return connects(socket);
    case Act::kOpenForWrite:
      return ::open("/dev/null", O_WRONLY | O_CLOEXEC) >= 0;
    case Act::kExec:
      return executes();
    case Act::kFork:
      return forks();
    case Act::kPtrace:
      return ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0;
    case Act::kCode:
      return makes_code();
  }
  return true;
}

[[noreturn]] void be_probed(const Sandbox& sandbox, Act act, int report) {
  ::alarm(kPatienceSeconds);
  const int socket = open_internet_socket();
  if (!sandbox.enter()) ::_exit(kNotEntered);
  // What is permitted must work, or a filter that stops everything would look like a good one.
  if (::write(report, "i", 1) != 1) ::_exit(kNotEntered);
  errno = 0;
  if (attempt(act, socket, sandbox.profile().reach)) ::_exit(kActDone);
  ::_exit(errno == EACCES || errno == EPERM ? kActRefused : kActDone);
}

core::Result<int> wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return core::fail(ErrorCode::kIo, "a probe cannot be waited for");
  }
  return status;
}

core::Result<Probe> probe(const Sandbox& sandbox, Act act) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return core::fail(ErrorCode::kIo, "no pipe");
  const os::Descriptor reading(ends[0]);
  os::Descriptor writing(ends[1]);
  const pid_t child = ::fork();
  if (child < 0) return core::fail(ErrorCode::kIo, "a probe cannot be forked");
  if (child == 0) be_probed(sandbox, act, writing.get());
  writing.reset();
  HEYAN_TRY(const int status, wait_for(child));
  // By somebody else, at any time: the kernel when memory is short, an operator.
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) {
    return core::fail(ErrorCode::kChanged, "a probe was killed");
  }
  char entered = 0;
  if (::read(reading.get(), &entered, 1) != 1 || entered != 'i') {
    return core::fail(ErrorCode::kInternal, "a probe could not enter the sandbox");
  }
  Probe result{.act = act, .stop = Stop::kDone};
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS) result.stop = Stop::kKilled;
  if (WIFEXITED(status) && WEXITSTATUS(status) == kActRefused) result.stop = Stop::kRefused;
  return result;
}

// One that was killed from outside shows nothing, and is sent again.
core::Result<Probe> probe_in_peace(const Sandbox& sandbox, Act act) {
  auto result = probe(sandbox, act);
  for (int i = 1; i < kMostProbes && !result && result.error().code == ErrorCode::kChanged; ++i) {
    result = probe(sandbox, act);
  }
  return result;
}

}  // namespace

std::string_view name(Act act) {
  switch (act) {
    case Act::kSocket:
      return "socket";
    case Act::kConnect:
      return "connect";
    case Act::kOpenForWrite:
      return "open";
    case Act::kExec:
      return "exec";
    case Act::kFork:
      return "fork";
    case Act::kPtrace:
      return "ptrace";
    case Act::kCode:
      return "code";
  }
  return "unknown";
}

std::string_view first_not_stopped(std::span<const Probe> probes) {
  if (probes.empty()) return "nothing was tried";
  for (const Probe& probe : probes) {
    if (!probe.stopped()) return name(probe.act);
  }
  return {};
}

core::Result<std::vector<Probe>> self_test(const Profile& profile) {
  Profile ours = profile;
  ours.parent = ::getpid();
  HEYAN_TRY(const Sandbox sandbox, Sandbox::prepare(std::move(ours)));
  std::vector<Probe> probes;
  const bool any_port = profile.reach != Reach::kNowhere && !limits_ports();
  for (const Act act : kActs) {
    if (act == Act::kConnect && any_port) continue;
    HEYAN_TRY(const Probe result, probe_in_peace(sandbox, act));
    probes.push_back(result);
  }
  return probes;
}

}  // namespace heyan::sandbox
