#include "gateway/backup/uploads.h"

#include <map>
#include <optional>

#include "gateway/signer/tables.h"
#include "gateway/sqlite/statement_cache.h"
#include "gateway/sqlite/transaction.h"
#include "gateway/store/schema.h"
#include "gateway/store/vault.h"

namespace heyan::backup {
namespace {

// Whether the backup has all files of each, by submission.
core::Result<std::map<std::string, bool>> received(sqlite::StatementCache& front,
                                                   const Manifest& manifest) {
  HEYAN_TRY(const auto rows, (front.all<std::string, std::string, std::optional<core::Bytes>>(
                                 "SELECT r.id, r.court, a.sha256 FROM receiving r"
                                 " JOIN awaited a ON a.submission = r.id WHERE r.accepted = 0")));
  std::map<std::string, bool> whole;
  for (const auto& [id, court, sha256] : rows) {
    bool here = false;
    if (sha256) {
      HEYAN_TRY(const std::string plain, store::place_in_vault(court, *sha256));
      HEYAN_TRY(const std::string sealed,
                store::sealed_place({.court = court, .submission = id}, *sha256));
      here =
          manifest.contains("state/vault/" + plain) || manifest.contains("state/vault/" + sealed);
    }
    const auto [entry, first] = whole.try_emplace(id, here);
    if (!first) entry->second = entry->second && here;
  }
  return whole;
}

}  // namespace

core::Result<std::uint64_t> forget_uploads(const std::filesystem::path& front,
                                           const std::filesystem::path& log,
                                           const Manifest& manifest) {
  HEYAN_TRY(sqlite::Database signers, sqlite::Database::open(log, signer::layout()));
  HEYAN_TRY(sqlite::Database fronts, sqlite::Database::open(front, store::layout()));
  sqlite::StatementCache intakes(signers);
  sqlite::StatementCache statements(fronts);
  HEYAN_TRY(sqlite::Transaction transaction, sqlite::Transaction::begin(fronts));
  HEYAN_TRY(const auto whole, received(statements, manifest));
  std::uint64_t forgotten = 0;
  for (const auto& [id, is_whole] : whole) {
    if (is_whole) continue;
    HEYAN_TRY(const auto logged,
              intakes.one<std::uint64_t>("SELECT 1 FROM intakes WHERE submission = ?", id));
    if (logged) continue;
    HEYAN_CHECK_OK(statements.run("DELETE FROM filings WHERE submission = ?", id));
    HEYAN_CHECK_OK(statements.run("DELETE FROM receiving WHERE id = ?", id));
    ++forgotten;
  }
  HEYAN_CHECK_OK(transaction.commit());
  return forgotten;
}

}  // namespace heyan::backup
