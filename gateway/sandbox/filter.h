// The system calls of a role: a seccomp filter that ends the process at anything else.
//
// Compiled once by the parent (libseccomp takes most of a millisecond), installed by each child.
// Answered with EACCES, not death: what libraries try and can do without (opening a configuration
// file, asking for a limit). Sources: seccomp(2), seccomp_export_bpf(3).
//
// In builds with sanitizers a pipe is permitted besides (sanitizers.h). What LeakSanitizer does
// when a program returns from main (clone, ptrace) is stopped, so a child leaves with _exit.
#pragma once

#include <linux/filter.h>

#include <vector>

#include "gateway/sandbox/profile.h"
#include "verifier/core/error.h"

namespace heyan::sandbox {

class Filter {
 public:
  // kUnsupported: libseccomp cannot express it here.
  static core::Result<Filter> compile(Role role, Reach reach = Reach::kNowhere);

  // For the calling thread and the threads that it will start. Needs no_new_privs. No way back.
  core::Result<void> install() const;

 private:
  explicit Filter(std::vector<sock_filter> program) : program_(std::move(program)) {}
  std::vector<sock_filter> program_;
};

}  // namespace heyan::sandbox
