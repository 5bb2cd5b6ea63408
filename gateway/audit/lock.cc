#include "gateway/audit/lock.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <thread>

namespace heyan::audit {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::chrono::milliseconds kPause{20};
constexpr int kTries = 250;

}  // namespace

core::Result<os::Descriptor> lock_trail(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return fail(ErrorCode::kIo, "the folder of the audit trail cannot be made");
  }
  os::Descriptor lock(
      ::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!lock.is_open()) {
    return fail(ErrorCode::kIo, "a file of the audit trail cannot be opened");
  }
  struct flock whole{};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  for (int i = 0; i < kTries; ++i) {
    if (::fcntl(lock.get(), F_OFD_SETLK, &whole) == 0) return lock;
    std::this_thread::sleep_for(kPause);
  }
  return fail(ErrorCode::kDuplicate, "another process writes this audit trail");
}

}  // namespace heyan::audit
