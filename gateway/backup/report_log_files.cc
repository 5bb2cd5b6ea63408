#include "gateway/backup/report_log_files.h"

#include "gateway/report_log/publish.h"
#include "gateway/signer/tables.h"
#include "gateway/sqlite/statement_cache.h"
#include "gateway/sqlite/transaction.h"
#include "verifier/transparency/note.h"

namespace heyan::backup {
namespace {

core::Result<void> sign_head(sqlite::Database& database, report_log::ReportLog& log,
                             const LogKey& key) {
  HEYAN_TRY(const report_log::Head head, log.head());
  HEYAN_TRY(const report_log::SignedCheckpoint last, log.checkpoint());
  if (head.size == last.size) return {};
  HEYAN_TRY(const std::string text,
            transparency::encode_checkpoint(
                {.origin = key.name, .size = head.size, .root = head.root, .extensions = {}}));
  HEYAN_TRY(const std::string note, transparency::sign_note(text, key.name, key.key));
  HEYAN_TRY(sqlite::Transaction transaction, sqlite::Transaction::begin(database));
  HEYAN_CHECK_OK(log.store_checkpoint(transaction, head, note));
  return transaction.commit();
}

}  // namespace

core::Result<void> publish_log(const std::filesystem::path& database_file,
                               const std::filesystem::path& folder,
                               const std::optional<LogKey>& key) {
  HEYAN_TRY(sqlite::Database database, sqlite::Database::open(database_file, signer::layout()));
  HEYAN_TRY(const auto log, report_log::ReportLog::open(database));
  if (key) HEYAN_CHECK_OK(sign_head(database, *log, *key));
  HEYAN_TRY(const report_log::SignedCheckpoint last, log->checkpoint());
  if (last.text.empty()) return {};
  report_log::TilePublisher publisher(*log, folder);
  HEYAN_CHECK_OK(publisher.publish());
  sqlite::StatementCache statements(database);
  HEYAN_TRY(const auto lines,
            statements.all<std::string>("SELECT line FROM cosigned WHERE size = ? ORDER BY witness",
                                        last.size));
  if (lines.empty()) return {};
  std::string note = last.text;
  for (const auto& [line] : lines) note += line;
  return publisher.publish_cosigned(last.size, note);
}

}  // namespace heyan::backup
