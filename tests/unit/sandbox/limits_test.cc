// Limits, the state that a process is in, and what this kernel lacks.
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <fstream>
#include <map>
#include <memory>

#include "gateway/os/descriptor.h"
#include "tests/unit/sandbox/inside.h"

namespace heyan::sandbox {
namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

// Touches memory until there is no more; how many MiB there were.
int eat_memory() {
  std::vector<std::unique_ptr<char[]>> eaten;
  eaten.reserve(4096);
  try {
    while (eaten.size() < 2048) {
      eaten.push_back(std::make_unique<char[]>(16 * kMiB));
    }
  } catch (const std::bad_alloc&) {
    return 7;
  }
  return 0;
}

int spin() {
  volatile bool forever = true;
  while (forever) {
  }
  return 0;
}

class Limits : public testing::TestWithParam<Role> {};

TEST_P(Limits, MemoryEnds) {
  if (kSanitized) GTEST_SKIP() << "a sanitizer reserves more than any limit";
  Profile profile = default_profile(GetParam());
  profile.memory_bytes = 256 * kMiB;
  EXPECT_EQ(inside(profile, eat_memory), exited(7));
}

TEST_P(Limits, MappedMemoryEndsToo) {
  if (kSanitized) GTEST_SKIP() << "a sanitizer reserves more than any limit";
  Profile profile = default_profile(GetParam());
  profile.memory_bytes = 256 * kMiB;
  EXPECT_EQ(inside(profile,
                   [] {
                     return ::mmap(nullptr, 512 * kMiB, PROT_READ | PROT_WRITE,
                                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) == MAP_FAILED
                                ? 7
                                : 0;
                   }),
            exited(7));
}

TEST_P(Limits, FilesThatAreOpenForWritingDoNotGrow) {
  const os::Descriptor file(::memfd_create("test", MFD_CLOEXEC));
  const Ending ending =
      inside(GetParam(), [&] { return ::write(file.get(), "x", 1) == 1 ? 0 : 1; });
  EXPECT_EQ(ending, ended_by(SIGXFSZ));
  struct stat status{};
  ASSERT_EQ(::fstat(file.get(), &status), 0);
  EXPECT_EQ(status.st_size, 0);
}

INSTANTIATE_TEST_SUITE_P(Roles, Limits, testing::ValuesIn(kWorkers), role_name);

TEST(ProcessorTime, Ends) {
  Profile profile = default_profile(Role::kBox);
  profile.cpu_seconds = 1;
  EXPECT_EQ(inside(profile, [] { return spin(); }), ended_by(SIGXCPU));
}

TEST(ProcessorTime, EndsForThoseWhoDoNotListen) {
  Profile profile = default_profile(Role::kJudge);
  profile.cpu_seconds = 1;
  EXPECT_EQ(inside(profile,
                   [] {
                     ::signal(SIGXCPU, SIG_IGN);
                     return spin();
                   }),
            ended_by(SIGKILL));
}

TEST(LimitsThatStand, AreNotRaised) {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit low{.rlim_cur = 10, .rlim_max = 10};
    ::setrlimit(RLIMIT_NOFILE, &low);
    Profile profile = default_profile(Role::kFront);
    profile.open_files = 100;
    if (!enter(profile)) ::_exit(kCouldNotEnter);
    rlimit now{};
    ::getrlimit(RLIMIT_NOFILE, &now);
    ::_exit(now.rlim_cur == 10 && now.rlim_max == 10 ? 0 : 1);
  }
  EXPECT_EQ(ending_of(child), kFine);
}

// The state of a process as the kernel tells others.
std::map<std::string, std::string> status_of(pid_t process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/status");
  std::map<std::string, std::string> status;
  for (std::string line; std::getline(in, line);) {
    const std::size_t colon = line.find(':');
    if (colon != std::string::npos) status[line.substr(0, colon)] = line.substr(colon + 2);
  }
  return status;
}

class State : public testing::TestWithParam<Role> {};

TEST_P(State, IsAsPromised) {
  std::array<int, 2> ready{};
  std::array<int, 2> leave{};
  ASSERT_EQ(::pipe2(ready.data(), O_CLOEXEC), 0);
  ASSERT_EQ(::pipe2(leave.data(), O_CLOEXEC), 0);
  const pid_t child = fork_inside(default_profile(GetParam()), [&] {
    char byte = 'i';
    if (::write(ready[1], &byte, 1) != 1) return 1;
    return ::read(leave[0], &byte, 1) == 1 ? 0 : 1;
  });
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  auto status = status_of(child);
  EXPECT_EQ(status["NoNewPrivs"], "1");
  EXPECT_EQ(status["Seccomp"], "2");
  if (is_worker(GetParam())) {
    EXPECT_EQ(status["CapEff"], "0000000000000000");
    EXPECT_EQ(status["CapPrm"], "0000000000000000");
  }
  struct stat owner{};
  ASSERT_EQ(::stat(("/proc/" + std::to_string(child) + "/mem").c_str(), &owner), 0);
  EXPECT_EQ(owner.st_uid, 0u);  // not dumpable: the kernel's, whoever runs it
  rlimit core{.rlim_cur = 1, .rlim_max = 1};
  ASSERT_EQ(::prlimit(child, RLIMIT_CORE, nullptr, &core), 0);
  EXPECT_EQ(core.rlim_max, 0u);
  EXPECT_EQ(::write(leave[1], &byte, 1), 1);
  EXPECT_EQ(ending_of(child), kFine);
  for (const int end : {ready[0], ready[1], leave[0], leave[1]}) ::close(end);
}

INSTANTIATE_TEST_SUITE_P(Roles, State, testing::ValuesIn(kRoles), role_name);

TEST(Parent, TakesItsChildrenAlong) {
  std::array<int, 2> held{};
  ASSERT_EQ(::pipe2(held.data(), O_CLOEXEC), 0);
  const pid_t parent = ::fork();
  if (parent == 0) {
    ::close(held[0]);
    Profile profile = default_profile(Role::kBox);
    profile.parent = ::getpid();
    fork_inside(profile, [&] {
      if (::write(held[1], "i", 1) != 1) return 1;
      while (true) ::poll(nullptr, 0, -1);
      return 0;
    });
    while (true) ::pause();
  }
  ::close(held[1]);
  char byte = 0;
  ASSERT_EQ(::read(held[0], &byte, 1), 1);  // the child is in
  ::kill(parent, SIGKILL);
  EXPECT_EQ(ending_of(parent), ended_by(SIGKILL));
  EXPECT_EQ(::read(held[0], &byte, 1), 0);  // nobody holds the other end any more
  ::close(held[0]);
}

TEST(Parent, ThatIsGoneAlreadyIsNoticed) {
  Profile profile = default_profile(Role::kBox);
  profile.parent = 1;  // not the one that forks
  EXPECT_EQ(inside(profile, [] { return 0; }), exited(kCouldNotEnter));
}

TEST(Degraded, NamesWhatAnOlderKernelLacks) {
  using Words = std::vector<std::string_view>;
  const Profile profile = default_profile(Role::kBox);
  const auto lacking = [&](int version) { return Ruleset::prepare(profile, version)->lacking(); };
  EXPECT_EQ(lacking(0), Words{"landlock"});
  EXPECT_EQ(lacking(1), Words{"landlock"});
  if (landlock_version() < 6) GTEST_SKIP() << "this kernel is an older one itself";
  EXPECT_EQ(lacking(2), (Words{"landlock-truncate", "landlock-network", "landlock-devices",
                               "landlock-signals"}));
  EXPECT_EQ(lacking(3), (Words{"landlock-network", "landlock-devices", "landlock-signals"}));
  EXPECT_EQ(lacking(4), (Words{"landlock-devices", "landlock-signals"}));
  EXPECT_EQ(lacking(5), Words{"landlock-signals"});
  EXPECT_EQ(lacking(6), Words{});
  EXPECT_EQ(lacking(99), Words{});
}

TEST(Degraded, RulesOfOlderKernelsAreInForceToo) {
  for (const int version : {2, 3, 4, 5, 6}) {
    if (version > landlock_version()) continue;
    const auto ruleset = Ruleset::prepare(default_profile(Role::kSigner), version);
    ASSERT_TRUE(ruleset.has_value()) << version;
    const pid_t child = ::fork();
    if (child == 0) {
      ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
      if (!ruleset->enforce()) ::_exit(1);
      ::_exit(::open("/etc/passwd", O_RDONLY) < 0 && errno == EACCES ? 0 : 2);
    }
    EXPECT_EQ(ending_of(child), kFine) << version;
  }
}

TEST(CloseAllBut, ClosesWhatAChildInherited) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::array<int, 6> open{};
    for (int& descriptor : open) descriptor = ::dup(0);
    const std::array keep = {open[4], -1, open[1], 2, open[1]};
    if (!close_all_but(keep)) ::_exit(1);
    const auto is_open = [](int descriptor) { return ::fcntl(descriptor, F_GETFD) >= 0; };
    if (!is_open(0) || !is_open(1) || !is_open(2)) ::_exit(2);
    if (!is_open(open[1]) || !is_open(open[4])) ::_exit(3);
    if (is_open(open[0]) || is_open(open[2]) || is_open(open[3]) || is_open(open[5])) ::_exit(4);
    if (!close_all_but({})) ::_exit(5);
    ::_exit(is_open(open[1]) ? 6 : 0);
  }
  EXPECT_EQ(ending_of(child), kFine);
}

TEST(CloseAllBut, LeavesAWorkersSandboxToBeEntered) {
  for (const Role role : kWorkers) {
    const auto sandbox = Sandbox::prepare(default_profile(role));
    ASSERT_TRUE(sandbox.has_value());
    const pid_t child = ::fork();
    if (child == 0) ::_exit(close_all_but({}) && sandbox->enter() ? 0 : 1);
    EXPECT_EQ(ending_of(child), kFine) << name(role);
  }
}

}  // namespace
}  // namespace heyan::sandbox
