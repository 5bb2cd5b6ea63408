// Store: in a file of SQLite, which one process has for itself.
#include <fcntl.h>
#include <sys/file.h>

#include "gateway/sqlite/database.h"
#include "gateway/store/parts.h"
#include "gateway/store/schema.h"

namespace heyan::store {
namespace {

using core::ErrorCode;

// Two processes would each queue again what the other is verifying.
core::Result<os::Descriptor> lock_alone(const std::filesystem::path& database) {
  const std::string path = database.string() + ".lock";
  os::Descriptor lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!lock.is_open()) return core::fail(ErrorCode::kIo, "the lock file could not be opened");
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    return core::fail(ErrorCode::kIo, "another process uses this database");
  }
  return lock;
}

}  // namespace

core::Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& path,
                                                 Listener changed) {
  HEYAN_TRY(os::Descriptor lock, lock_alone(path));
  HEYAN_TRY(sqlite::Database writer, sqlite::Database::open(path, layout()));
  HEYAN_TRY(sqlite::Database reader, sqlite::Database::open(path, layout(), sqlite::Access::kRead));
  auto parts =
      std::make_unique<Parts>(std::make_unique<sqlite::Database>(std::move(writer)),
                              std::make_unique<sqlite::Database>(std::move(reader)), Program{});
  return start(std::move(lock), std::move(changed), std::move(parts), {});
}

}  // namespace heyan::store
