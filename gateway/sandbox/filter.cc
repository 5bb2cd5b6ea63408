#include "gateway/sandbox/filter.h"

#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "gateway/os/descriptor.h"
#include "gateway/sandbox/filter_rules.h"

namespace heyan::sandbox {
namespace {

using core::ErrorCode;

struct Release {
  void operator()(void* context) const { ::seccomp_release(context); }
};
using Context = std::unique_ptr<void, Release>;

std::unexpected<core::Error> inexpressible() {
  return core::fail(ErrorCode::kUnsupported,
                    "libseccomp cannot express the filter on this machine");
}

core::Result<Context> context_of(const Rules& rules) {
  Context context(::seccomp_init(rules.otherwise));
  // System calls of another architecture (32 bits, x32) would pass by other numbers.
  if (!context ||
      ::seccomp_attr_set(context.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) != 0) {
    return inexpressible();
  }
  for (const Rule& rule : rules.rules) {
    if (rule.action == rules.otherwise) return inexpressible();
    if (::seccomp_rule_add_array(context.get(), rule.action, rule.call,
                                 static_cast<unsigned>(rule.when.size()), rule.when.data()) != 0) {
      return inexpressible();
    }
  }
  return context;
}

// libseccomp writes a program to a descriptor only.
core::Result<std::vector<sock_filter>> program_of(const Context& context) {
  const os::Descriptor file(::memfd_create("filter", MFD_CLOEXEC));
  if (!file.is_open() || ::seccomp_export_bpf(context.get(), file.get()) != 0) {
    return inexpressible();
  }
  const off_t size = ::lseek(file.get(), 0, SEEK_END);
  if (size <= 0 || size % static_cast<off_t>(sizeof(sock_filter)) != 0) return inexpressible();
  std::vector<sock_filter> program(static_cast<std::size_t>(size) / sizeof(sock_filter));
  if (::pread(file.get(), program.data(), static_cast<std::size_t>(size), 0) != size) {
    return inexpressible();
  }
  return program;
}

bool compares_with_own_process(const sock_filter& step) {
  return step.code == (BPF_JMP | BPF_JEQ | BPF_K) && step.k == kOwnProcess;
}

}  // namespace

core::Result<Filter> Filter::compile(Role role, Reach reach) {
  HEYAN_TRY(const Context context, context_of(rules_of(role, reach)));
  HEYAN_TRY(std::vector<sock_filter> program, program_of(context));
  return Filter(std::move(program));
}

core::Result<void> Filter::install() const {
  std::vector<sock_filter> program = program_;
  for (sock_filter& step : program) {
    if (compares_with_own_process(step)) step.k = static_cast<std::uint32_t>(::getpid());
  }
  sock_fprog all{.len = static_cast<unsigned short>(program.size()), .filter = program.data()};
  if (::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &all) != 0) {
    return core::fail(ErrorCode::kUnsupported, "the kernel accepts no seccomp filter");
  }
  return {};
}

}  // namespace heyan::sandbox
