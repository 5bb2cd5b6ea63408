// People: in a file of SQLite.
#include "gateway/accounts/people.h"
#include "gateway/accounts/schema.h"
#include "gateway/sqlite/database.h"

namespace heyan::accounts {

core::Result<std::unique_ptr<People>> People::open(const std::filesystem::path& file) {
  HEYAN_TRY(sqlite::Database writer, sqlite::Database::open(file, layout()));
  HEYAN_TRY(sqlite::Database reader, sqlite::Database::open(file, layout(), sqlite::Access::kRead));
  return std::make_unique<People>(
      std::make_unique<Tables>(std::make_unique<sqlite::Database>(std::move(writer)),
                               std::make_unique<sqlite::Database>(std::move(reader))));
}

}  // namespace heyan::accounts
