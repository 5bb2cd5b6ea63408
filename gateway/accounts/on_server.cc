// People: on a PostgreSQL server, which several fronts share.
#include "gateway/accounts/people.h"
#include "gateway/accounts/schema.h"
#include "gateway/postgres/database.h"
#include "gateway/postgres/migrate.h"

namespace heyan::accounts {

core::Result<void> People::prepare(const postgres::Settings& owner) {
  return postgres::migrate(owner, shared_layout(), public_grants());
}

core::Result<std::unique_ptr<People>> People::open(const postgres::Settings& server) {
  HEYAN_TRY(postgres::Database writer, postgres::Database::open(server, shared_layout()));
  HEYAN_TRY(postgres::Database reader, postgres::Database::open(server, shared_layout()));
  return std::make_unique<People>(
      std::make_unique<Tables>(std::make_unique<postgres::Database>(std::move(writer)),
                               std::make_unique<postgres::Database>(std::move(reader))));
}

}  // namespace heyan::accounts
