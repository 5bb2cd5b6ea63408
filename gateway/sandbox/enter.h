// Entering a sandbox: no new privileges, not dumpable, limits, Landlock, seccomp. There is no way
// back.
//
// Threat: the process that enters is about to read hostile bytes, and is to be harmless when it is
// taken over. What it has open stays open: a child that was forked closes what is not its own first
// (close_all_but). Sources: prctl(2), setrlimit(2), landlock(7), seccomp(2).
//
// A worker's parent prepares once and forks; each child enters. Libraries that read configuration
// or load code when first used are warmed up in the parent. A child leaves with _exit.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "gateway/sandbox/filter.h"
#include "gateway/sandbox/landlock.h"
#include "gateway/sandbox/profile.h"
#include "verifier/core/error.h"

namespace heyan::sandbox {

// What this kernel cannot do: words of Ruleset::lacking, to be said aloud. Empty: all is in force.
using Degraded = std::vector<std::string_view>;

class Sandbox {
 public:
  // Compiles the filter and opens the profile's folders; changes nothing in this process.
  static core::Result<Sandbox> prepare(Profile profile);

  // For the calling process, which must have one thread. After a failure the process is in an
  // unknown state between, and must end.
  core::Result<Degraded> enter() const;

  // A descriptor that enter() needs, for a child that closes all but its own; -1: none.
  int held() const { return ruleset_.held(); }

  const Profile& profile() const { return profile_; }
  const Degraded& degraded() const { return ruleset_.lacking(); }

 private:
  Sandbox(Profile profile, Filter filter, Ruleset ruleset)
      : profile_(std::move(profile)), filter_(std::move(filter)), ruleset_(std::move(ruleset)) {}
  Profile profile_;
  Filter filter_;
  Ruleset ruleset_;
};

// Both at once.
core::Result<Degraded> enter(const Profile& profile);

// Closes every descriptor but these and the standard three: what a forked child inherited. Before
// entering; the Sandbox of a worker needs none.
core::Result<void> close_all_but(std::span<const int> keep);

}  // namespace heyan::sandbox
