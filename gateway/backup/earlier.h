// An earlier backup, with which the next one shares what both have: one file under two names.
//
// It may have been damaged since it was made, and then both would be: what is shared is read first,
// and must be what the earlier one lists. That costs the time of a reading, and no room. One
// thread.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "gateway/backup/manifest.h"

namespace heyan::backup {

class Earlier {
 public:
  Earlier() = default;  // there is none
  // As read_description and read_manifest.
  static std::expected<Earlier, Refusal> open(const std::filesystem::path& folder);

  // `to`, which is not there yet, becomes another name of its file of that name, whose digests
  // these are. Nothing: it has none, or it lies on another file system, or is damaged.
  std::optional<Digests> share(const std::string& name, const std::filesystem::path& to,
                               const Advance& expect, const Advance& advance);
  // By their names: what was asked for and is not what it lists.
  const std::vector<std::string>& damaged() const { return damaged_; }

 private:
  std::filesystem::path folder_;
  Manifest manifest_;
  std::vector<std::string> damaged_;
};

}  // namespace heyan::backup
