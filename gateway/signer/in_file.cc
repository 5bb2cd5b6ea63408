// Signer: over a log in a file of SQLite, which one process continues.
#include "gateway/signer/signer.h"
#include "gateway/signer/tables.h"
#include "gateway/sqlite/database.h"

namespace heyan::signer {

core::Result<std::unique_ptr<Signer>> Signer::open(Settings settings, Keys keys) {
  HEYAN_TRY(sqlite::Database database,
            sqlite::Database::open(settings.folder / "log.db", layout()));
  HEYAN_CHECK_OK(database.execute(report_log::kPages));
  return start(std::move(settings), std::move(keys),
               std::make_unique<sqlite::Database>(std::move(database)), false);
}

}  // namespace heyan::signer
