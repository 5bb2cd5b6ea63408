#include "gateway/sqlite/copy_together.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "gateway/sqlite/page_memory.h"
#include "gateway/sqlite/result_code.h"

namespace heyan::sqlite {
namespace {

using core::ErrorCode;

constexpr int kBusyMilliseconds = 10'000;
constexpr int kPagesAtOnce = 1024;

class Connection {
 public:
  static core::Result<Connection> open(const std::filesystem::path& path) {
    give_page_memory();
    sqlite3* opened = nullptr;
    constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(path.c_str(), &opened, kFlags, nullptr);
    Connection connection(opened);  // even a failed one must be closed
    if (code != SQLITE_OK) return std::unexpected(error_of(code));
    sqlite3_busy_timeout(opened, kBusyMilliseconds);
    return connection;
  }

  core::Result<void> run(const char* sql) const {
    const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return std::unexpected(error_of(code));
    return {};
  }

  core::Result<void> expect_write_ahead_log() const {
    std::string mode;
    const auto keep = [](void* into, int, char** values, char**) {
      if (values[0] != nullptr) *static_cast<std::string*>(into) = values[0];
      return 0;
    };
    const int code = sqlite3_exec(handle_.get(), "PRAGMA journal_mode", keep, &mode, nullptr);
    if (code != SQLITE_OK) return std::unexpected(error_of(code));
    if (mode == "wal") return {};
    return core::fail(ErrorCode::kUnsupported, "the database has no write-ahead log");
  }

  sqlite3* get() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  };
  explicit Connection(sqlite3* opened) : handle_(opened) {}
  std::unique_ptr<sqlite3, Close> handle_;
};

core::Result<void> create(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return core::fail(ErrorCode::kIo, "the copy of a database cannot be made");
  ::close(file);
  return {};
}

core::Result<void> copy(const Connection& from, const Connection& to,
                        const std::function<void(std::uint64_t)>& copied) {
  sqlite3_backup* backup = sqlite3_backup_init(to.get(), "main", from.get(), "main");
  if (backup == nullptr) return std::unexpected(error_of(sqlite3_errcode(to.get())));
  int code = SQLITE_OK;
  int left = -1;
  while (code == SQLITE_OK) {
    code = sqlite3_backup_step(backup, kPagesAtOnce);
    const int now = sqlite3_backup_remaining(backup);
    const int done = left < 0 ? sqlite3_backup_pagecount(backup) - now : left - now;
    left = now;
    constexpr std::uint64_t kPageBytes = 4096;
    if (copied && done > 0) copied(static_cast<std::uint64_t>(done) * kPageBytes);
  }
  const int finished = sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) return std::unexpected(error_of(code));
  if (finished != SQLITE_OK) return std::unexpected(error_of(finished));
  return {};
}

}  // namespace

core::Result<void> copy_together(std::span<const FileToCopy> files,
                                 const std::function<void(std::uint64_t)>& copied) {
  std::vector<Connection> readers;
  {
    std::vector<Connection> holders;  // closed, and so undone, when all are being read
    for (const FileToCopy& file : files) {
      HEYAN_TRY(Connection holder, Connection::open(file.from));
      HEYAN_CHECK_OK(holder.expect_write_ahead_log());
      HEYAN_CHECK_OK(holder.run("BEGIN IMMEDIATE"));
      holders.push_back(std::move(holder));
    }
    for (const FileToCopy& file : files) {
      HEYAN_TRY(Connection reader, Connection::open(file.from));
      HEYAN_CHECK_OK(reader.run("BEGIN; SELECT count(*) FROM sqlite_schema"));
      readers.push_back(std::move(reader));
    }
    for (const Connection& holder : holders) HEYAN_CHECK_OK(holder.run("ROLLBACK"));
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    HEYAN_CHECK_OK(create(files[i].to));
    HEYAN_TRY(const Connection to, Connection::open(files[i].to));
    HEYAN_CHECK_OK(copy(readers[i], to, copied));
  }
  return {};
}

}  // namespace heyan::sqlite
