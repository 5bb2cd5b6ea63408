#include "gateway/backup/replay.h"

#include <set>

#include "gateway/backup/mark.h"
#include "gateway/log_audit/audit.h"
#include "gateway/log_audit/published_log.h"
#include "gateway/sqlite/statement_cache.h"
#include "gateway/sqlite/transaction.h"
#include "gateway/store/schema.h"
#include "verifier/crypto/digest.h"

namespace heyan::backup {
namespace {

using core::ErrorCode;
using Identifiers = std::set<core::Bytes>;  // of submissions, by their digests

std::unexpected<Refusal> refuse(const core::Error& error, const std::filesystem::path& subject,
                                std::string_view remedy) {
  return std::unexpected(intake::refusal_of(error, subject.string(), remedy));
}

// It was accepted after the backup, and then deleted: it is not accepted once more.
core::Result<void> forget(sqlite::StatementCache& statements, const std::string& submission) {
  HEYAN_CHECK_OK(statements.run("DELETE FROM filings WHERE submission = ?", submission));
  return statements.run("DELETE FROM receiving WHERE id = ?", submission);
}

struct Marked {
  std::vector<std::string> deletions;
  std::vector<std::string> unasked;
};

core::Result<Marked> mark_all(const ReplayRequest& request, const Identifiers& deleted) {
  enum Standing : std::uint8_t { kReceiving, kUnasked, kAsked };
  HEYAN_TRY(sqlite::Database database, sqlite::Database::open(request.front, store::layout()));
  sqlite::StatementCache statements(database);
  HEYAN_TRY(sqlite::Transaction transaction, sqlite::Transaction::begin(database));
  HEYAN_TRY(
      const auto rows,
      (statements.all<std::string, std::uint64_t>(
          "SELECT s.id, CASE WHEN EXISTS (SELECT 1 FROM deletions d WHERE d.submission = s.id)"
          "  AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.submission = s.id)"
          "  THEN 2 ELSE 1 END FROM submissions s WHERE s.id NOT IN"
          " (SELECT submission FROM deletions WHERE state IN ('UNDER_WAY', 'DELETED'))"
          " UNION ALL SELECT id, 0 FROM receiving WHERE accepted = 0")));
  Marked marked;
  for (const auto& [id, standing] : rows) {
    if (!deleted.contains(crypto::sha256(core::as_bytes(id)))) continue;
    if (standing == kUnasked && !request.also_unasked) {
      marked.unasked.push_back(id);
      continue;
    }
    HEYAN_CHECK_OK(standing == kReceiving
                       ? forget(statements, id)
                       : mark_deletion(statements, id, core::to_unix_ms(request.at)));
    marked.deletions.push_back(id);
  }
  HEYAN_CHECK_OK(transaction.commit());
  return marked;
}

}  // namespace

std::expected<Replayed, Refusal> replay_deletions(const ReplayRequest& request) {
  constexpr std::string_view kRemedy =
      "`heyan log audit` names what is wrong with these files; name another copy of the log.";
  const auto files = log_audit::PublishedLog::open(request.log);
  if (!files) return refuse(files.error(), request.log, "Name the folder of the log's files.");
  auto note = files->checkpoint();
  if (!note) return refuse(note.error(), request.log, kRemedy);
  Identifiers deleted;
  const auto keep = [&deleted](core::ByteView bytes) {
    const auto entry = report::parse_log_entry(bytes);
    const auto* deletion = entry ? std::get_if<report::DeletionEntry>(&*entry) : nullptr;
    if (deletion != nullptr) deleted.insert(deletion->submission);
  };
  const auto audited = log_audit::audit({.folder = request.log,
                                         .key = &request.key,
                                         .since = request.known,
                                         .at = request.at,
                                         .on_entry = keep});
  if (!audited) return refuse(audited.error(), request.log, kRemedy);
  if (!audited->holds()) {
    return refuse(
        {ErrorCode::kMalformed, "the log does not hold, or does not continue the backup's"},
        request.log, kRemedy);
  }
  auto marked = mark_all(request, deleted);
  if (!marked) {
    return refuse(marked.error(), "front.db",
                  "Check the disk, empty the state folder, and begin anew.");
  }
  return Replayed{.checkpoint = *std::move(note),
                  .size = audited->checkpoint.size,
                  .deletions = std::move(marked->deletions),
                  .unasked = std::move(marked->unasked)};
}

}  // namespace heyan::backup
