#include "gateway/signer/trust_seen.h"

#include <sys/stat.h>
#include <unistd.h>

#include "gateway/signer/tables.h"
#include "gateway/sqlite/statement_cache.h"

namespace heyan::signer {

core::Result<std::optional<std::int64_t>> version_seen(const std::filesystem::path& state,
                                                       std::string_view bundle) {
  const std::filesystem::path file = state / "signer/log.db";
  struct stat status{};
  if (::stat(file.c_str(), &status) != 0) {
    return core::fail(core::ErrorCode::kNotFound, "there is no such file");
  }
  if (status.st_uid != ::geteuid()) {
    return core::fail(core::ErrorCode::kUnsupported, "it belongs to another user");
  }
  HEYAN_TRY(sqlite::Database database,
            sqlite::Database::open(file, layout(), sqlite::Access::kRead));
  sqlite::StatementCache statements(database);
  HEYAN_TRY(const auto seen,
            statements.one<std::int64_t>("SELECT version FROM trust_seen WHERE id = ?", bundle));
  return seen ? std::optional(std::get<0>(*seen)) : std::nullopt;
}

}  // namespace heyan::signer
