// Signer: over a log on a PostgreSQL server, which several continue.
#include "gateway/postgres/database.h"
#include "gateway/postgres/migrate.h"
#include "gateway/signer/signer.h"
#include "gateway/signer/tables.h"

namespace heyan::signer {

core::Result<void> Signer::prepare(const postgres::Settings& owner) {
  return postgres::migrate(owner, shared_layout());
}

core::Result<std::unique_ptr<Signer>> Signer::open(const postgres::Settings& server,
                                                   Settings settings, Keys keys) {
  HEYAN_TRY(postgres::Database database, postgres::Database::open(server, shared_layout()));
  return start(std::move(settings), std::move(keys),
               std::make_unique<postgres::Database>(std::move(database)), true);
}

}  // namespace heyan::signer
