// The front's database: submissions, idempotency keys, jobs and reports.
//
// Threat: a taken-over front can write what it likes here. So nothing in it is evidence: whoever
// reads a submission or report out of it checks the signed receipt or envelope that is kept with
// it. Contract: a change is on the disk when the function returns; many callers share one wait for
// the disk. Any thread. In a file: one process at a time; on a PostgreSQL server: any number of
// them.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <type_traits>

#include "gateway/os/descriptor.h"
#include "gateway/postgres/settings.h"
#include "gateway/store/assignments.h"
#include "gateway/store/deletions.h"
#include "gateway/store/duty.h"
#include "gateway/store/notes.h"
#include "gateway/store/scans.h"
#include "gateway/store/submission.h"

namespace heyan::store {

class Reading;

class Store {
 public:
  // Called after a change of a submission's state is on the disk, on the thread that asked for it.
  using Listener = std::function<void(const std::string& submission)>;

  // Creates it where there is none. What was being verified when the program ended is queued again,
  // and that attempt does not count.
  // kIo: another process has it; sqlite::Database::open's errors.
  static core::Result<std::unique_ptr<Store>> open(const std::filesystem::path& path,
                                                   Listener changed = {});
  struct Shared {
    postgres::Settings server;  // as a role that owns nothing, a member of heyan_front; or of
                                // heyan_public: who files and reads, and does nothing else
    // How long another program may be away before its jobs are taken up by this one: long enough to
    // come back when the server was started again.
    std::chrono::milliseconds patience{30'000};
    std::chrono::milliseconds looks_every{5'000};  // for such jobs; zero: never
  };
  // Of a database that prepare() brought to this version. Readings are held to the court of their
  // scope by the server, too. kIo: the server is away; postgres::Database::open's errors.
  static core::Result<std::unique_ptr<Store>> open(const Shared& shared, Listener changed = {});
  // As the role that owns the tables. Several at a time are safe. postgres::migrate's errors.
  static core::Result<void> prepare(const postgres::Settings& owner);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // ---- what requests do

  // Queues version 1 with it. `key` may be null (a court system's own retries). kMalformed without
  // receipt, files or owner; kDuplicate: the id is taken.
  core::Result<Acceptance> accept(const NewSubmission& submission, const IdempotencyKey* key);
  // Before a request is worked on: has the key been used? accept() asks again, and decides.
  core::Result<std::optional<KeyUse>> find_key(const std::string& court, const std::string& account,
                                               const std::string& key);
  // Queues the next version, whose report will supersede the last; where one is under way, that
  // one; where the last was rejected, and so has no report, that one once more: its report may have
  // been signed and logged, and then there can be no other. The version. kNotFound; kUnsupported:
  // its files and case record were deleted.
  core::Result<std::uint32_t> reverify(const std::string& submission, std::int64_t now_ms);
  // The signer has logged it. kNotFound; kDuplicate: withdrawn already, and the first reason
  // stands.
  core::Result<void> withdraw(const std::string& report_number, const std::string& reason,
                              std::int64_t now_ms);

  // kLimit: there are too many; kUnsupported as reverify().
  core::Result<void> add_supplement(const Supplement& supplement);
  // In place of what that account wrote about the item before; an empty text takes it away. kLimit,
  // kUnsupported.
  core::Result<void> annotate(const std::string& account, const std::string& submission,
                              const Annotation& annotation);

  // ---- whom at its court it is for

  // False: that judge has it already. kLimit: there are too many.
  core::Result<bool> assign(const Assignment& assignment);
  // False: that judge did not have it.
  core::Result<bool> unassign(const std::string& submission, const std::string& judge);
  // kDuplicate: it is open to that judge already.
  core::Result<void> give_access(const Access& access);
  // By account.
  core::Result<std::vector<Assignment>> assigned_to(const std::string& submission,
                                                    const Scope& scope);
  // The newest first, at most 500: those that have ended, too.
  core::Result<std::vector<Access>> accesses_of(const std::string& submission, const Scope& scope);
  // The same of a court or the whole installation, after `after`. kUnsupported for anybody else.
  core::Result<std::vector<Access>> accesses(const Scope& scope, const std::optional<Cursor>& after,
                                             std::size_t limit);
  // ---- deletions, and what stops them

  // `id`: new. The same again changes nothing.
  core::Result<Obstacle> ask_deletion(const DeletionStep& step, const std::string& id,
                                      const std::string& reason);
  // The request of that id, of somebody else.
  core::Result<Obstacle> confirm_deletion(const DeletionStep& step, const std::string& id,
                                          std::int64_t due_at_ms);
  core::Result<Obstacle> cancel_deletion(const DeletionStep& step);
  // `id`: new. Beside those that stand; that account's of that reason again changes nothing.
  core::Result<Obstacle> hold(const DeletionStep& step, const std::string& id,
                              const std::string& reason);
  // From the hold of that id alone. What was confirmed is not due before that time.
  core::Result<Obstacle> release(const DeletionStep& step, const std::string& id,
                                 std::int64_t due_at_ms);
  // Neither where it is not there or not within the scope.
  core::Result<DeletionOf> find_deletion(const std::string& submission, const Scope& scope);
  // Those under way, and those that may be begun.
  core::Result<std::vector<Deletion>> due_deletions(std::int64_t now_ms, std::size_t most);
  // From here on nobody stops it, or has it judged: a verification that waits has ended without a
  // report (kDeletedRefusal). False: it may not be begun any more, or a judge is at it.
  core::Result<bool> begin_deletion(const std::string& submission, std::int64_t now_ms);
  // Soon, however many there ever were.
  core::Result<DeletionCounts> count_deletions(std::int64_t now_ms);
  core::Result<FilesToDelete> files_to_delete(const Deletion& deletion);
  // The leaf is logged and the vault's files are gone: so is what the filing said of itself.
  // `session`: what is left of the submission's. kNotFound: it is not under way.
  core::Result<void> finish_deletion(const Deletion& deletion, const core::Bytes& session);

  // ---- what is received piece by piece

  // Replayed and conflicting keys as accept(). kLimit: the account has more under way than it may;
  // expect_room() says it before anything was moved anywhere.
  core::Result<void> expect_room(const NewReceiving& submission);
  core::Result<Acceptance> begin_receiving(const NewReceiving& submission);
  // Reserves its bytes. kNotFound: no such submission of the scope is being received; kUnknown: its
  // case names no such file; kDuplicate: that file has an upload; kLimit: beyond its limits.
  core::Result<void> begin_upload(const NewUpload& upload, const Scope& scope);
  // The bytes up to `to` are on the disk. `upload` as it was found, and what is expected of it by
  // now; `sha256` of the whole file when `to` is its size, else empty. kChanged: its offset is
  // another, or it is complete.
  core::Result<void> advance_upload(const Upload& upload, std::uint64_t to,
                                    const core::Bytes& sha256, std::int64_t expires_at_ms);
  // The file is awaited again. kChanged: it is complete.
  core::Result<void> drop_upload(const std::string& upload);
  // More of it arrives: it expires then. kChanged: it has expired, and was forgotten.
  core::Result<void> keep_receiving(const std::string& submission, std::int64_t expires_at_ms);
  // One of expired(), if it still is. False: nothing was forgotten.
  core::Result<bool> forget_receiving(const std::string& submission, std::int64_t now_ms);

  core::Result<std::optional<Receiving>> find_receiving(const std::string& id, const Scope& scope);
  // Of one of these its session alone, however many files it has.
  core::Result<std::optional<core::Bytes>> receiving_session(const std::string& id,
                                                             const Scope& scope);
  // Also of a submission that was accepted since.
  core::Result<std::optional<Upload>> find_upload(const std::string& id, const Scope& scope);
  // Likewise: that of this file, where it has one.
  core::Result<std::optional<Upload>> find_upload_of(const std::string& submission,
                                                     const std::string& path, const Scope& scope);
  // All files are there, and it was not accepted yet.
  core::Result<std::vector<std::string>> received_whole();
  // Not those that are whole and wait for us to accept them.
  core::Result<std::vector<std::string>> expired(std::int64_t now_ms);

  // ---- what the dispatcher does
  //
  // Jobs wait by the one clock of all who take them: ours, as it says `now_ms`, and where a server
  // is shared that server's, whatever ours says. No wait is longer than kMostJobWait; where that
  // clock went back by more than a minute, and at the first look of whoever has the tables alone,
  // they end at once.

  // The next job, fairly among accounts, now VERIFYING and nobody else's; nothing where none waits.
  // One whose rows cannot be read is passed over, or looked at again after kMostJobWait.
  core::Result<std::optional<Job>> claim_job(std::int64_t now_ms);
  // True: stored, once for each (submission, version). False: the same report was stored before.
  // Where it showed a block that contradicts one of another report, and does not tell of that, the
  // next version is queued.
  // kDuplicate: another report of that version, or number, is; kNotFound; kMalformed; kUnsupported:
  // its case is being deleted, or was.
  core::Result<bool> finish_job(const FinishedJob& finished);
  // The case record of an attempt is about to be put into the vault: whatever comes of the attempt,
  // a deletion finds it. kUnsupported: that has begun.
  core::Result<void> note_record(const std::string& submission, const core::Bytes& sha256);
  // Back into the queue, where it waits. kNotFound unless it is claimed by just this attempt.
  core::Result<void> retry_job(const Job& job, std::int64_t now_ms, std::chrono::milliseconds wait);
  // The same, as if this attempt had not been made: what failed was not the case's doing.
  core::Result<void> put_back_job(const Job& job, std::int64_t now_ms,
                                  std::chrono::milliseconds wait);
  // Trying again will not help: no report was issued. kNotFound as above.
  core::Result<void> reject_job(const Job& job, const std::string& refusal,
                                const std::optional<NewDelivery>& delivery = std::nullopt);

  // ---- what court systems are told

  // Whose are due, each account once.
  core::Result<std::vector<std::string>> accounts_due(std::int64_t now_ms);
  // Of that account's, the one that has been due longest; nothing where none is.
  core::Result<std::optional<Delivery>> due_delivery(const std::string& account,
                                                     std::int64_t now_ms);
  core::Result<void> delivered(const std::string& id);
  core::Result<void> not_delivered(const Undelivered& one);
  core::Result<void> give_up_delivery(const std::string& id);
  core::Result<std::uint64_t> deliveries_pending();
  // Those that were told or given up, and are older. How many.
  core::Result<std::uint64_t> forget_deliveries(std::int64_t created_before_ms);

  // ---- time stamps over the signatures of reports

  // The one that has been due longest; nothing where none is.
  core::Result<std::optional<DueStamp>> due_stamp(std::int64_t now_ms);
  // kNotFound: it has one, or there is no such report.
  core::Result<void> stamped(const std::string& report, const core::Bytes& token);
  // To be tried again, not before that time.
  core::Result<void> not_stamped(const std::string& report, std::int64_t not_before_ms);
  core::Result<std::uint64_t> stamps_pending();

  // ---- what a malware scanner says of files

  // The one that has been due longest; nothing where none is.
  core::Result<std::optional<DueScan>> due_scan(std::int64_t now_ms);
  // kNotFound: it has been scanned, or there is no such file.
  core::Result<void> scanned(const DueScan& file, const Scan& scan);
  // To be tried again, not before that time.
  core::Result<void> not_scanned(const DueScan& file, std::int64_t not_before_ms);
  // Those of at most that size that were too large are pending again.
  core::Result<void> scan_up_to(std::uint64_t max_bytes);
  // Of a file of the submission; pending where nothing is known.
  core::Result<Scan> find_scan(const std::string& submission, const core::Bytes& sha256,
                               const Scope& scope);
  // Of each file but case.json, in their order.
  core::Result<std::optional<std::vector<ScannedFile>>> scans_of(const std::string& submission,
                                                                 const Scope& scope);
  core::Result<ScanCounts> count_scans();

  // ---- where the same content stands

  // The contents that are kept from now on have their tags from the key of that name (32 bytes).
  // Those of another key nobody can find. Since when contents have been kept.
  // kChanged: there are such, and they may not be.
  core::Result<std::int64_t> keep_contents_under(const core::Bytes& key_name, std::int64_t now_ms,
                                                 bool may_forget = true);
  // In the court's other submissions, at most `most` of them and how many there are.
  core::Result<ContentElsewhere> find_content(const std::string& court,
                                              const std::string& submission, const core::Bytes& tag,
                                              std::size_t most);

  // ---- what ledgers showed

  // All that were seen there: more than one where the ledger showed two faces.
  core::Result<std::vector<Checkpoint>> find_checkpoints(const LedgerPlace& place);
  // Those at the lowest height of that tree, from that one on, at which more than one was seen.
  core::Result<std::vector<Checkpoint>> contested_checkpoints(const LedgerPlace& from);
  // For people: all that contradict each other, and what no quorum signed beside them; at most
  // 1000, of conflicts first.
  core::Result<std::vector<ContestedBlock>> contested_blocks();
  // Since when each is watched, in their order: from now on where it was not before.
  core::Result<std::vector<std::int64_t>> watch_ledgers(const std::vector<std::string>& ledgers,
                                                        std::int64_t now_ms);

  // What reported filings of the court named under that key of the adapter's: each value once, the
  // newest first.
  core::Result<std::vector<std::string>> find_known(const std::string& court,
                                                    const std::string& adapter,
                                                    const std::string& key, std::size_t most);

  // ---- what is looked up; nothing where it is not there or not within the scope

  core::Result<std::optional<Submission>> find_submission(const std::string& id,
                                                          const Scope& scope);
  core::Result<std::vector<StoredFile>> files(const std::string& submission, const Scope& scope);
  core::Result<std::optional<Report>> find_report(const std::string& number, const Scope& scope);
  // Numbers, from the first version to the last.
  core::Result<std::vector<std::string>> reports_of(const std::string& submission,
                                                    const Scope& scope);
  // From the newest, after `after`, at most `limit` and 500; of each line the first 20 parties.
  // What comes to want attention, or no longer does, while pages are read may stand on two of them
  // or on none where attention comes first.
  // kUnsupported for the whole installation.
  core::Result<std::vector<SubmissionLine>> list(const Scope& scope, const ListFilter& filter,
                                                 const std::optional<Cursor>& after,
                                                 std::size_t limit);
  core::Result<std::optional<SubmissionLine>> find_line(const std::string& id, const Scope& scope);
  // The same of what is being received.
  core::Result<std::vector<SubmissionLine>> list_receiving(const Scope& scope,
                                                           const std::optional<Cursor>& after,
                                                           std::size_t limit);
  // As its case.json names them, in that order.
  core::Result<std::vector<FiledItem>> items_of(const std::string& submission, const Scope& scope);
  // Of the items of a report; none of one from before they were counted.
  core::Result<std::vector<VerdictCount>> counts_of(const std::string& report);
  // From the oldest.
  core::Result<std::vector<Supplement>> supplements_of(const std::string& submission,
                                                       const Scope& scope);
  core::Result<std::vector<Annotation>> annotations_of(const std::string& account,
                                                       const std::string& submission,
                                                       const Scope& scope);
  core::Result<Backlog> backlog(std::int64_t overdue_before_ms);

  // ---- among several fronts

  // Whether it is this one's, which takes it where nobody has it and keeps it until its connection
  // ends; in a file, always. What it does has an end: another may have it by then. kIo: nobody
  // knows, so do nothing.
  core::Result<bool> has_duty(Duty duty);
  // What the duty is to try again later is due now.
  core::Result<void> end_waits(Duty duty, std::int64_t now_ms);
  // Those that were asked for, by their numbers.
  std::vector<DutyHeld> duties();

  // ---- housekeeping

  // Of these, what no submission of the court has, received or being received. Of files that were
  // new to the vault: records are not looked at.
  core::Result<std::vector<core::Bytes>> unclaimed(const std::string& court,
                                                   std::span<const core::Bytes> digests);
  // What the vault holds of the next submissions of the court, at most `most` of them, from the
  // oldest to the newest: all files of each together, and of one whose verification is open, or was
  // rejected, also the records of attempts, whose report may have been signed. Of the first page
  // also what the court is receiving.
  core::Result<KeptPage> kept_after(const std::string& court, const std::optional<Cursor>& after,
                                    std::size_t most);
  core::Result<std::vector<std::string>> courts();
  // Keys live at least a day: those used more than two days ago are forgotten. How many.
  core::Result<std::uint64_t> forget_keys(std::int64_t now_ms);

 private:
  struct Parts;  // keeps SQL out of this header
  os::Descriptor lock_;
  Listener changed_;
  std::unique_ptr<Parts> parts_;
  std::mutex reading_;  // of parts_->reading and duties_
  std::map<Duty, DutyHeld> duties_;

  Store(os::Descriptor lock, Listener changed, std::unique_ptr<Parts> parts);
  // What both engines do alike.
  static core::Result<std::unique_ptr<Store>> start(os::Descriptor lock, Listener changed,
                                                    std::unique_ptr<Parts> parts,
                                                    std::chrono::milliseconds looks_every);
  template <typename Work>
  std::invoke_result_t<Work, Reading&> read(const Scope& scope, Work work);
  template <typename T, typename Work>
  core::Result<T> write(Work work);
  void tell(const std::string& submission) const;
};

}  // namespace heyan::store
