#include "gateway/sandbox/enter.h"

#include <linux/capability.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <limits>

#include "gateway/sandbox/sanitizers.h"

namespace heyan::sandbox {
namespace {

using core::ErrorCode;

core::Result<void> say(long answer, std::string_view otherwise) {
  if (answer != 0) return core::fail(ErrorCode::kIo, otherwise);
  return {};
}

// Landlock and seccomp bind the thread that asks for them: another would stay outside. A folder
// has two links, and one more for each folder in it. Without /proc nobody can tell.
core::Result<void> check_one_thread() {
  struct stat status{};
  if (kShadowThread || ::stat("/proc/self/task", &status) != 0) return {};
  if (status.st_nlink != 3) {
    return core::fail(ErrorCode::kInternal, "a sandbox is entered before any thread is started");
  }
  return {};
}

core::Result<void> give_up_privileges(const Profile& profile) {
  HEYAN_CHECK_OK(say(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs is refused"));
  if (!is_worker(profile.role)) return {};
  // Where the system runs as root (containers): a worker needs none of it. Signer and front may
  // need to override the owner of their folders.
  __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> its{};
  HEYAN_CHECK_OK(say(::syscall(SYS_capget, &header, its.data()), "capabilities cannot be read"));
  // Nor is it asked for where there is none: a service manager may have forbidden the question.
  const bool has_some = std::ranges::any_of(its, [](const __user_cap_data_struct& one) {
    return (one.effective | one.permitted | one.inheritable) != 0;
  });
  if (!has_some) return {};
  const std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> none{};
  return say(::syscall(SYS_capset, &header, none.data()), "capabilities cannot be dropped");
}

core::Result<void> die_with(pid_t parent) {
  if (parent == 0) return {};
  HEYAN_CHECK_OK(say(::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0), "no signal for a dead parent"));
  // It may have died before the signal was asked for.
  return say(::getppid() != parent, "the parent is gone");
}

core::Result<void> limit(__rlimit_resource resource, std::uint64_t soft, std::uint64_t hard) {
  rlimit now{};
  HEYAN_CHECK_OK(say(::getrlimit(resource, &now), "a limit cannot be read"));
  const rlimit wanted{.rlim_cur = std::min<rlim_t>(soft, now.rlim_max),
                      .rlim_max = std::min<rlim_t>(hard, now.rlim_max)};
  return say(::setrlimit(resource, &wanted), "a limit cannot be set");
}

core::Result<void> set_limits(const Profile& profile) {
  HEYAN_CHECK_OK(limit(RLIMIT_CORE, 0, 0));  // a core holds what was being read
  if (profile.memory_bytes != 0 && !kShadowMemory) {
    HEYAN_CHECK_OK(limit(RLIMIT_AS, profile.memory_bytes, profile.memory_bytes));
    HEYAN_CHECK_OK(limit(RLIMIT_DATA, profile.memory_bytes, profile.memory_bytes));
  }
  // A second more before SIGKILL, so that the parent sees SIGXCPU and knows why.
  if (profile.cpu_seconds != 0) {
    HEYAN_CHECK_OK(limit(RLIMIT_CPU, profile.cpu_seconds, profile.cpu_seconds + 1));
  }
  if (profile.open_files != 0) {
    HEYAN_CHECK_OK(limit(RLIMIT_NOFILE, profile.open_files, profile.open_files));
  }
  if (!is_worker(profile.role)) return {};
  HEYAN_CHECK_OK(limit(RLIMIT_FSIZE, 0, 0));
  HEYAN_CHECK_OK(limit(RLIMIT_MEMLOCK, 0, 0));
  // Threads count as processes here, and the judge has some: its filter knows them apart.
  if (profile.role != Role::kJudge) HEYAN_CHECK_OK(limit(RLIMIT_NPROC, 0, 0));
  return {};
}

}  // namespace

core::Result<Sandbox> Sandbox::prepare(Profile profile) {
  HEYAN_TRY(Filter filter, Filter::compile(profile.role, profile.reach));
  HEYAN_TRY(Ruleset ruleset, Ruleset::prepare(profile));
  return Sandbox(std::move(profile), std::move(filter), std::move(ruleset));
}

core::Result<Degraded> Sandbox::enter() const {
  HEYAN_CHECK_OK(check_one_thread());
  Degraded lacking = degraded();
  HEYAN_CHECK_OK(give_up_privileges(profile_));
  HEYAN_CHECK_OK(say(::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "the process stays dumpable"));
  HEYAN_CHECK_OK(die_with(profile_.parent));
  HEYAN_CHECK_OK(set_limits(profile_));
  HEYAN_CHECK_OK(ruleset_.enforce());
  HEYAN_CHECK_OK(filter_.install());  // last: it forbids all of the above
  return lacking;
}

core::Result<Degraded> enter(const Profile& profile) {
  HEYAN_TRY(const Sandbox sandbox, Sandbox::prepare(profile));
  return sandbox.enter();
}

core::Result<void> close_all_but(std::span<const int> keep) {
  std::vector<int> kept(keep.begin(), keep.end());
  std::ranges::sort(kept);
  unsigned from = STDERR_FILENO + 1;
  for (const int descriptor : kept) {
    if (descriptor < 0 || static_cast<unsigned>(descriptor) < from) continue;
    const auto next = static_cast<unsigned>(descriptor);
    if (next > from) {
      HEYAN_CHECK_OK(say(::syscall(SYS_close_range, from, next - 1, 0), "descriptors stay open"));
    }
    from = next + 1;
  }
  return say(::syscall(SYS_close_range, from, std::numeric_limits<unsigned>::max(), 0),
             "descriptors stay open");
}

}  // namespace heyan::sandbox
