#include "gateway/witness/memory.h"

#include <array>

#include "gateway/sqlite/transaction.h"

namespace heyan::witness {
namespace {

using core::Bytes;
using core::ErrorCode;

constexpr std::int64_t kMostOtherViews = 100;  // of a log

constexpr std::string_view kTables = R"(
CREATE TABLE logs(
  origin TEXT PRIMARY KEY,
  size INTEGER NOT NULL CHECK(size >= 0),
  root BLOB NOT NULL CHECK(length(root) = 32),
  note TEXT NOT NULL,
  cosigned_at INTEGER NOT NULL CHECK(cosigned_at >= 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE other_views(
  origin TEXT NOT NULL,
  size INTEGER NOT NULL,
  root BLOB NOT NULL CHECK(length(root) = 32),
  note TEXT NOT NULL,
  PRIMARY KEY(origin, size, root)
) STRICT, WITHOUT ROWID;
)";
constexpr std::array kMigrations = {kTables};
constexpr sqlite::Layout kLayout{.application_id = 0x48595769,  // "HYWi"
                                 .migrations = kMigrations};

bool is_there(const std::filesystem::path& file) {
  std::error_code error;
  return std::filesystem::exists(file, error);
}

}  // namespace

core::Result<std::unique_ptr<Memory>> Memory::create(const std::filesystem::path& file) {
  if (is_there(file)) return core::fail(ErrorCode::kDuplicate, "the witness has a memory already");
  HEYAN_TRY(sqlite::Database database, sqlite::Database::open(file, kLayout));
  return std::unique_ptr<Memory>(new Memory(std::move(database)));
}

core::Result<std::unique_ptr<Memory>> Memory::open(const std::filesystem::path& file) {
  if (!is_there(file)) {
    return core::fail(ErrorCode::kNotFound, "the witness has no memory of what it cosigned");
  }
  HEYAN_TRY(sqlite::Database database, sqlite::Database::open(file, kLayout));
  return std::unique_ptr<Memory>(new Memory(std::move(database)));
}

core::Result<std::optional<Remembered>> Memory::read(const std::string& origin) {
  HEYAN_TRY(auto row,
            (statements_.one<std::uint64_t, Bytes, std::string, std::uint64_t>(
                "SELECT size, root, note, cosigned_at FROM logs WHERE origin = ?", origin)));
  if (!row) return std::nullopt;
  auto& [size, root, note, cosigned_at] = *row;
  const auto hash = transparency::tree_hash(root);
  if (!hash) return core::fail(ErrorCode::kInternal, "a root that is remembered is none");
  return Remembered{
      .size = size, .root = *hash, .note = std::move(note), .cosigned_at_seconds = cosigned_at};
}

core::Result<std::optional<Remembered>> Memory::find(const std::string& origin) {
  const std::lock_guard lock(mutex_);
  return read(origin);
}

core::Result<void> Memory::change(const std::string& origin, const Decide& decide) {
  const std::lock_guard lock(mutex_);
  HEYAN_TRY(auto transaction, sqlite::Transaction::begin(database_));
  HEYAN_TRY(const std::optional<Remembered> last, read(origin));
  HEYAN_TRY(const std::optional<Remembered> next, decide(last));
  if (!next) return {};
  HEYAN_CHECK_OK(statements_.run(
      "INSERT INTO logs(origin, size, root, note, cosigned_at) VALUES (?, ?, ?, ?, ?)"
      " ON CONFLICT(origin) DO UPDATE SET size = excluded.size, root = excluded.root,"
      " note = excluded.note, cosigned_at = excluded.cosigned_at",
      origin, next->size, next->root, next->note, next->cosigned_at_seconds));
  return transaction.commit();
}

core::Result<bool> Memory::keep_other_view(const std::string& origin, std::uint64_t size,
                                           const transparency::TreeHash& root,
                                           const std::string& note) {
  const std::lock_guard lock(mutex_);
  HEYAN_TRY(const std::uint64_t added,
            statements_.change("INSERT INTO other_views(origin, size, root, note)"
                               " SELECT ?1, ?2, ?3, ?4 WHERE"
                               " (SELECT count(*) FROM other_views WHERE origin = ?1) < ?5"
                               " ON CONFLICT DO NOTHING",
                               origin, size, root, note, kMostOtherViews));
  return added > 0;
}

}  // namespace heyan::witness
