#include "gateway/backup/kept_files.h"

#include "gateway/signer/tables.h"
#include "gateway/sqlite/statement_cache.h"
#include "gateway/store/schema.h"

namespace heyan::backup {
namespace {

// The numbers alone are in an index: the rows, with the reports, are read of the few that the front
// does not know. Its record was put, and noted, before the report was signed.
core::Result<void> add_not_taken_up(sqlite::Database& front, sqlite::Database& signer,
                                    std::vector<Kept>& kept) {
  sqlite::StatementCache fronts(front);
  sqlite::StatementCache signers(signer);
  HEYAN_TRY(sqlite::Statement all, signer.prepare("SELECT number FROM reports"));
  HEYAN_TRY(sqlite::Rows rows, all.query());
  while (true) {
    HEYAN_TRY(const bool more, rows.next());
    if (!more) return {};
    HEYAN_TRY(const auto row, rows.values<std::string>());
    const std::string& number = std::get<0>(row);
    HEYAN_TRY(const auto taken_up,
              fronts.one<std::uint64_t>("SELECT 1 FROM reports WHERE number = ?", number));
    if (taken_up) continue;
    HEYAN_TRY(auto found, (signers.one<std::string, std::string, core::Bytes>(
                              "SELECT i.court, i.submission, r.record_sha256 FROM reports r"
                              " JOIN numbers n ON n.number = r.number"
                              " JOIN intakes i ON i.submission = n.submission"
                              " WHERE r.number = ? AND r.envelope IS NOT NULL",
                              number)));
    if (!found) continue;
    auto& [court, submission, sha256] = *found;
    HEYAN_TRY(const auto gone,
              fronts.one<std::uint64_t>("SELECT 1 FROM deletions WHERE submission = ?"
                                        " AND state IN ('UNDER_WAY', 'DELETED')",
                                        submission));
    if (!gone) {
      kept.push_back({.court = std::move(court),
                      .submission = std::move(submission),
                      .sha256 = std::move(sha256),
                      .promised = true,
                      .taken_up = false});
    }
  }
}

}  // namespace

core::Result<std::vector<Kept>> kept_files(const std::filesystem::path& front,
                                           const std::filesystem::path& log) {
  HEYAN_TRY(sqlite::Database database,
            sqlite::Database::open(front, store::layout(), sqlite::Access::kStill));
  sqlite::StatementCache statements(database);
  HEYAN_TRY(const auto rows,
            (statements.all<std::string, std::string, core::Bytes, std::int64_t>(
                "SELECT court, submission, sha256, max(promised) FROM ("
                "SELECT s.court AS court, s.id AS submission, f.sha256 AS sha256, 1 AS promised"
                " FROM files f JOIN submissions s ON s.id = f.submission"
                " WHERE s.id NOT IN (SELECT submission FROM deletions"
                "  WHERE state IN ('UNDER_WAY', 'DELETED')) UNION ALL"
                " SELECT s.court, s.id, r.record_sha256, 1 FROM reports r"
                " JOIN submissions s ON s.id = r.submission"
                " WHERE s.id NOT IN (SELECT submission FROM deletions"
                "  WHERE state IN ('UNDER_WAY', 'DELETED')) UNION ALL"
                " SELECT r.court, r.id, a.sha256, 0 FROM awaited a JOIN receiving r ON r.id ="
                " a.submission WHERE r.accepted = 0 AND a.sha256 IS NOT NULL)"
                " GROUP BY court, submission, sha256")));
  std::vector<Kept> kept;
  for (const auto& [court, submission, sha256, promised] : rows)
    kept.push_back({court, submission, sha256, promised == 1, true});
  HEYAN_TRY(sqlite::Database signer,
            sqlite::Database::open(log, signer::layout(), sqlite::Access::kStill));
  HEYAN_CHECK_OK(add_not_taken_up(database, signer, kept));
  return kept;
}

}  // namespace heyan::backup
