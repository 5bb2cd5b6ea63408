// Which paths a process may open: none, or those beneath the folders of its profile.
//
// A second wall behind the system call filter for the workers, and the only one for the paths of
// signer and front. Older kernels know fewer kinds of access; what is lacking is returned, so that
// it can be said aloud. Source: landlock(7), Linux documentation userspace-api/landlock.
#pragma once

#include <string_view>
#include <vector>

#include "gateway/os/descriptor.h"
#include "gateway/sandbox/profile.h"
#include "verifier/core/error.h"

namespace heyan::sandbox {

// The kernel's version of Landlock; 0: it has none.
int landlock_version();
// One that can say which paths may be read.
bool limits_paths();
// One that can say which ports may be connected to.
bool limits_ports();

class Ruleset {
 public:
  // Opens the folders of the profile. kNotFound: one of them is not there; kUnsupported: a kernel
  // without Landlock, for a role that nothing else keeps from reading (draw).
  static core::Result<Ruleset> prepare(const Profile& profile);
  // The same for a kernel of an older version, or of none (0). For tests.
  static core::Result<Ruleset> prepare(const Profile& profile, int version);

  // For the calling thread and what it starts. Needs no_new_privs. No way back.
  core::Result<void> enforce() const;

  // The descriptor that enforce() needs; -1: none.
  int held() const { return ruleset_.get(); }

  // Stable words: "landlock" (all of it), "landlock-truncate", "landlock-network",
  // "landlock-devices", "landlock-signals".
  const std::vector<std::string_view>& lacking() const { return lacking_; }

 private:
  Ruleset() = default;
  int version_ = 0;  // 0: there is nothing to enforce
  Role role_ = Role::kBox;
  os::Descriptor ruleset_;  // open where the profile has folders
  std::vector<std::string_view> lacking_;
};

}  // namespace heyan::sandbox
