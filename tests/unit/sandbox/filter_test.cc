// System calls that a process which was taken over would like to make.
#include "gateway/sandbox/filter.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <syslog.h>

#include <thread>

#include "tests/unit/sandbox/inside.h"

namespace heyan::sandbox {
namespace {

struct Call {
  const char* what;
  std::function<long()> make;
};

// 0: it was done; 1: EACCES or EPERM; 2: it is not there (ENOSYS); 3: another error.
int outcome(long answer) {
  if (answer >= 0) return 0;
  if (errno == EACCES || errno == EPERM) return 1;
  return errno == ENOSYS ? 2 : 3;
}

std::vector<Call> deadly_to_all() {
  static constexpr std::size_t kPage = 4096;
  return {
      {"execveat", [] { return ::syscall(SYS_execveat, -1, "", nullptr, nullptr, 0); }},
      {"vfork without threads", [] { return ::syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }},
      {"a new user namespace", [] { return ::syscall(SYS_unshare, CLONE_NEWUSER); }},
      {"setns", [] { return ::syscall(SYS_setns, 0, 0); }},
      {"mount", [] { return ::syscall(SYS_mount, "", "", "", 0, nullptr); }},
      {"chroot", [] { return ::syscall(SYS_chroot, "/"); }},
      {"process_vm_readv", [] { return ::syscall(SYS_process_vm_readv, 1, 0, 0, 0, 0, 0); }},
      {"process_vm_writev", [] { return ::syscall(SYS_process_vm_writev, 1, 0, 0, 0, 0, 0); }},
      {"pidfd_open", [] { return ::syscall(SYS_pidfd_open, ::getppid(), 0); }},
      {"pidfd_getfd", [] { return ::syscall(SYS_pidfd_getfd, 0, 0, 0); }},
      {"kill", [] { return ::syscall(SYS_kill, ::getppid(), 0); }},
      {"tkill", [] { return ::syscall(SYS_tkill, ::getppid(), 0); }},
      {"bpf", [] { return ::syscall(SYS_bpf, 0, nullptr, 0); }},
      {"perf_event_open", [] { return ::syscall(SYS_perf_event_open, 0, 0, 0, 0, 0); }},
      {"userfaultfd", [] { return ::syscall(SYS_userfaultfd, 0); }},
      {"io_uring_setup", [] { return ::syscall(SYS_io_uring_setup, 1, nullptr); }},
      {"keyctl", [] { return ::syscall(SYS_keyctl, 0, 0, 0, 0, 0); }},
      {"add_key", [] { return ::syscall(SYS_add_key, "", "", "", 0, 0); }},
      {"personality", [] { return ::syscall(SYS_personality, 0xffffffff); }},
      {"init_module", [] { return ::syscall(SYS_init_module, nullptr, 0, ""); }},
      {"pkey_mprotect", [] { return ::syscall(SYS_pkey_mprotect, nullptr, 0, 0, 0); }},
      {"memory of others", [] { return ::syscall(SYS_shmat, 0, nullptr, 0); }},
      {"anonymous code",
       [] {
         return ::mmap(nullptr, kPage, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
                        MAP_FAILED
                    ? -1L
                    : 0L;
       }},
      {"written, then made code",
       [] {
         void* page =
             ::mmap(nullptr, kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
         return long{::mprotect(page, kPage, PROT_READ | PROT_EXEC)};
       }},
#ifdef __x86_64__
      {"x32", [] { return ::syscall(0x40000000 | SYS_getpid); }},
#endif
  };
}

std::vector<Call> deadly_without_network() {
  return {
      {"socket", [] { return ::syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0); }},
      {"socketpair", [] { return ::syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, nullptr); }},
      {"connect", [] { return ::syscall(SYS_connect, 0, nullptr, 0); }},
      {"bind", [] { return ::syscall(SYS_bind, 0, nullptr, 0); }},
      {"listen", [] { return ::syscall(SYS_listen, 0, 1); }},
      {"accept4", [] { return ::syscall(SYS_accept4, 0, nullptr, nullptr, 0); }},
      {"setsockopt", [] { return ::syscall(SYS_setsockopt, 0, 0, 0, nullptr, 0); }},
      {"seccomp", [] { return ::syscall(SYS_seccomp, 0, 0, nullptr); }},
      {"landlock", [] { return ::syscall(SYS_landlock_create_ruleset, nullptr, 0, 1); }},
      {"dumpable again", [] { return ::syscall(SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0); }},
      {"setrlimit", [] { return ::syscall(SYS_setrlimit, RLIMIT_CPU, nullptr); }},
      {"capset", [] { return ::syscall(SYS_capset, nullptr, nullptr); }},
      {"setuid", [] { return ::syscall(SYS_setuid, 0); }},
      {"memfd_create", [] { return ::syscall(SYS_memfd_create, "", 0); }},
      {"shmget", [] { return ::syscall(SYS_shmget, 0, 4096, 0600); }},
      {"msgget", [] { return ::syscall(SYS_msgget, 0, 0600); }},
      {"timer_create", [] { return ::syscall(SYS_timer_create, 0, nullptr, nullptr); }},
      {"inotify", [] { return ::syscall(SYS_inotify_init1, 0); }},
      {"symlinkat", [] { return ::syscall(SYS_symlinkat, "a", AT_FDCWD, "b"); }},
      {"linkat", [] { return ::syscall(SYS_linkat, AT_FDCWD, "a", AT_FDCWD, "b", 0); }},
      {"mknodat", [] { return ::syscall(SYS_mknodat, AT_FDCWD, "a", S_IFIFO | 0600, 0); }},
      {"a signal to another process",
       [] { return ::syscall(SYS_tgkill, ::getppid(), ::getppid(), 0); }},
      {"a namespace with a thread's flags",
       [] {
         return ::syscall(SYS_clone, CLONE_VM | CLONE_THREAD | CLONE_SIGHAND | CLONE_NEWNET, 0, 0,
                          0, 0);
       }},
      {"a signal on input", [] { return ::syscall(SYS_fcntl, 0, F_SETOWN, ::getppid()); }},
  };
}

std::vector<Call> deadly_to_workers() {
  return {
      {"unlinkat", [] { return ::syscall(SYS_unlinkat, AT_FDCWD, "a", 0); }},
      {"renameat2", [] { return ::syscall(SYS_renameat2, AT_FDCWD, "a", AT_FDCWD, "b", 0); }},
      {"mkdirat", [] { return ::syscall(SYS_mkdirat, AT_FDCWD, "a", 0700); }},
      {"truncate", [] { return ::syscall(SYS_truncate, "a", 0); }},
      {"ftruncate", [] { return ::syscall(SYS_ftruncate, 1, 0); }},
      {"fchmod", [] { return ::syscall(SYS_fchmod, 1, 0); }},
      {"fchown", [] { return ::syscall(SYS_fchown, 1, 0, 0); }},
      {"fchmodat", [] { return ::syscall(SYS_fchmodat, AT_FDCWD, "a", 0600); }},
      {"utimensat", [] { return ::syscall(SYS_utimensat, 0, nullptr, nullptr, 0); }},
      {"getdents64", [] { return ::syscall(SYS_getdents64, 0, nullptr, 0); }},
      {"eventfd2", [] { return ::syscall(SYS_eventfd2, 0, 0); }},
      {"epoll_create1", [] { return ::syscall(SYS_epoll_create1, 0); }},
      {"fcntl F_SETFL", [] { return ::syscall(SYS_fcntl, 0, F_SETFL, 0); }},
      {"fcntl F_SETLEASE", [] { return ::syscall(SYS_fcntl, 0, F_SETLEASE, 0); }},
      {"fcntl F_ADD_SEALS", [] { return ::syscall(SYS_fcntl, 0, F_ADD_SEALS, 0); }},
      {"dup2", [] { return ::syscall(SYS_dup3, 1, 2, 0); }},
      {"sendto", [] { return ::syscall(SYS_sendto, 0, nullptr, 0, 0, nullptr, 0); }},
      {"a file in memory",
       [] { return ::mmap(nullptr, 4096, PROT_READ, MAP_SHARED, 0, 0) == MAP_FAILED ? -1L : 0L; }},
  };
}

// Libraries look whether something is there; they get an answer, and nothing else.
std::vector<Call> refused_to_workers() {
  return {
      {"open to read", [] { return long{::open("/etc/passwd", O_RDONLY)}; }},
      {"openat to write", [] { return long{::openat(AT_FDCWD, "new", O_WRONLY | O_CREAT, 0600)}; }},
      {"openat2", [] { return ::syscall(SYS_openat2, AT_FDCWD, "/", nullptr, 0); }},
      {"a folder", [] { return long{::open("/", O_PATH)}; }},
      {"access", [] { return long{::access("/etc/passwd", R_OK)}; }},
      {"readlink",
       [] {
         std::array<char, 64> to{};
         return long{::readlink("/proc/self/exe", to.data(), to.size())};
       }},
      {"stat",
       [] {
         struct stat status{};
         return long{::stat("/etc/passwd", &status)};
       }},
      {"statx", [] { return ::syscall(SYS_statx, AT_FDCWD, "/etc/passwd", 0, 0, nullptr); }},
      {"a higher limit",
       [] {
         const rlimit more{RLIM_INFINITY, RLIM_INFINITY};
         return ::syscall(SYS_prlimit64, 0, RLIMIT_CPU, &more, nullptr);
       }},
      {"a terminal's input", [] { return ::syscall(SYS_ioctl, 0, 0x5412 /* TIOCSTI */, "x"); }},
  };
}

void expect_killed(Role role, const std::vector<Call>& calls) {
  for (const Call& call : calls) {
    EXPECT_EQ(inside(role, [&] { return outcome(call.make()); }), kKilled)
        << name(role) << ": " << call.what;
  }
}

class EveryRole : public testing::TestWithParam<Role> {};
TEST_P(EveryRole, DiesOf) { expect_killed(GetParam(), deadly_to_all()); }
TEST_P(EveryRole, HasNoClone3) {
  EXPECT_EQ(inside(GetParam(), [] { return outcome(::syscall(SYS_clone3, nullptr, 0)); }),
            exited(2));
}
TEST_P(EveryRole, LivesOtherwise) {
  EXPECT_EQ(inside(GetParam(), [] { return 0; }), kFine);
  EXPECT_EQ(inside(GetParam(), [] { return 42; }), exited(42));
}
INSTANTIATE_TEST_SUITE_P(Roles, EveryRole, testing::ValuesIn(kRoles), role_name);

#ifdef __x86_64__
// The old door: i386 numbers in a 64-bit process. 1 is write here and exit there.
TEST_P(EveryRole, DiesOfCallsOf32Bits) {
  const Ending ending = inside(GetParam(), [] {
    long number = 20;  // getpid
    asm volatile("int $0x80" : "+a"(number) : : "memory");
    return 0;
  });
  // SIGSEGV where the kernel was built without that door.
  EXPECT_TRUE(ending == kKilled || ending == ended_by(SIGSEGV)) << ending;
}
#endif

class WithoutNetwork : public testing::TestWithParam<Role> {};
TEST_P(WithoutNetwork, DiesOf) { expect_killed(GetParam(), deadly_without_network()); }
INSTANTIATE_TEST_SUITE_P(Roles, WithoutNetwork,
                         testing::Values(Role::kBox, Role::kJudge, Role::kRender, Role::kDraw,
                                         Role::kSigner),
                         role_name);

TEST(Pipes, AreForbiddenToWorkers) {
  if (kProbingPipes) GTEST_SKIP() << "the sanitizers of this build need them";
  for (const Role role : kWorkers) {
    expect_killed(role, {{"pipe2", [] { return ::syscall(SYS_pipe2, nullptr, 0); }}});
  }
}

class Worker : public testing::TestWithParam<Role> {};
TEST_P(Worker, DiesOf) { expect_killed(GetParam(), deadly_to_workers()); }
TEST_P(Worker, IsRefused) {
  for (const Call& call : refused_to_workers()) {
    EXPECT_EQ(inside(GetParam(), [&] { return outcome(call.make()); }), exited(1)) << call.what;
  }
}
// A crash of ours must look like one.
TEST_P(Worker, AbortsAsItself) {
  EXPECT_EQ(inside(GetParam(),
                   [] {
                     ::signal(SIGABRT, SIG_DFL);
                     std::abort();
                     return 0;
                   }),
            ended_by(SIGABRT));
}
INSTANTIATE_TEST_SUITE_P(Roles, Worker, testing::ValuesIn(kWorkers), role_name);

int start_thread() {
  int sum = 0;
  std::thread([&] { sum = 1; }).join();
  return sum == 1 ? 0 : 5;
}

TEST(Threads, BelongToJudgeSignerAndFront) {
  if (kSanitized) GTEST_SKIP() << "a sanitizer's threads ask for more";
  EXPECT_EQ(inside(Role::kJudge, start_thread), kFine);
  EXPECT_EQ(inside(Role::kSigner, start_thread), kFine);
  EXPECT_EQ(inside(Role::kFront, start_thread), kFine);
  EXPECT_EQ(inside(Role::kBox, start_thread), kKilled);
  EXPECT_EQ(inside(Role::kRender, start_thread), kKilled);
  EXPECT_EQ(inside(Role::kDraw, start_thread), kKilled);
}

TEST(Threads, AreInTheSameSandbox) {
  if (kSanitized) GTEST_SKIP() << "a sanitizer's threads ask for more";
  for (const Role role : {Role::kJudge, Role::kSigner, Role::kFront}) {
    EXPECT_EQ(inside(role,
                     [] {
                       std::thread([] { ::execl("/bin/true", "true", nullptr); }).join();
                       return 0;
                     }),
              kKilled)
        << name(role);
  }
}

TEST(Threads, MustNotRunBefore) {
  if (kSanitized) GTEST_SKIP();
  const pid_t child = ::fork();
  if (child == 0) {
    std::thread([] { ::pause(); }).detach();
    const auto entered = enter(default_profile(Role::kBox));
    ::_exit(!entered && entered.error().code == core::ErrorCode::kInternal ? 0 : 1);
  }
  EXPECT_EQ(ending_of(child), kFine);
}

// A module of a token does it where that is gone: killed for it the signer could not say why.
TEST(Signer, ReachesNoSystemLogAndLives) {
  EXPECT_EQ(inside(Role::kSigner,
                   [] { return outcome(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)); }),
            exited(1));
  EXPECT_EQ(inside(Role::kSigner,
                   [] {
                     ::syslog(LOG_ERR, "nobody hears this");
                     return 0;
                   }),
            kFine);
}

TEST(Front, HasNoConnectionsOfItsOwn) {
  for (const int family : {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK, AF_PACKET}) {
    EXPECT_EQ(inside(Role::kFront,
                     [=] { return outcome(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0)); }),
              exited(1))
        << family;
  }
  EXPECT_EQ(inside(Role::kFront,
                   [] {
                     std::array<int, 2> ends{};
                     return outcome(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()));
                   }),
            kFine);  // it makes the channels of its jobs
}

}  // namespace
}  // namespace heyan::sandbox
