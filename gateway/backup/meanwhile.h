// What the gateway deletes while a backup is made: after its databases were copied, before its
// files were.
//
// A file that is gone for that is not lacking. The copy says so itself, in the front's tables, and
// whoever verifies or restores it finds a deletion that is under way. Asked only of what is not
// there, so it costs nothing where nothing is. One thread.
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "verifier/core/error.h"

namespace heyan::backup {

class Meanwhile {
 public:
  // State folders: of the gateway, which runs, and of the copy, which nobody else has open.
  Meanwhile(const std::filesystem::path& running, const std::filesystem::path& copy,
            std::int64_t at_ms)
      : running_(running / "front/front.db"), copy_(copy / "front/front.db"), at_ms_(at_ms) {}

  // Whether that submission is being deleted by now, or was; then the copy says so, too. kIo.
  core::Result<bool> is_deleted(const std::string& submission);
  const std::set<std::string>& deleted() const { return deleted_; }

 private:
  std::filesystem::path running_;
  std::filesystem::path copy_;
  std::int64_t at_ms_;
  std::set<std::string> deleted_;
};

}  // namespace heyan::backup
