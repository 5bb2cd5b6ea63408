#include "gateway/backup/replay_on_server.h"

#include <algorithm>

#include "gateway/backup/restore_places.h"
#include "gateway/database/server.h"
#include "gateway/keys/report_issuer.h"
#include "gateway/log_audit/audit.h"
#include "gateway/os/folder.h"
#include "gateway/postgres/database.h"
#include "gateway/report_log/report_log.h"
#include "gateway/signer/tables.h"
#include "gateway/sql/transaction.h"
#include "gateway/store/schema.h"
#include "verifier/core/text.h"

namespace heyan::backup {
namespace {

using core::ErrorCode;
using std::filesystem::path;
using transparency::Checkpoint;
using transparency::NoteVerifier;

constexpr std::string_view kCheckServer =
    "Is the server there, with the tables of this version? `heyan database prepare` makes them.";

std::unexpected<Refusal> refuse(const core::Error& error, const path& subject,
                                std::string_view remedy) {
  return std::unexpected(intake::refusal_of(error, subject.string(), remedy));
}

// The keys name the new log as soon as they were renewed, and the old one until then.
std::expected<NoteVerifier, Refusal> key_of_old_log(const ops::Config& config,
                                                    const std::string& name) {
  HEYAN_TRY(keys::ReportIssuer issuer, keys::load_report_issuer(config.state / "keys"));
  std::vector<NoteVerifier>& all = issuer.earlier_logs;
  all.push_back(std::move(issuer.log));
  const auto found = std::ranges::find(all, name, &NoteVerifier::name);
  if (found != all.end() && name != config.log_name) return std::move(*found);
  return refuse({ErrorCode::kMalformed, "it is of no log that this gateway's log follows"},
                config.log_follows, kBringCheckpoint);
}

std::expected<std::string, Refusal> followed_note(const ops::Config& config) {
  if (config.log_follows.empty()) {
    return refuse({ErrorCode::kMalformed, "the configuration names no new log"}, "[log]",
                  "Set a new name and follows in [log]: a log is never continued from a backup.");
  }
  const auto note = os::read_named_file(config.log_follows, transparency::kNoteBytes);
  if (!note) {
    return std::unexpected(
        intake::refusal_of_named(note.error(), config.log_follows.string(), kBringCheckpoint));
  }
  return core::to_string(*note);
}

// The checkpoint of the log that was restored, as it was signed; empty where there is none.
core::Result<std::string> restored_note(const ops::Config& config) {
  HEYAN_TRY(const postgres::Settings server, database::as_signer(*config.database));
  HEYAN_TRY(postgres::Database signers, postgres::Database::open(server, signer::shared_layout()));
  sql::StatementCache statements(signers);
  HEYAN_TRY(const sql::Snapshot reading, sql::Snapshot::begin(signers, {}));
  HEYAN_TRY(auto row, statements.one<std::string>("SELECT checkpoint FROM log_head WHERE one = 1"));
  if (!row) return core::fail(ErrorCode::kInternal, "the log has no head");
  return std::get<0>(*std::move(row));
}

// What the files must continue: nothing where a signer that was started since has left that log for
// the new one.
std::expected<std::optional<Checkpoint>, Refusal> restored_checkpoint(const ops::Config& config,
                                                                      const NoteVerifier& key,
                                                                      const path& place) {
  const auto note = restored_note(config);
  if (!note) return refuse(note.error(), place, kCheckServer);
  if (note->empty()) return std::nullopt;
  const auto unread = report_log::checkpoint_in(*note);
  if (unread && unread->origin == config.log_name) return std::nullopt;
  auto restored = log_audit::read_checkpoint(*note, &key);
  if (restored) return *std::move(restored);
  return refuse({ErrorCode::kMalformed, "the log in it is not the one that [log] follows"}, place,
                "Of a dump of the log before last the last log's files tell nothing: have deleted "
                "again by two persons what was deleted since.");
}

core::Result<Marked> mark(const ServerReplayRequest& request, const Told& told) {
  HEYAN_TRY(const postgres::Settings server, database::as_front(*request.config.database));
  HEYAN_TRY(postgres::Database front, postgres::Database::open(server, store::shared_layout()));
  return mark_again(front, told, request.mark);
}

}  // namespace

std::expected<ReplayedOnServer, Refusal> replay_on_server(const ServerReplayRequest& request) {
  const ops::Config& config = request.config;
  HEYAN_TRY(const std::string note, followed_note(config));
  const auto unread = report_log::checkpoint_in(note);
  if (!unread) return refuse(unread.error(), config.log_follows, kBringCheckpoint);
  HEYAN_TRY(const NoteVerifier key, key_of_old_log(config, unread->origin));
  const auto follows = log_audit::read_checkpoint(note, &key);
  if (!follows) return refuse(follows.error(), config.log_follows, kBringCheckpoint);
  const path place = core::visible(config.database->host, 1000);
  HEYAN_TRY(std::optional<Checkpoint> known, restored_checkpoint(config, key, place));
  HEYAN_TRY(
      const Told told,
      read_deletions(
          {.log = request.log, .key = key, .known = std::move(known), .at = request.mark.at}));
  HEYAN_CHECK_OK(expect_followed(*follows, config.log_follows, told));
  auto marked = mark(request, told);
  if (!marked) return refuse(marked.error(), place, kCheckServer);
  return ReplayedOnServer{.marked = *std::move(marked),
                          .log = key.name(),
                          .size = told.checkpoint.size,
                          .follows_size = follows->size};
}

}  // namespace heyan::backup
