#include "gateway/sandbox/filter_rules.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <cerrno>
#include <initializer_list>

#include "gateway/sandbox/sanitizers.h"

namespace heyan::sandbox {
namespace {

// Arguments that the kernel reads as an int are compared in their lower half: the upper one is the
// caller's.
constexpr std::uint64_t kInt = 0xffffffff;
// Of a socket's type, beside its flags (linux/net.h, SOCK_TYPE_MASK).
constexpr std::uint64_t kSocketType = 0xf;

// (argument & mask) == value
scmp_arg_cmp masked(unsigned argument, std::uint64_t mask, std::uint64_t value) {
  return {.arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = mask, .datum_b = value};
}
scmp_arg_cmp integer(unsigned argument, std::uint64_t value) {
  return masked(argument, kInt, value);
}

// All of it: what differs in its upper half is not the same.
scmp_arg_cmp whole(unsigned argument, scmp_compare how, std::uint64_t value) {
  return {.arg = argument, .op = how, .datum_a = value, .datum_b = 0};
}

class Writer {
 public:
  explicit Writer(Rules& rules) : rules_(rules) {}

  void allow(std::initializer_list<int> calls) { add(SCMP_ACT_ALLOW, calls); }
  void allow(int call, std::vector<scmp_arg_cmp> when) {
    rules_.rules.push_back({SCMP_ACT_ALLOW, call, std::move(when)});
  }
  void kill(std::initializer_list<int> calls) { add(SCMP_ACT_KILL_PROCESS, calls); }
  void kill(int call, std::vector<scmp_arg_cmp> when) {
    rules_.rules.push_back({SCMP_ACT_KILL_PROCESS, call, std::move(when)});
  }
  void answer(std::uint32_t number, std::initializer_list<int> calls) {
    add(SCMP_ACT_ERRNO(number), calls);
  }
  void answer(std::uint32_t number, int call, std::vector<scmp_arg_cmp> when) {
    rules_.rules.push_back({SCMP_ACT_ERRNO(number), call, std::move(when)});
  }

 private:
  void add(std::uint32_t action, std::initializer_list<int> calls) {
    for (const int call : calls) rules_.rules.push_back({action, call, {}});
  }
  Rules& rules_;
};

// Computing, and talking through descriptors that are open.
void computing(Writer& to) {
  to.allow({SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(preadv), SCMP_SYS(write),
            SCMP_SYS(writev), SCMP_SYS(recvmsg), SCMP_SYS(lseek), SCMP_SYS(fstat),
            SCMP_SYS(fadvise64), SCMP_SYS(close), SCMP_SYS(poll), SCMP_SYS(ppoll)});
  to.allow(SCMP_SYS(sendmsg), {masked(2, MSG_FASTOPEN, 0)});
  to.allow({SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise)});
  to.allow({SCMP_SYS(futex), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(sysinfo),
            SCMP_SYS(uname), SCMP_SYS(getrusage), SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres),
            SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getrandom), SCMP_SYS(getpid),
            SCMP_SYS(gettid), SCMP_SYS(exit), SCMP_SYS(exit_group)});
  to.allow({SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction),
            SCMP_SYS(sigaltstack), SCMP_SYS(restart_syscall)});
  // Otherwise abort() would look like a forbidden call.
  to.allow(SCMP_SYS(tgkill), {integer(0, kOwnProcess)});
  // Never executable: what is code was loaded before.
  to.allow(SCMP_SYS(mprotect), {masked(2, PROT_EXEC, 0)});
  // How the C library says fstat(). With a path, it tells whether that exists, and no more.
  to.allow(SCMP_SYS(newfstatat), {integer(3, AT_EMPTY_PATH)});
  // The C library tries clone3 first; its arguments are in memory, where no filter can see them.
  to.answer(ENOSYS, {SCMP_SYS(clone3)});
  to.answer(EACCES, {SCMP_SYS(prlimit64), SCMP_SYS(getrlimit), SCMP_SYS(mlock), SCMP_SYS(mlock2),
                     SCMP_SYS(munlock), SCMP_SYS(ioctl)});
  if (kProbingPipes) to.allow({SCMP_SYS(pipe2)});
}

// Libraries look for files, and do without.
void nothing_about_paths(Writer& to) {
  to.answer(EACCES, {SCMP_SYS(openat2), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(statx),
                     SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
                     SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd)});
  to.answer(EACCES, SCMP_SYS(newfstatat), {masked(3, AT_EMPTY_PATH, 0)});
  for (const std::uint64_t command : {F_GETFD, F_GETFL, F_GET_SEALS}) {
    to.allow(SCMP_SYS(fcntl), {integer(1, command)});
  }
}

void no_paths(Writer& to) {
  nothing_about_paths(to);
  to.answer(EACCES, {SCMP_SYS(open), SCMP_SYS(openat)});
  to.allow(SCMP_SYS(mmap), {masked(2, PROT_EXEC, 0), masked(3, MAP_ANONYMOUS, MAP_ANONYMOUS)});
}

// Opened to read, and nothing else; which paths, is Landlock's to say.
void reading(Writer& to) {
  nothing_about_paths(to);
  for (const auto& [call, flags] : {std::pair(SCMP_SYS(open), 1u), {SCMP_SYS(openat), 2u}}) {
    to.allow(call, {masked(flags, O_ACCMODE | O_CREAT | O_TRUNC | O_PATH, 0)});
    for (const std::uint64_t one : {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_PATH}) {
      to.answer(EACCES, call, {masked(flags, one, one)});
    }
  }
  to.allow(SCMP_SYS(fcntl), {integer(1, F_SETFD)});
  to.allow(SCMP_SYS(mmap), {masked(2, PROT_EXEC, 0), masked(3, MAP_TYPE, MAP_PRIVATE)});
}

// Threads of the same process, with everything shared and no namespace of their own.
void threads(Writer& to) {
  constexpr std::uint64_t kThread = CLONE_VM | CLONE_THREAD | CLONE_SIGHAND;
  constexpr std::uint64_t kOther = CLONE_PTRACE | CLONE_VFORK | CLONE_PARENT | CLONE_NEWNS |
                                   CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |
                                   CLONE_NEWPID | CLONE_NEWNET | CLONE_IO;
  to.allow(SCMP_SYS(clone), {masked(0, kThread | kOther, kThread)});
  to.allow({SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(set_tid_address),
            SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep)});
  to.allow(SCMP_SYS(prctl), {integer(0, PR_SET_NAME)});
}

// Which paths these reach is Landlock's to say.
void files(Writer& to) {
  to.allow({SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(openat2), SCMP_SYS(stat), SCMP_SYS(lstat),
            SCMP_SYS(statx), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
            SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(getdents64),
            SCMP_SYS(fstatfs)});
  to.allow(SCMP_SYS(newfstatat), {masked(3, AT_EMPTY_PATH, 0)});
  to.allow({SCMP_SYS(pwrite64), SCMP_SYS(pwritev), SCMP_SYS(fsync), SCMP_SYS(fdatasync),
            SCMP_SYS(ftruncate), SCMP_SYS(fallocate), SCMP_SYS(flock), SCMP_SYS(fchmod),
            SCMP_SYS(fchown), SCMP_SYS(umask), SCMP_SYS(geteuid), SCMP_SYS(getuid)});
  to.allow({SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat),
            SCMP_SYS(renameat2), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(rmdir),
            SCMP_SYS(utimensat)});
  to.allow(SCMP_SYS(mmap), {masked(2, PROT_EXEC, 0)});
  for (const std::uint64_t command :
       {F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW, F_OFD_GETLK, F_OFD_SETLK,
        F_OFD_SETLKW, F_DUPFD_CLOEXEC}) {
    to.allow(SCMP_SYS(fcntl), {integer(1, command)});
  }
}

// Waiting for several channels at once.
void waiting(Writer& to) {
  to.allow({SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_wait),
            SCMP_SYS(epoll_pwait), SCMP_SYS(eventfd2), SCMP_SYS(pipe2), SCMP_SYS(shutdown),
            SCMP_SYS(rt_sigtimedwait), SCMP_SYS(recvfrom)});
  to.allow(SCMP_SYS(sendto), {masked(3, MSG_FASTOPEN, 0)});
}

int family_of(Reach reach) {
  if (reach == Reach::kUnixSocket) return AF_UNIX;
  return reach == Reach::kTcp4 ? AF_INET : AF_INET6;
}

// Sockets of that family for a stream, by its usual protocol: Landlock knows the ports of no other.
// A library that looks something up gets an error that it can handle.
void no_other_sockets(Writer& to, Reach reach) {
  const auto family = static_cast<std::uint64_t>(family_of(reach));
  to.answer(EACCES, SCMP_SYS(socket), {whole(0, SCMP_CMP_NE, family)});
  to.answer(EACCES, SCMP_SYS(socket), {whole(2, SCMP_CMP_NE, 0)});
  for (std::uint64_t type = 0; type <= kSocketType; ++type) {
    if (type != SOCK_STREAM) to.answer(EACCES, SCMP_SYS(socket), {masked(1, kSocketType, type)});
  }
}

// The signer's connection to its database.
void connecting(Writer& to, Reach reach) {
  const auto family = static_cast<std::uint64_t>(family_of(reach));
  to.allow(SCMP_SYS(socket), {whole(0, SCMP_CMP_EQ, family), masked(1, kSocketType, SOCK_STREAM),
                              whole(2, SCMP_CMP_EQ, 0)});
  no_other_sockets(to, reach);
  to.allow({SCMP_SYS(connect), SCMP_SYS(getsockopt), SCMP_SYS(getsockname), SCMP_SYS(getpeername),
            SCMP_SYS(rt_sigpending)});
  for (const std::uint64_t level : {SOL_SOCKET, int{IPPROTO_TCP}})
    to.allow(SCMP_SYS(setsockopt), {integer(1, level)});
}

// Where a token does not sign any more, its module tells the system's log before it tells us.
void no_syslog(Writer& to) {
  to.answer(EACCES, SCMP_SYS(socket),
            {whole(0, SCMP_CMP_EQ, AF_UNIX), masked(1, kSocketType, SOCK_DGRAM)});
}

// Front and egress work through large libraries and a network: what they must not do is named, the
// rest is free.
void nothing_beside_a_network(Writer& to) {
  to.kill({SCMP_SYS(execve),
           SCMP_SYS(execveat),
           SCMP_SYS(fork),
           SCMP_SYS(vfork),
           SCMP_SYS(ptrace),
           SCMP_SYS(process_vm_readv),
           SCMP_SYS(process_vm_writev),
           SCMP_SYS(process_madvise),
           SCMP_SYS(kcmp),
           SCMP_SYS(pidfd_getfd),
           SCMP_SYS(pidfd_open),
           SCMP_SYS(pidfd_send_signal),
           SCMP_SYS(kill),
           SCMP_SYS(tkill),
           SCMP_SYS(unshare),
           SCMP_SYS(setns),
           SCMP_SYS(mount),
           SCMP_SYS(umount2),
           SCMP_SYS(pivot_root),
           SCMP_SYS(chroot),
           SCMP_SYS(open_tree),
           SCMP_SYS(move_mount),
           SCMP_SYS(fsopen),
           SCMP_SYS(fsmount),
           SCMP_SYS(mknod),
           SCMP_SYS(mknodat),
           SCMP_SYS(bpf),
           SCMP_SYS(perf_event_open),
           SCMP_SYS(userfaultfd),
           SCMP_SYS(io_uring_setup),
           SCMP_SYS(io_uring_enter),
           SCMP_SYS(io_uring_register),
           SCMP_SYS(keyctl),
           SCMP_SYS(add_key),
           SCMP_SYS(request_key),
           SCMP_SYS(init_module),
           SCMP_SYS(finit_module),
           SCMP_SYS(kexec_load),
           SCMP_SYS(kexec_file_load),
           SCMP_SYS(personality),
           SCMP_SYS(pkey_mprotect),
           SCMP_SYS(memfd_secret),
           SCMP_SYS(shmat)});
  to.kill(SCMP_SYS(clone), {masked(0, CLONE_THREAD, 0)});
  to.answer(ENOSYS, {SCMP_SYS(clone3)});
  to.kill(SCMP_SYS(mprotect), {masked(2, PROT_EXEC, PROT_EXEC)});
  constexpr std::uint64_t kBoth = PROT_WRITE | PROT_EXEC;
  to.kill(SCMP_SYS(mmap), {masked(2, kBoth, kBoth)});
  to.kill(SCMP_SYS(mmap), {masked(2, kBoth, PROT_EXEC), masked(3, MAP_ANONYMOUS, MAP_ANONYMOUS)});
}

// Accepting needs neither. A library that looks something up gets an error it can handle.
void front(Writer& to, Reach reach) {
  nothing_beside_a_network(to);
  to.answer(EACCES, {SCMP_SYS(bind)});
  if (reach == Reach::kNowhere) {
    to.answer(EACCES, {SCMP_SYS(socket), SCMP_SYS(connect)});
    return;
  }
  no_other_sockets(to, reach);
  // What connects while it sends, older versions of Landlock do not see.
  to.answer(EACCES, SCMP_SYS(sendto), {masked(3, MSG_FASTOPEN, MSG_FASTOPEN)});
  for (const int call : {SCMP_SYS(sendmsg), SCMP_SYS(sendmmsg)}) {
    const unsigned flags = call == SCMP_SYS(sendmsg) ? 2 : 3;
    to.answer(EACCES, call, {masked(flags, MSG_FASTOPEN, MSG_FASTOPEN)});
  }
}

void egress(Writer& to) {
  nothing_beside_a_network(to);
  to.answer(EACCES, {SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4)});
  for (const int family : {AF_NETLINK, AF_PACKET}) {
    to.answer(EACCES, SCMP_SYS(socket), {integer(0, static_cast<std::uint64_t>(family))});
  }
}

}  // namespace

Rules rules_of(Role role, Reach reach) {
  Rules rules;
  Writer to(rules);
  switch (role) {
    case Role::kBox:
    case Role::kRender:
      computing(to);
      no_paths(to);
      break;
    case Role::kDraw:
      computing(to);
      reading(to);
      break;
    case Role::kJudge:
      computing(to);
      no_paths(to);
      threads(to);
      break;
    case Role::kSigner:
      computing(to);
      threads(to);
      files(to);
      waiting(to);
      if (reach != Reach::kNowhere) {
        connecting(to, reach);
      } else {
        no_syslog(to);
      }
      break;
    case Role::kFront:
      rules.otherwise = SCMP_ACT_ALLOW;
      front(to, reach);
      break;
    case Role::kEgress:
      rules.otherwise = SCMP_ACT_ALLOW;
      egress(to);
      break;
  }
  return rules;
}

}  // namespace heyan::sandbox
