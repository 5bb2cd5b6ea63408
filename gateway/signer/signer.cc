#include "gateway/signer/signer.h"

#include <algorithm>

#include "gateway/signer/announced.h"
#include "gateway/signer/tables.h"
#include "verifier/transparency/note.h"

namespace heyan::signer {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;

constexpr core::Error kFollowedLacking{ErrorCode::kNotFound,
                                       "the checkpoint that the log is to follow is not there"};

}  // namespace

Signer::Signer(Settings settings, Keys keys, std::unique_ptr<sql::Database> database, bool in_turns)
    : settings_(std::move(settings)),
      outside_(settings_.authorities, settings_.clock.look().steady),
      witness_clocks_(settings_.witnesses.size(), settings_.clock.look().steady),
      canaries_(settings_.canaries_every, settings_.clock.look().steady),
      stop_(settings_.folder, settings_.stopped),
      certificates_(settings_.certificate_trouble),
      keys_(std::move(keys)),
      in_turns_(in_turns),
      database_(std::move(database)),
      statements_(std::make_unique<sql::StatementCache>(*database_)) {}

Result<std::unique_ptr<Signer>> Signer::start(Settings settings, Keys keys,
                                              std::unique_ptr<sql::Database> database,
                                              bool in_turns) {
  if (settings.production && settings.bundle.sample) {
    return fail(ErrorCode::kUnsupported, "a sample trust list is refused in production");
  }
  std::unique_ptr<Signer> signer(
      new Signer(std::move(settings), std::move(keys), std::move(database), in_turns));
  HEYAN_CHECK_OK(signer->start());
  return signer;
}

Result<void> Signer::start() {
  HEYAN_CHECK_OK(see_bundle());
  HEYAN_TRY(log_, report_log::ReportLog::open(*database_));
  publisher_ = std::make_unique<report_log::TilePublisher>(*log_, settings_.public_log);
  {
    HEYAN_TRY(auto transaction, begin_turn());
    HEYAN_CHECK_OK(read_ends(transaction));
    HEYAN_CHECK_OK(transaction.commit());
  }
  HEYAN_CHECK_OK(canaries_.start());
  HEYAN_CHECK_OK(stop_.find());
  HEYAN_CHECK_OK(begin_log());
  look_at_certificates();
  // What was committed and not signed before a crash.
  HEYAN_TRY(auto transaction, sql::Transaction::begin(*database_));
  HEYAN_CHECK_OK(sign_head(transaction));
  HEYAN_CHECK_OK(transaction.commit());
  return publish();
}

Result<sql::Transaction> Signer::begin_turn() {
  HEYAN_TRY(auto transaction, sql::Transaction::begin(*database_));
  HEYAN_CHECK_OK(take_turn(transaction));
  return transaction;
}

Result<void> Signer::take_turn(sql::Transaction& transaction) {
  if (!in_turns_) return {};
  HEYAN_TRY(const bool others_were_here, log_->take_turn(transaction));
  return others_were_here ? see_last() : Result<void>();
}

Result<void> Signer::publish() {
  HEYAN_CHECK_OK(publisher_->publish());
  return publish_cosigned();
}

// An older list than one that was seen is refused, whoever signed it.
Result<void> Signer::see_bundle() {
  const trust::TrustBundle& bundle = settings_.bundle;
  HEYAN_TRY(auto transaction, sql::Transaction::begin(*database_));
  HEYAN_TRY(const auto seen, statements_->one<std::int64_t>(
                                 "SELECT version FROM trust_seen WHERE id = ?", bundle.id));
  if (seen && std::get<0>(*seen) > bundle.version) {
    if (settings_.newer_bundle_seen) settings_.newer_bundle_seen(std::get<0>(*seen));
    return fail(ErrorCode::kUnsupported, "a newer trust bundle was in use before");
  }
  HEYAN_CHECK_OK(
      statements_->run("INSERT INTO trust_seen(id, version) VALUES(?, ?) "
                       "ON CONFLICT(id) DO UPDATE SET version = excluded.version",
                       bundle.id, bundle.version));
  return transaction.commit();
}

Result<void> Signer::begin_log() {
  HEYAN_TRY(auto transaction, begin_turn());
  HEYAN_TRY(const report_log::Head head, log_->head());
  if (head.size > 0) return {};
  if (settings_.follows_lacking) return std::unexpected(kFollowedLacking);
  report::LogBeginning first{.at = {},
                             .origin = keys_.log_name,
                             .keys = announced_keys(keys_),
                             .follows = settings_.follows};
  HEYAN_TRY(first.at, settings_.clock.now(last_logged_));
  HEYAN_CHECK_OK(append(transaction, first));
  return transaction.commit();
}

// Which log this is, and how far its time had come.
Result<void> Signer::read_ends(sql::Transaction& transaction) {
  HEYAN_TRY(const report_log::Head head, log_->head());
  if (head.size == 0) return expect_new_name({});
  HEYAN_TRY(const core::Bytes first_bytes, log_->entry(0));
  HEYAN_TRY(const report::LogEntry first, report::parse_log_entry(first_bytes));
  HEYAN_CHECK_OK(see_last());
  const auto* beginning = std::get_if<report::LogBeginning>(&first);
  if (beginning != nullptr) HEYAN_CHECK_OK(expect_new_name(beginning->follows));
  if (beginning != nullptr && beginning->origin == keys_.log_name) {
    HEYAN_CHECK_OK(expect_quoted(beginning->follows));
    HEYAN_CHECK_OK(expect_own_checkpoint());
    return expect_announced(*beginning, keys_);
  }
  if (settings_.follows_lacking) return std::unexpected(kFollowedLacking);
  if (beginning == nullptr || settings_.follows.empty()) {
    return fail(ErrorCode::kUnsupported, "the database is that of a log of another name");
  }
  return leave_log(transaction, beginning->origin);
}

// What it quotes stands in the log for good: whoever names another checkpoint is told that it does
// not count. Signatures of witnesses may have been added.
Result<void> Signer::expect_quoted(const std::string& quoted) const {
  if (settings_.follows.empty() || settings_.follows == quoted) return {};
  const auto ours = report_log::checkpoint_in(quoted);
  const auto named = report_log::checkpoint_in(settings_.follows);
  if (ours && named && *ours == *named) return {};
  return fail(ErrorCode::kChanged,
              "the log has begun, and its first leaf does not quote the checkpoint that follows "
              "names");
}

// Not the name of a log before this database's, as far as it tells of those: under it the key would
// sign a second history.
Result<void> Signer::expect_new_name(const std::string& quoted) {
  constexpr core::Error kTaken{ErrorCode::kUnsupported,
                               "an earlier log had this name: take a new one"};
  if (const auto before = report_log::checkpoint_in(quoted); before) {
    if (before->origin == keys_.log_name) return std::unexpected(kTaken);
  }
  HEYAN_TRY(const auto found,
            statements_->one<std::string>("SELECT log FROM intakes WHERE log = ? UNION"
                                          " SELECT log FROM reports WHERE log = ? UNION"
                                          " SELECT log FROM deletions WHERE log = ?",
                                          keys_.log_name, keys_.log_name, keys_.log_name));
  return found ? std::unexpected(kTaken) : Result<void>();
}

Result<void> Signer::see_last() {
  HEYAN_TRY(const report_log::Head head, log_->head());
  if (head.size == 0) return {};
  HEYAN_TRY(const core::Bytes bytes, log_->entry(head.size - 1));
  HEYAN_TRY(const report::LogEntry last, report::parse_log_entry(bytes));
  last_logged_ = std::max(last_logged_, report::time_of(last));
  return {};
}

// A signer with another key would publish checkpoints of this log that nobody believes.
Result<void> Signer::expect_own_checkpoint() {
  HEYAN_TRY(const report_log::SignedCheckpoint last, log_->checkpoint());
  if (last.text.empty()) return {};
  HEYAN_TRY(const transparency::Note note, transparency::parse_note(last.text));
  HEYAN_TRY(const auto key,
            transparency::NoteVerifier::make(keys_.log_name, transparency::NoteKeyType::kEd25519,
                                             keys_.log.public_key()));
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
  if (transparency::verify_note(note, std::span(&key, 1), checker)) return {};
  return fail(ErrorCode::kUnsupported, "the log is signed with another key");
}

// Only with a checkpoint that the log itself signed, and none from before what is known here:
// nothing that was seen is left out silently. What was logged and not signed is done again, under
// another number: what is known here may be a restored copy, after which this number went out with
// a report.
Result<void> Signer::leave_log(sql::Transaction& transaction, const std::string& origin) {
  HEYAN_TRY(const report_log::Head head, log_->head());
  HEYAN_TRY(const transparency::Note note, transparency::parse_note(settings_.follows));
  HEYAN_TRY(const auto checkpoint, transparency::parse_checkpoint(note.text));
  HEYAN_TRY(const auto key,
            transparency::NoteVerifier::make(origin, transparency::NoteKeyType::kEd25519,
                                             keys_.log.public_key()));
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
  if (checkpoint.origin != origin || checkpoint.size < head.size ||
      !transparency::verify_note(note, std::span(&key, 1), checker)) {
    return fail(
        ErrorCode::kUnsupported,
        "what follows names is no last checkpoint of the log that is left: take that of its "
        "published files, log-ID/checkpoint in the state folder, or a later one");
  }
  HEYAN_CHECK_OK(statements_->run("DELETE FROM reports WHERE envelope IS NULL"));
  HEYAN_CHECK_OK(
      statements_->run("DELETE FROM numbers WHERE number NOT IN (SELECT number FROM reports)"));
  HEYAN_CHECK_OK(
      statements_->run("UPDATE reports SET superseded_by = NULL"
                       " WHERE superseded_by NOT IN (SELECT number FROM reports)"));
  HEYAN_CHECK_OK(
      statements_->run("UPDATE intakes SET reported = CASE WHEN EXISTS(SELECT 1 FROM reports r"
                       " JOIN numbers n ON n.number = r.number"
                       " WHERE n.submission = intakes.submission) THEN 1 ELSE 0 END"));
  HEYAN_CHECK_OK(statements_->run("UPDATE intakes SET log = ? WHERE log = ''", origin));
  HEYAN_CHECK_OK(statements_->run("UPDATE reports SET log = ? WHERE log = ''", origin));
  HEYAN_CHECK_OK(statements_->run("UPDATE deletions SET log = ? WHERE log = ''", origin));
  HEYAN_CHECK_OK(statements_->run("DELETE FROM cosigned"));
  HEYAN_CHECK_OK(statements_->run("DELETE FROM trail_heads"));
  // A clock that was ahead may be why it is left: its times hold nobody back in the new one.
  last_logged_ = {};
  return log_->start_anew(transaction);
}

Result<report::LogPlace> Signer::intake_of(const std::string& submission) {
  HEYAN_TRY(auto row, (statements_->one<std::uint64_t, std::string>(
                          "SELECT idx, log FROM intakes WHERE submission = ?", submission)));
  if (!row) return fail(ErrorCode::kNotFound, "no such intake was logged");
  return report::LogPlace{std::get<0>(*row), std::get<1>(*std::move(row))};
}

Result<core::UtcTime> Signer::now() {
  if (outside_.is_awaited(settings_.clock.look().steady)) {
    return fail(ErrorCode::kChanged, "the clock is being compared with that of the authority");
  }
  auto time = settings_.clock.now(last_logged_);
  if (const auto agreed = outside_.check(); !agreed) time = std::unexpected(agreed.error());
  if (const auto agreed = witness_clocks_.check(); !agreed) time = std::unexpected(agreed.error());
  if (!time && clock_is_believed_ && settings_.clock_trouble) {
    settings_.clock_trouble(time.error().text);
  }
  clock_is_believed_ = time.has_value();
  return time;
}

Result<std::uint64_t> Signer::append(sql::Transaction& transaction, const report::LogEntry& entry) {
  HEYAN_CHECK_OK(stop_.check_logging());
  HEYAN_TRY(const report_log::Head head, log_->head());
  const core::Bytes bytes = report::encode_log_entry(entry);
  HEYAN_CHECK_OK(log_->append(transaction, head, std::span(&bytes, 1)));
  last_logged_ = std::max(last_logged_, report::time_of(entry));
  return head.size;
}

// Of what is committed: this transaction appends nothing.
Result<void> Signer::sign_head(sql::Transaction& transaction) {
  HEYAN_CHECK_OK(take_turn(transaction));
  HEYAN_TRY(const report_log::Head head, log_->head());
  HEYAN_TRY(const report_log::SignedCheckpoint last, log_->checkpoint());
  if (last.size == head.size) return {};
  HEYAN_TRY(const std::string note, checkpoint_of(head.size));
  signed_head_ = head.size;
  witness_clocks_.signs(head.size, settings_.clock.look().steady);
  return log_->store_checkpoint(transaction, head, note);
}

}  // namespace heyan::signer
