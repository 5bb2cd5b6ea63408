// Every change of the front's tables, each as a part of a transaction that somebody else commits.
// Only for the sources of this folder, and for one thread.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "gateway/sql/statement_cache.h"
#include "gateway/store/assignments.h"
#include "gateway/store/deletions.h"
#include "gateway/store/duty.h"
#include "gateway/store/notes.h"
#include "gateway/store/scans.h"
#include "gateway/store/submission.h"

namespace heyan::store {

// Who writes. In a file there is nobody else.
struct Program {
  std::int64_t number = 1;
  bool shared = false;  // others write, too
  // How long a program may have been away before its jobs are another's.
  std::chrono::steady_clock::duration patience{};
};

// Contracts: those of Store's functions of the same names.
class Writing {
 public:
  Writing(sql::Database& database, const Program& program)
      : database_(database), statements_(database), program_(program) {}

  // At start, and now and then where others write: what a program was verifying that has been away
  // for long is to be verified again, and that attempt does not count.
  core::Result<void> take_up_again(std::chrono::steady_clock::time_point now);
  core::Result<Acceptance> accept(const NewSubmission& submission, const IdempotencyKey* key);
  core::Result<Acceptance> begin_receiving(const NewReceiving& submission);
  core::Result<void> begin_upload(const NewUpload& upload, const Scope& scope);
  core::Result<void> advance_upload(const Upload& upload, std::uint64_t to,
                                    const core::Bytes& sha256, std::int64_t expires_at_ms);
  core::Result<void> drop_upload(std::string_view upload);
  core::Result<void> keep_receiving(std::string_view submission, std::int64_t expires_at_ms);
  core::Result<bool> forget_receiving(std::string_view submission, std::int64_t now_ms);
  core::Result<std::optional<Job>> claim_job(std::int64_t now_ms);
  core::Result<bool> finish_job(const FinishedJob& finished);
  core::Result<void> note_record(std::string_view submission, const core::Bytes& sha256);
  core::Result<void> retry_job(const Job& job, std::int64_t now_ms, std::chrono::milliseconds wait);
  core::Result<void> put_back_job(const Job& job, std::int64_t now_ms,
                                  std::chrono::milliseconds wait);
  core::Result<void> reject_job(const Job& job, std::string_view refusal,
                                const std::optional<NewDelivery>& delivery);
  core::Result<void> delivered(std::string_view id);
  core::Result<void> not_delivered(const Undelivered& one);
  core::Result<void> give_up_delivery(std::string_view id);
  core::Result<void> stamped(std::string_view report, const core::Bytes& token);
  core::Result<void> not_stamped(std::string_view report, std::int64_t not_before_ms);
  core::Result<void> scanned(const DueScan& file, const Scan& scan);
  core::Result<void> not_scanned(const DueScan& file, std::int64_t not_before_ms);
  core::Result<void> scan_up_to(std::uint64_t max_bytes);
  core::Result<std::uint64_t> forget_deliveries(std::int64_t created_before_ms);
  core::Result<std::uint32_t> reverify(const std::string& submission, std::int64_t now_ms);
  core::Result<void> withdraw(std::string_view number, std::string_view reason,
                              std::int64_t now_ms);
  core::Result<void> end_waits(Duty duty, std::int64_t now_ms);
  core::Result<std::uint64_t> forget_keys(std::int64_t used_before_ms);
  core::Result<void> add_supplement(const Supplement& supplement);
  core::Result<void> annotate(std::string_view account, std::string_view submission,
                              const Annotation& annotation);
  core::Result<bool> assign(const Assignment& assignment);
  core::Result<bool> unassign(std::string_view submission, std::string_view judge);
  core::Result<void> give_access(const Access& access);
  core::Result<Obstacle> ask_deletion(const DeletionStep& step, std::string_view id,
                                      std::string_view reason);
  core::Result<Obstacle> confirm_deletion(const DeletionStep& step, std::string_view id,
                                          std::int64_t due_at_ms);
  core::Result<Obstacle> cancel_deletion(const DeletionStep& step);
  core::Result<Obstacle> hold(const DeletionStep& step, std::string_view id,
                              std::string_view reason);
  core::Result<Obstacle> release(const DeletionStep& step, std::string_view id,
                                 std::int64_t due_at_ms);
  core::Result<bool> begin_deletion(std::string_view submission, std::int64_t now_ms);
  core::Result<void> finish_deletion(const Deletion& deletion, const core::Bytes& session);
  core::Result<std::int64_t> keep_contents_under(const core::Bytes& key_name, std::int64_t now_ms,
                                                 bool may_forget);
  core::Result<void> watch_ledgers(const std::vector<std::string>& ledgers, std::int64_t now_ms);

 private:
  sql::Database& database_;
  sql::StatementCache statements_;
  const Program program_;
  std::uint64_t now_serving_ = 0;  // the turn of the job claimed last
  std::map<std::int64_t, std::chrono::steady_clock::time_point> away_since_;
  struct JobClock {
    std::int64_t time_ms;
    std::chrono::steady_clock::time_point steady;
  };
  std::optional<JobClock> job_clock_;  // as it was when a job was asked for last

  core::Result<bool> has_gone(std::int64_t program, std::chrono::steady_clock::time_point now);
  core::Result<void> look_where_served();
  core::Result<void> follow_clock(std::int64_t time_ms);
  // Of the clock by which jobs wait.
  core::Result<std::int64_t> time_of_jobs(std::int64_t now_ms);
  core::Result<bool> is_accepted(std::string_view submission);
  core::Result<std::uint64_t> next_turn(std::string_view court, std::string_view account);
  core::Result<void> insert_job(std::string_view submission, std::uint32_t version,
                                std::string_view court, std::string_view account,
                                std::int64_t now_ms, const std::optional<std::string>& supersedes);
  // What of a job stands in other tables. kInternal: rows that cannot be read.
  core::Result<Job> read_job(std::string_view submission);
  core::Result<void> queue_again(std::string_view submission, std::uint32_t version,
                                 std::string_view court, std::string_view account,
                                 std::int64_t now_ms);
  // A line of the court's list; and, after its last job or report has changed, what that line says.
  core::Result<void> list(std::string_view submission, std::string_view court,
                          std::int64_t received_at_ms);
  core::Result<void> list_again(std::string_view submission);
  core::Result<void> insert_report(const FinishedJob& finished,
                                   const std::optional<std::string>& supersedes);
  core::Result<void> insert_delivery(std::string_view submission,
                                     const std::optional<NewDelivery>& delivery);
  struct BeforeStep {
    bool verifying = false;  // a judge is at it
    bool held = false;
    std::optional<Deletion> deletion;  // id, state, reason and accounts alone
  };
  // Nothing: there is no such submission of the court.
  core::Result<std::optional<BeforeStep>> before(const DeletionStep& step);
  // kUnsupported: it is being deleted, or was.
  core::Result<void> expect_not_deleted(std::string_view submission);
  core::Result<void> want_scan(const NewSubmission& submission, const StoredFile& file);
  core::Result<void> keep_contents(std::string_view court, const FinishedJob& finished);
  core::Result<void> keep_filing(std::string_view submission, std::string_view court,
                                 const Filing& filing);
  core::Result<void> keep_tags(std::string_view submission, const std::vector<core::Bytes>& tags);
  core::Result<void> keep_outcome(const FinishedJob& finished);
  core::Result<void> keep_known(std::string_view court, const FinishedJob& finished);
  core::Result<void> keep_blocks(const FinishedJob& finished);
  // Whether it makes, or adds to, a conflict of blocks that a quorum signed.
  core::Result<bool> keep_block(const Checkpoint& block, bool quorum, const FinishedJob& finished);
};

}  // namespace heyan::store
