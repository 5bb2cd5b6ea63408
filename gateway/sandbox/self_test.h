// Does the sandbox stop what it must, on this machine and kernel? Tried, not assumed.
//
// For each forbidden act a child is forked that enters the sandbox and does it. Run when a process
// starts, and by `heyan selftest`. The caller must have one thread.
#pragma once

#include <string_view>
#include <vector>

#include "gateway/sandbox/enter.h"

namespace heyan::sandbox {

enum class Act : std::uint8_t {
  kSocket,        // a socket to the internet; where the profile has TCP, for datagrams
  kConnect,       // a connection through a socket that was open before
  kOpenForWrite,  // a file that others may write
  kExec,          // a program
  kFork,          // a process
  kPtrace,        // being traced
  kCode,          // memory that is both writable and executable
};

std::string_view name(Act act);  // "socket" "connect" "open" "exec" "fork" "ptrace" "code"

enum class Stop : std::uint8_t {
  kKilled,   // the process was ended
  kRefused,  // "permission denied", and nothing was done
  kDone,     // it was not stopped
};

struct Probe {
  Act act{};
  Stop stop = Stop::kDone;
  bool stopped() const { return stop != Stop::kDone; }
};

// One probe an act, in the order above; without kConnect where the profile connects and the kernel
// cannot say to which ports ("landlock-network" is lacking then). An error where the sandbox could
// not be entered, or a child did not even come to its act: then nothing was shown.
core::Result<std::vector<Probe>> self_test(const Profile& profile);

// The name of an act that was not stopped; "nothing was tried" where there is no probe; empty where
// all is well.
std::string_view first_not_stopped(std::span<const Probe> probes);

}  // namespace heyan::sandbox
