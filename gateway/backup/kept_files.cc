#include "gateway/backup/kept_files.h"

#include "gateway/sqlite/statement_cache.h"
#include "gateway/store/schema.h"

namespace heyan::backup {

core::Result<std::vector<Kept>> kept_files(const std::filesystem::path& front) {
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
    kept.push_back({court, submission, sha256, promised == 1});
  return kept;
}

}  // namespace heyan::backup
