// Writing: the life of a job.
#include <algorithm>
#include <limits>
#include <utility>

#include "gateway/store/rows.h"
#include "gateway/store/writing.h"

namespace heyan::store {
namespace {

using core::ErrorCode;

// What is to wait for longer was put back by a clock that was wrong, and was set back since.
constexpr std::int64_t kLongestWaitMs = kMostJobWait.count();
constexpr std::int64_t kToleranceMs = 60'000;  // between two looks at the clock

// Turns after this one are all the same, and who came first stands first.
constexpr std::uint64_t kLastTurn = std::numeric_limits<std::int64_t>::max();

// So many jobs that cannot be read are put aside in one transaction.
constexpr int kMostPutAside = 100;

// Numbers that no program of ours writes are passed over: a row that cannot be read would stop the
// queue for all. After a day it is among those of Reading::backlog that are overdue, whatever its
// version, and so somebody looks.
constexpr std::string_view kNext =
    "SELECT sequence, submission, version, attempts, turn, supersedes FROM jobs"
    " WHERE state = 'QUEUED' AND (not_before_ms <= ? OR not_before_ms > ?)"
    " AND turn >= 0 AND version BETWEEN 1 AND 4294967295 AND attempts BETWEEN 0 AND 4294967294"
    " ORDER BY turn, sequence LIMIT 1";

// SQLite has no other writers, and no words for them. What somebody holds by hand, in a session of
// the server's own shell, does not stop the queue.
std::string_view next_of(bool shared) {
  static const std::string of_shared = std::string(kNext) + " FOR UPDATE SKIP LOCKED";
  return shared ? of_shared : kNext;
}

constexpr core::Error kNotClaimed{ErrorCode::kNotFound, "that job is not claimed so"};

}  // namespace

core::Result<bool> Writing::has_gone(std::int64_t program,
                                     std::chrono::steady_clock::time_point now) {
  HEYAN_TRY(const bool there, database_.is_there(program));
  if (there) {
    away_since_.erase(program);
    return false;
  }
  return now - away_since_.try_emplace(program, now).first->second >= program_.patience;
}

core::Result<void> Writing::take_up_again(std::chrono::steady_clock::time_point now) {
  HEYAN_TRY(const auto owners,
            (statements_.all<std::int64_t>("SELECT DISTINCT coalesce(owner, 0) FROM jobs"
                                           " WHERE state = 'VERIFYING'")));
  for (const auto& [owner] : owners) {
    HEYAN_TRY(const bool gone, has_gone(owner, now));
    if (!gone) continue;
    HEYAN_CHECK_OK(
        statements_.run("UPDATE jobs SET state = 'QUEUED', attempts = attempts - 1, owner = NULL"
                        " WHERE state = 'VERIFYING' AND coalesce(owner, 0) = ?",
                        owner));
  }
  return look_where_served();
}

// What others claimed counts as if it had been claimed here. Alone it is looked for at the start,
// and found where the queue begins.
core::Result<void> Writing::look_where_served() {
  HEYAN_TRY(
      const auto turn,
      (statements_.one<std::optional<std::uint64_t>>(
          program_.shared ? "SELECT max(turn) FROM jobs WHERE state <> 'QUEUED' AND turn >= 0"
                          : "SELECT min(turn) FROM jobs WHERE state = 'QUEUED' AND turn >= 0")));
  const std::optional<std::uint64_t> found = turn ? std::get<0>(*turn) : std::nullopt;
  now_serving_ = std::max(now_serving_, found.value_or(0));
  return {};
}

// Start-time fair queueing: an account's jobs take turns one apart, a newcomer's first stands where
// the queue is being served. So nobody waits for more than one job of each other account, however
// many that account has filed (security decision 24).
core::Result<std::uint64_t> Writing::next_turn(std::string_view court, std::string_view account) {
  if (program_.shared) HEYAN_CHECK_OK(look_where_served());
  HEYAN_TRY(const auto last,
            (statements_.one<std::optional<std::uint64_t>>(
                "SELECT max(turn) FROM jobs WHERE state = 'QUEUED' AND court = ? AND account = ?"
                " AND turn >= 0",
                court, account)));
  const std::optional<std::uint64_t> own = last ? std::get<0>(*last) : std::nullopt;
  return std::max(now_serving_, own ? std::min(*own, kLastTurn - 1) + 1 : 0);
}

core::Result<void> Writing::insert_job(std::string_view submission, std::uint32_t version,
                                       std::string_view court, std::string_view account,
                                       std::int64_t now_ms,
                                       const std::optional<std::string>& supersedes) {
  HEYAN_TRY(const std::uint64_t turn, next_turn(court, account));
  return statements_.run(
      "INSERT INTO jobs(submission, version, court, account, state, turn, queued_at_ms, supersedes)"
      " VALUES(?, ?, ?, ?, 'QUEUED', ?, ?, ?)",
      submission, version, court, account, turn, now_ms, supersedes);
}

// Gateways whose clocks are apart would take from each other at once what each of them put back.
core::Result<std::int64_t> Writing::time_of_jobs(std::int64_t now_ms) {
  if (!program_.shared) return now_ms;
  HEYAN_TRY(const auto row,
            statements_.one<std::int64_t>(
                "SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT)"));
  if (!row) return core::fail(ErrorCode::kInternal, "the server says no time");
  return std::get<0>(*row);
}

// Waits end where the clock by which they were reckoned went back, and at the start of whoever
// alone reckons them: to try once too often does no harm (service/waits.h).
core::Result<void> Writing::follow_clock(std::int64_t time_ms) {
  const JobClock now{.time_ms = time_ms, .steady = std::chrono::steady_clock::now()};
  const auto before = std::exchange(job_clock_, now);
  bool holds = program_.shared;
  if (before) {
    const auto passed =
        std::chrono::duration_cast<std::chrono::milliseconds>(now.steady - before->steady);
    holds = time_ms + kToleranceMs >= before->time_ms + passed.count();
  }
  if (holds) return {};
  return statements_.run(
      "UPDATE jobs SET not_before_ms = ?1 WHERE state = 'QUEUED' AND not_before_ms > ?1", time_ms);
}

core::Result<Job> Writing::read_job(std::string_view submission) {
  HEYAN_TRY(auto row, (statements_.one<std::string, std::string, std::uint64_t, core::Bytes>(
                          "SELECT court, account, intake_index, session FROM submissions"
                          " WHERE id = ?",
                          submission)));
  if (!row) return core::fail(ErrorCode::kInternal, "a job without its submission");
  Job job;
  job.submission = submission;
  HEYAN_TRY(job.files, files_of(statements_, submission));
  std::tie(job.court, job.account, job.intake_index, job.session) = *std::move(row);
  return job;
}

// A case whose rows cannot be read waits, and says nothing against whoever filed it; others go on.
// A server that failed itself takes no more statements, and then nothing is put aside.
core::Result<std::optional<Job>> Writing::claim_job(std::int64_t now_ms) {
  HEYAN_TRY(const std::int64_t time_ms, time_of_jobs(now_ms));
  HEYAN_CHECK_OK(follow_clock(time_ms));
  for (int i = 0; i < kMostPutAside; ++i) {
    HEYAN_TRY(auto next, (statements_.one<std::uint64_t, std::string, std::uint64_t, std::uint64_t,
                                          std::uint64_t, std::optional<std::string>>(
                             next_of(program_.shared), time_ms, time_ms + kLongestWaitMs)));
    if (!next) return std::nullopt;
    auto& [sequence, submission, version, attempts, turn, supersedes] = *next;
    auto job = read_job(submission);
    if (!job && job.error().code != ErrorCode::kInternal) return std::unexpected(job.error());
    if (!job) {
      HEYAN_CHECK_OK(statements_.run("UPDATE jobs SET not_before_ms = ? WHERE sequence = ?",
                                     time_ms + kLongestWaitMs, sequence));
      continue;
    }
    HEYAN_CHECK_OK(
        statements_.run("UPDATE jobs SET state = 'VERIFYING', attempts = attempts + 1,"
                        " owner = ? WHERE sequence = ?",
                        program_.number, sequence));
    HEYAN_TRY(job->version, version_of(version));
    HEYAN_TRY(job->attempts, version_of(attempts + 1));
    job->supersedes = std::move(supersedes).value_or("");
    now_serving_ = std::max(now_serving_, turn);
    return *std::move(job);
  }
  return std::nullopt;
}

// What ended without a report is begun anew under its own version: the signer may have logged one
// for it, which stands, and takes none of another version beside that.
core::Result<void> Writing::queue_again(std::string_view submission, std::uint32_t version,
                                        std::string_view court, std::string_view account,
                                        std::int64_t now_ms) {
  HEYAN_TRY(const std::uint64_t turn, next_turn(court, account));
  return statements_.run(
      "UPDATE jobs SET state = 'QUEUED', refusal = NULL, attempts = 0, owner = NULL,"
      " not_before_ms = 0, turn = ?, queued_at_ms = ? WHERE submission = ? AND version = ?",
      turn, now_ms, submission, version);
}

core::Result<void> Writing::insert_report(const FinishedJob& finished,
                                          const std::optional<std::string>& supersedes) {
  HEYAN_CHECK_OK(statements_.run(
      "INSERT INTO reports(number, submission, version, issued_at_ms, envelope, record_sha256,"
      " verdict, supersedes) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
      finished.report_number, finished.submission, finished.version, finished.issued_at_ms,
      finished.envelope, finished.record_sha256, finished.verdict, supersedes));
  HEYAN_CHECK_OK(
      statements_.run("DELETE FROM attempted_records WHERE submission = ? AND sha256 = ?",
                      finished.submission, finished.record_sha256));
  HEYAN_CHECK_OK(statements_.run("INSERT INTO stamps(report, not_before_ms) VALUES(?, ?)",
                                 finished.report_number, finished.issued_at_ms));
  if (!supersedes) return {};
  HEYAN_TRY(const std::uint64_t changed,
            statements_.change("UPDATE reports SET superseded_by = ? WHERE number = ?"
                               " AND superseded_by IS NULL",
                               finished.report_number, *supersedes));
  if (changed != 1) return core::fail(ErrorCode::kInternal, "a report is superseded twice");
  return {};
}

core::Result<void> Writing::note_record(std::string_view submission, const core::Bytes& sha256) {
  HEYAN_CHECK_OK(expect_not_deleted(submission));
  return statements_.run(
      "INSERT INTO attempted_records(submission, sha256) VALUES(?, ?) ON CONFLICT DO NOTHING",
      submission, sha256);
}

// Whatever the state of the job: a signed report is there, and was logged. But not once its case is
// to go: a judge of a program that was believed to be gone would add to what was deleted.
core::Result<bool> Writing::finish_job(const FinishedJob& finished) {
  if (finished.report_number.empty() || finished.envelope.empty() ||
      finished.record_sha256.size() != 32) {
    return core::fail(ErrorCode::kMalformed, "a report without number, envelope or record");
  }
  HEYAN_TRY(const auto job,
            (statements_.one<std::uint64_t, std::optional<std::string>, std::string>(
                "SELECT sequence, supersedes, court FROM jobs WHERE submission = ? AND version = ?",
                finished.submission, finished.version)));
  if (!job) return core::fail(ErrorCode::kNotFound, "there is no such job");
  HEYAN_TRY(const auto known, (statements_.one<std::string, core::Bytes, core::Bytes>(
                                  "SELECT number, envelope, record_sha256 FROM reports"
                                  " WHERE submission = ? AND version = ?",
                                  finished.submission, finished.version)));
  if (known) {
    const bool same =
        *known == std::tie(finished.report_number, finished.envelope, finished.record_sha256);
    if (same) return false;
    return core::fail(ErrorCode::kDuplicate, "that job has another report already");
  }
  HEYAN_CHECK_OK(expect_not_deleted(finished.submission));
  const auto& [sequence, supersedes, court] = *job;
  HEYAN_CHECK_OK(insert_report(finished, supersedes));
  HEYAN_CHECK_OK(keep_contents(court, finished));
  HEYAN_CHECK_OK(keep_known(court, finished));
  HEYAN_CHECK_OK(keep_outcome(finished));
  HEYAN_CHECK_OK(insert_delivery(finished.submission, finished.delivery));
  HEYAN_CHECK_OK(statements_.run(
      "UPDATE jobs SET state = 'DONE', refusal = NULL WHERE sequence = ?", sequence));
  HEYAN_CHECK_OK(list_again(finished.submission));
  HEYAN_CHECK_OK(keep_blocks(finished));
  return true;
}

// It stands behind all others of its account: who files what judges die of waits for it (security
// decision 23).
core::Result<void> Writing::retry_job(const Job& job, std::int64_t now_ms,
                                      std::chrono::milliseconds wait) {
  HEYAN_TRY(const std::int64_t time_ms, time_of_jobs(now_ms));
  HEYAN_TRY(const std::uint64_t turn, next_turn(job.court, job.account));
  HEYAN_TRY(const std::uint64_t changed,
            statements_.change("UPDATE jobs SET state = 'QUEUED', not_before_ms = ?, turn = ?"
                               " WHERE submission = ? AND version = ? AND attempts = ?"
                               " AND state = 'VERIFYING' AND owner = ?",
                               time_ms + wait.count(), turn, job.submission, job.version,
                               job.attempts, program_.number));
  if (changed != 1) return std::unexpected(kNotClaimed);
  return {};
}

core::Result<void> Writing::put_back_job(const Job& job, std::int64_t now_ms,
                                         std::chrono::milliseconds wait) {
  HEYAN_TRY(const std::int64_t time_ms, time_of_jobs(now_ms));
  HEYAN_TRY(const std::uint64_t changed,
            statements_.change("UPDATE jobs SET state = 'QUEUED', attempts = attempts - 1,"
                               " not_before_ms = ?"
                               " WHERE submission = ? AND version = ? AND attempts = ?"
                               " AND state = 'VERIFYING' AND owner = ?",
                               time_ms + wait.count(), job.submission, job.version, job.attempts,
                               program_.number));
  if (changed != 1) return std::unexpected(kNotClaimed);
  return {};
}

core::Result<void> Writing::reject_job(const Job& job, std::string_view refusal,
                                       const std::optional<NewDelivery>& delivery) {
  HEYAN_TRY(
      const std::uint64_t changed,
      statements_.change("UPDATE jobs SET state = 'REJECTED', refusal = ?"
                         " WHERE submission = ? AND version = ? AND attempts = ?"
                         " AND state = 'VERIFYING' AND owner = ?",
                         refusal, job.submission, job.version, job.attempts, program_.number));
  if (changed != 1) return std::unexpected(kNotClaimed);
  HEYAN_CHECK_OK(list_again(job.submission));
  return insert_delivery(job.submission, delivery);
}

}  // namespace heyan::store
