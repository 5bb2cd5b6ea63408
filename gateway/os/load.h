// How full this machine is: memory and the disk of one folder.
//
// Memory is that of the control group where one limits it (what can be given back at once is not
// counted), otherwise that of the machine. Opened before a sandbox is entered, read inside it. Any
// thread. Sources: proc_meminfo(5), Documentation/admin-guide/cgroup-v2.rst, statvfs(3).
#pragma once

#include <cstdint>
#include <filesystem>

#include "gateway/os/descriptor.h"
#include "verifier/core/error.h"

namespace heyan::os {

// Shares that are used, from 0 to 1. The disk's is that of its blocks or its inodes, whichever is
// fuller.
struct Load {
  double memory = 0;
  double disk = 0;
};

class LoadGauge {
 public:
  // `proc` and `cgroup`: where those file systems are mounted. kIo: neither says anything about
  // memory; kNotFound: no such folder.
  static core::Result<LoadGauge> open(const std::filesystem::path& folder,
                                      const std::filesystem::path& proc = "/proc",
                                      const std::filesystem::path& cgroup = "/sys/fs/cgroup");

  // kIo, kMalformed: the system does not say.
  core::Result<Load> read() const;
  // The disk's share once so many bytes more are used. kIo.
  core::Result<double> disk(std::uint64_t more = 0) const;

 private:
  core::Result<double> memory() const;

  Descriptor folder_;
  Descriptor meminfo_;
  Descriptor limit_;    // memory.max; closed where no control group limits
  Descriptor current_;  // memory.current
  Descriptor stat_;     // memory.stat
};

}  // namespace heyan::os
