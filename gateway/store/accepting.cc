// Writing: what requests change.
#include <algorithm>

#include "gateway/store/rows.h"
#include "gateway/store/writing.h"

namespace heyan::store {
namespace {

using core::ErrorCode;

core::Result<void> check_complete(const NewSubmission& submission) {
  const bool named = !submission.id.empty() && !submission.court.empty() &&
                     !submission.account.empty() && !submission.files.empty();
  if (!named || submission.receipt.empty()) {
    return core::fail(ErrorCode::kMalformed, "a submission without receipt, files or owner");
  }
  const bool digests = std::ranges::all_of(
      submission.files, [](const StoredFile& file) { return file.sha256.size() == 32; });
  if (!digests) return core::fail(ErrorCode::kMalformed, "a file's digest is no SHA-256");
  return {};
}

}  // namespace

core::Result<Acceptance> Writing::accept(const NewSubmission& submission,
                                         const IdempotencyKey* key) {
  using Outcome = Acceptance::Outcome;
  HEYAN_CHECK_OK(check_complete(submission));
  if (key != nullptr) {
    HEYAN_TRY(const auto used,
              key_use(statements_, submission.court, submission.account, key->key));
    if (used && used->submission != submission.id) {
      const bool same = used->fingerprint == key->fingerprint;
      return Acceptance{same ? Outcome::kReplayed : Outcome::kConflict, used->submission};
    }
    // Two fronts went on with it.
    HEYAN_TRY(const bool accepted, is_accepted(submission.id));
    if (used && accepted) return Acceptance{Outcome::kReplayed, submission.id};
  }
  HEYAN_CHECK_OK(statements_.run(
      "INSERT INTO submissions(id, court, account, received_at_ms, intake_index, receipt, session,"
      " version) VALUES(?, ?, ?, ?, ?, ?, ?, 1)",
      submission.id, submission.court, submission.account, submission.received_at_ms,
      submission.intake_index, submission.receipt, submission.session));
  std::uint64_t position = 0;
  for (const StoredFile& file : submission.files) {
    HEYAN_CHECK_OK(statements_.run(
        "INSERT INTO files(submission, position, path, size, sha256) VALUES(?, ?, ?, ?, ?)",
        submission.id, position++, file.path, file.size, file.sha256));
    HEYAN_CHECK_OK(want_scan(submission, file));
  }
  HEYAN_CHECK_OK(insert_job(submission.id, 1, submission.court, submission.account,
                            submission.received_at_ms, std::nullopt));
  HEYAN_CHECK_OK(list(submission.id, submission.court, submission.received_at_ms));
  if (key != nullptr) {
    HEYAN_CHECK_OK(statements_.run(
        "INSERT INTO idempotency(court, account, key, fingerprint, submission, used_at_ms)"
        " VALUES(?, ?, ?, ?, ?, ?)",
        submission.court, submission.account, key->key, key->fingerprint, submission.id,
        submission.received_at_ms));
  }
  // Who sent it by uploads may still ask about them.
  HEYAN_CHECK_OK(
      statements_.run("DELETE FROM receiving WHERE id = ?1 AND NOT EXISTS"
                      " (SELECT 1 FROM awaited WHERE submission = ?1 AND upload IS NOT NULL)",
                      submission.id));
  HEYAN_CHECK_OK(statements_.run("UPDATE receiving SET accepted = 1 WHERE id = ?", submission.id));
  return Acceptance{Outcome::kAccepted, submission.id};
}

core::Result<bool> Writing::is_accepted(std::string_view submission) {
  HEYAN_TRY(const auto found,
            (statements_.one<std::string>("SELECT id FROM submissions WHERE id = ?", submission)));
  return found.has_value();
}

core::Result<std::uint32_t> Writing::reverify(const std::string& submission, std::int64_t now_ms) {
  HEYAN_CHECK_OK(expect_not_deleted(submission));
  HEYAN_TRY(
      const auto last,
      (statements_
           .one<std::string, std::string, std::uint64_t, std::string, std::optional<std::string>>(
               "SELECT s.court, s.account, s.version, j.state, j.supersedes FROM submissions s"
               " JOIN jobs j ON j.submission = s.id AND j.version = s.version WHERE s.id = ?",
               submission)));
  if (!last) return core::fail(ErrorCode::kNotFound, "there is no such submission");
  const auto& [court, account, stored, word, supersedes] = *last;
  HEYAN_TRY(const std::uint32_t version, version_of(stored));
  HEYAN_TRY(const State state, state_named(word));
  if (state == State::kQueued || state == State::kVerifying) return version;
  HEYAN_TRY(const auto row,
            (statements_.one<std::string>("SELECT number FROM reports WHERE submission = ?"
                                          " ORDER BY version DESC LIMIT 1",
                                          submission)));
  const std::optional<std::string> report = row ? std::optional(std::get<0>(*row)) : std::nullopt;
  if (state == State::kRejected && supersedes == report) {
    HEYAN_CHECK_OK(queue_again(submission, version, court, account, now_ms));
    HEYAN_CHECK_OK(list_again(submission));
    return version;
  }
  HEYAN_TRY(const std::uint32_t next, version_of(std::uint64_t{version} + 1));
  HEYAN_CHECK_OK(
      statements_.run("UPDATE submissions SET version = ? WHERE id = ?", next, submission));
  HEYAN_CHECK_OK(insert_job(submission, next, court, account, now_ms, report));
  HEYAN_CHECK_OK(list_again(submission));
  return next;
}

core::Result<void> Writing::withdraw(std::string_view number, std::string_view reason,
                                     std::int64_t now_ms) {
  HEYAN_TRY(const std::uint64_t changed,
            statements_.change("UPDATE reports SET withdrawn_at_ms = ?, withdrawal_reason = ?"
                               " WHERE number = ? AND withdrawn_at_ms IS NULL",
                               now_ms, reason, number));
  if (changed == 1) return {};
  HEYAN_TRY(const auto known,
            statements_.one<std::string>("SELECT number FROM reports WHERE number = ?", number));
  if (known) return core::fail(ErrorCode::kDuplicate, "the report is withdrawn already");
  return core::fail(ErrorCode::kNotFound, "there is no such report");
}

core::Result<std::uint64_t> Writing::forget_keys(std::int64_t used_before_ms) {
  return statements_.change("DELETE FROM idempotency WHERE used_at_ms < ?", used_before_ms);
}

}  // namespace heyan::store
