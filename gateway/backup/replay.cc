#include "gateway/backup/replay.h"

#include <array>

#include "gateway/backup/mark.h"
#include "gateway/backup/restore_places.h"
#include "gateway/log_audit/audit.h"
#include "gateway/log_audit/published_log.h"
#include "gateway/sql/transaction.h"
#include "gateway/sqlite/database.h"
#include "gateway/store/schema.h"
#include "verifier/crypto/digest.h"

namespace heyan::backup {
namespace {

using core::ErrorCode;

std::unexpected<Refusal> refuse(const core::Error& error, const std::filesystem::path& subject,
                                std::string_view remedy) {
  return std::unexpected(intake::refusal_of(error, subject.string(), remedy));
}

// It was accepted after the backup, and then deleted: it is not accepted once more.
core::Result<void> forget(sql::StatementCache& statements, const std::string& submission) {
  HEYAN_CHECK_OK(statements.run("DELETE FROM filings WHERE submission = ?", submission));
  return statements.run("DELETE FROM receiving WHERE id = ?", submission);
}

// Of all that the tables have, the few that the log tells of: nobody waits for a transaction while
// the others' names are hashed.
core::Result<std::vector<std::string>> told_of(sql::Database& front,
                                               sql::StatementCache& statements, const Told& told) {
  std::vector<std::tuple<std::string>> rows;
  {
    constexpr std::array kWhole = {sql::Setting{.name = "heyan.whole", .value = "yes"}};
    HEYAN_TRY(const sql::Snapshot reading, sql::Snapshot::begin(front, kWhole));
    HEYAN_TRY(rows,
              statements.all<std::string>("SELECT id FROM submissions"
                                          " UNION ALL SELECT id FROM receiving WHERE accepted = 0"
                                          " ORDER BY 1"));
  }
  std::vector<std::string> found;
  for (auto& [id] : rows) {
    if (told.deleted.contains(crypto::sha256(core::as_bytes(id)))) found.push_back(std::move(id));
  }
  return found;
}

enum Standing : std::uint8_t { kReceiving, kUnasked, kAsked };

// Nothing where it is being deleted already.
core::Result<std::optional<std::uint64_t>> standing_of(sql::StatementCache& statements,
                                                       const std::string& submission) {
  HEYAN_TRY(const auto row,
            statements.one<std::uint64_t>(
                "SELECT CASE WHEN EXISTS (SELECT 1 FROM deletions d WHERE d.submission = s.id)"
                "  AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.submission = s.id)"
                "  THEN 2 ELSE 1 END FROM submissions s WHERE s.id = ?1 AND s.id NOT IN"
                " (SELECT submission FROM deletions WHERE submission = ?1"
                "  AND state IN ('UNDER_WAY', 'DELETED'))"
                " UNION ALL SELECT 0 FROM receiving WHERE id = ?1 AND accepted = 0",
                submission));
  if (!row) return std::nullopt;
  return std::get<0>(*row);
}

}  // namespace

std::expected<Told, Refusal> read_deletions(const LogRequest& request) {
  constexpr std::string_view kRemedy =
      "`heyan log audit` names what is wrong with these files; name another copy of the log.";
  const auto files = log_audit::PublishedLog::open(request.log);
  if (!files) {
    return std::unexpected(intake::refusal_of_named(files.error(), request.log.string(),
                                                    "Name the folder of the log's files."));
  }
  auto note = files->checkpoint();
  if (!note) return refuse(note.error(), request.log, kRemedy);
  Told told;
  const auto keep = [&told](core::ByteView bytes) {
    const auto entry = report::parse_log_entry(bytes);
    const auto* deletion = entry ? std::get_if<report::DeletionEntry>(&*entry) : nullptr;
    if (deletion != nullptr) told.deleted.insert(deletion->submission);
  };
  auto audited = log_audit::audit({.folder = request.log,
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
  told.note = *std::move(note);
  told.checkpoint = std::move(audited->checkpoint);
  return told;
}

core::Result<Marked> mark_again(sql::Database& front, const Told& told,
                                const MarkRequest& request) {
  sql::StatementCache statements(front);
  HEYAN_TRY(std::vector<std::string> found, told_of(front, statements, told));
  HEYAN_TRY(sql::Transaction transaction, sql::Transaction::begin(front));
  Marked marked;
  for (std::string& id : found) {
    HEYAN_TRY(const auto standing, standing_of(statements, id));
    if (!standing) continue;
    if (*standing == kUnasked && !request.also_unasked) {
      marked.unasked.push_back(std::move(id));
      continue;
    }
    HEYAN_CHECK_OK(*standing == kReceiving
                       ? forget(statements, id)
                       : mark_deletion(statements, id, core::to_unix_ms(request.at)));
    marked.deletions.push_back(std::move(id));
  }
  HEYAN_CHECK_OK(transaction.commit());
  return marked;
}

core::Result<Marked> mark_again(const std::filesystem::path& front, const Told& told,
                                const MarkRequest& request) {
  HEYAN_TRY(sqlite::Database database, sqlite::Database::open(front, store::layout()));
  return mark_again(database, told, request);
}

std::expected<void, Refusal> expect_followed(const transparency::Checkpoint& followed,
                                             const std::filesystem::path& file, const Told& told) {
  const transparency::Checkpoint& files = told.checkpoint;
  const bool older = followed.size < files.size;
  if (!older && (followed.size != files.size || followed.root == files.root)) return {};
  return refuse({ErrorCode::kMalformed, older ? "it is older than the log's files"
                                              : "it is of another history than the log's files"},
                file, kBringCheckpoint);
}

}  // namespace heyan::backup
