// The rules of each role, as libseccomp wants them. For filter.cc alone.
#pragma once

#include <seccomp.h>

#include <vector>

#include "gateway/sandbox/profile.h"

namespace heyan::sandbox {

struct Rule {
  std::uint32_t action = 0;
  int call = 0;
  std::vector<scmp_arg_cmp> when;  // all of them; empty: always
};

struct Rules {
  std::uint32_t otherwise = SCMP_ACT_KILL_PROCESS;  // what no rule names
  std::vector<Rule> rules;
};

// Stands in the rules for the number of the process that installs the filter: no process has it.
inline constexpr std::uint32_t kOwnProcess = 0x7fa57e11;

// `reach`: of signer and front.
Rules rules_of(Role role, Reach reach);

}  // namespace heyan::sandbox
