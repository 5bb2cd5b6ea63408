#include "gateway/store/store.h"

#include <algorithm>

#include "gateway/store/parts.h"

namespace heyan::store {
namespace {

constexpr std::int64_t kKeyLifeMs = std::int64_t{48} * 3600 * 1000;

}  // namespace

std::vector<sql::Setting> settings_of(const Scope& scope) {
  if (scope.court) return {{"heyan.court", *scope.court}};
  if (scope.account) return {{"heyan.account", *scope.account}};
  return {{"heyan.whole", "yes"}};
}

core::Result<std::unique_ptr<Store>> Store::start(os::Descriptor lock, Listener changed,
                                                  std::unique_ptr<Parts> parts,
                                                  std::chrono::milliseconds looks_every) {
  Writing& writing = parts->writing;
  const auto take_up = [&writing] {
    return writing.take_up_again(std::chrono::steady_clock::now());
  };
  GroupCommit::Regular regular;
  if (looks_every.count() > 0) regular = {.work = take_up, .every = looks_every};
  parts->commits.emplace(*parts->write_connection, std::move(regular));
  HEYAN_CHECK_OK(parts->commits->run(take_up));
  return std::unique_ptr<Store>(new Store(std::move(lock), std::move(changed), std::move(parts)));
}

Store::Store(os::Descriptor lock, Listener changed, std::unique_ptr<Parts> parts)
    : lock_(std::move(lock)), changed_(std::move(changed)), parts_(std::move(parts)) {}

Store::~Store() = default;

void Store::tell(const std::string& submission) const {
  if (changed_) changed_(submission);
}

core::Result<Acceptance> Store::accept(const NewSubmission& submission, const IdempotencyKey* key) {
  HEYAN_TRY(Acceptance accepted,
            write<Acceptance>([&](Writing& writing) { return writing.accept(submission, key); }));
  if (accepted.outcome == Acceptance::Outcome::kAccepted) tell(submission.id);
  return accepted;
}

core::Result<std::uint32_t> Store::reverify(const std::string& submission, std::int64_t now_ms) {
  HEYAN_TRY(const std::uint32_t version, write<std::uint32_t>([&](Writing& writing) {
              return writing.reverify(submission, now_ms);
            }));
  tell(submission);
  return version;
}

core::Result<void> Store::withdraw(const std::string& report_number, const std::string& reason,
                                   std::int64_t now_ms) {
  return parts_->commits->run(
      [&] { return parts_->writing.withdraw(report_number, reason, now_ms); });
}

core::Result<void> Store::add_supplement(const Supplement& supplement) {
  return parts_->commits->run([&] { return parts_->writing.add_supplement(supplement); });
}

core::Result<void> Store::annotate(const std::string& account, const std::string& submission,
                                   const Annotation& annotation) {
  return parts_->commits->run(
      [&] { return parts_->writing.annotate(account, submission, annotation); });
}

core::Result<Acceptance> Store::begin_receiving(const NewReceiving& submission) {
  return write<Acceptance>([&](Writing& writing) { return writing.begin_receiving(submission); });
}

core::Result<void> Store::begin_upload(const NewUpload& upload, const Scope& scope) {
  return parts_->commits->run([&] { return parts_->writing.begin_upload(upload, scope); });
}

core::Result<void> Store::advance_upload(const Upload& upload, std::uint64_t to,
                                         const core::Bytes& sha256, std::int64_t expires_at_ms) {
  return parts_->commits->run(
      [&] { return parts_->writing.advance_upload(upload, to, sha256, expires_at_ms); });
}

core::Result<void> Store::drop_upload(const std::string& upload) {
  return parts_->commits->run([&] { return parts_->writing.drop_upload(upload); });
}

core::Result<void> Store::keep_receiving(const std::string& submission,
                                         std::int64_t expires_at_ms) {
  return parts_->commits->run(
      [&] { return parts_->writing.keep_receiving(submission, expires_at_ms); });
}

core::Result<bool> Store::forget_receiving(const std::string& submission, std::int64_t now_ms) {
  return write<bool>(
      [&](Writing& writing) { return writing.forget_receiving(submission, now_ms); });
}

core::Result<void> Store::expect_room(const NewReceiving& submission) {
  return read(Scope::of_court(submission.court),
              [&](Reading& reading) { return reading.expect_room(submission); });
}

core::Result<std::optional<Receiving>> Store::find_receiving(const std::string& id,
                                                             const Scope& scope) {
  return read(scope, [&](Reading& reading) { return reading.find_receiving(id, scope); });
}

core::Result<std::optional<core::Bytes>> Store::receiving_session(const std::string& id,
                                                                  const Scope& scope) {
  return read(scope, [&](Reading& reading) { return reading.receiving_session(id, scope); });
}

core::Result<std::optional<Upload>> Store::find_upload(const std::string& id, const Scope& scope) {
  return read(scope, [&](Reading& reading) { return reading.find_upload(id, scope); });
}

core::Result<std::optional<Upload>> Store::find_upload_of(const std::string& submission,
                                                          const std::string& path,
                                                          const Scope& scope) {
  return read(scope,
              [&](Reading& reading) { return reading.find_upload_of(submission, path, scope); });
}

core::Result<std::vector<std::string>> Store::received_whole() {
  return read(Scope::whole_installation(),
              [&](Reading& reading) { return reading.received_whole(); });
}

core::Result<std::vector<std::string>> Store::expired(std::int64_t now_ms) {
  return read(Scope::whole_installation(),
              [&](Reading& reading) { return reading.expired(now_ms); });
}

core::Result<std::optional<Job>> Store::claim_job(std::int64_t now_ms) {
  HEYAN_TRY(std::optional<Job> job,
            write<std::optional<Job>>([&](Writing& writing) { return writing.claim_job(now_ms); }));
  if (job) tell(job->submission);
  return job;
}

core::Result<bool> Store::finish_job(const FinishedJob& finished) {
  HEYAN_TRY(const bool stored,
            write<bool>([&](Writing& writing) { return writing.finish_job(finished); }));
  tell(finished.submission);
  return stored;
}

core::Result<void> Store::note_record(const std::string& submission, const core::Bytes& sha256) {
  return parts_->commits->run([&] { return parts_->writing.note_record(submission, sha256); });
}

core::Result<void> Store::retry_job(const Job& job, std::int64_t now_ms,
                                    std::chrono::milliseconds wait) {
  HEYAN_CHECK_OK(
      parts_->commits->run([&] { return parts_->writing.retry_job(job, now_ms, wait); }));
  tell(job.submission);
  return {};
}

core::Result<void> Store::put_back_job(const Job& job, std::int64_t now_ms,
                                       std::chrono::milliseconds wait) {
  HEYAN_CHECK_OK(
      parts_->commits->run([&] { return parts_->writing.put_back_job(job, now_ms, wait); }));
  tell(job.submission);
  return {};
}

core::Result<void> Store::reject_job(const Job& job, const std::string& refusal,
                                     const std::optional<NewDelivery>& delivery) {
  HEYAN_CHECK_OK(
      parts_->commits->run([&] { return parts_->writing.reject_job(job, refusal, delivery); }));
  tell(job.submission);
  return {};
}

core::Result<std::vector<std::string>> Store::accounts_due(std::int64_t now_ms) {
  return read(Scope::whole_installation(),
              [&](Reading& reading) { return reading.accounts_due(now_ms); });
}

core::Result<std::optional<Delivery>> Store::due_delivery(const std::string& account,
                                                          std::int64_t now_ms) {
  return read(Scope::whole_installation(),
              [&](Reading& reading) { return reading.due_delivery(account, now_ms); });
}

core::Result<void> Store::delivered(const std::string& id) {
  return parts_->commits->run([&] { return parts_->writing.delivered(id); });
}

core::Result<void> Store::not_delivered(const Undelivered& one) {
  return parts_->commits->run([&] { return parts_->writing.not_delivered(one); });
}

core::Result<void> Store::give_up_delivery(const std::string& id) {
  return parts_->commits->run([&] { return parts_->writing.give_up_delivery(id); });
}

core::Result<std::optional<DueStamp>> Store::due_stamp(std::int64_t now_ms) {
  return read(Scope::whole_installation(),
              [&](Reading& reading) { return reading.due_stamp(now_ms); });
}

core::Result<void> Store::stamped(const std::string& report, const core::Bytes& token) {
  return parts_->commits->run([&] { return parts_->writing.stamped(report, token); });
}

core::Result<void> Store::not_stamped(const std::string& report, std::int64_t not_before_ms) {
  return parts_->commits->run([&] { return parts_->writing.not_stamped(report, not_before_ms); });
}

core::Result<std::uint64_t> Store::stamps_pending() {
  return read(Scope::whole_installation(),
              [&](Reading& reading) { return reading.stamps_pending(); });
}

core::Result<std::uint64_t> Store::deliveries_pending() {
  return read(Scope::whole_installation(),
              [&](Reading& reading) { return reading.deliveries_pending(); });
}

core::Result<std::uint64_t> Store::forget_deliveries(std::int64_t created_before_ms) {
  return write<std::uint64_t>(
      [&](Writing& writing) { return writing.forget_deliveries(created_before_ms); });
}

core::Result<std::uint64_t> Store::forget_keys(std::int64_t now_ms) {
  return write<std::uint64_t>(
      [&](Writing& writing) { return writing.forget_keys(now_ms - kKeyLifeMs); });
}

core::Result<std::int64_t> Store::keep_contents_under(const core::Bytes& key_name,
                                                      std::int64_t now_ms, bool may_forget) {
  return write<std::int64_t>(
      [&](Writing& writing) { return writing.keep_contents_under(key_name, now_ms, may_forget); });
}

core::Result<ContentElsewhere> Store::find_content(const std::string& court,
                                                   const std::string& submission,
                                                   const core::Bytes& tag, std::size_t most) {
  return read(Scope::of_court(court),
              [&](Reading& reading) { return reading.find_content(court, submission, tag, most); });
}

core::Result<std::vector<Checkpoint>> Store::find_checkpoints(const LedgerPlace& place) {
  return read(Scope::whole_installation(),
              [&](Reading& reading) { return reading.find_checkpoints(place); });
}

core::Result<std::vector<Checkpoint>> Store::contested_checkpoints(const LedgerPlace& from) {
  return read(Scope::whole_installation(),
              [&](Reading& reading) { return reading.contested_checkpoints(from); });
}

core::Result<std::vector<ContestedBlock>> Store::contested_blocks() {
  return read(Scope::whole_installation(),
              [&](Reading& reading) { return reading.contested_blocks(); });
}

// Asked with every case, and nearly always known: only what is not waits for the disk.
core::Result<std::vector<std::int64_t>> Store::watch_ledgers(
    const std::vector<std::string>& ledgers, std::int64_t now_ms) {
  const auto look = [this] {
    return read(Scope::whole_installation(),
                [](Reading& reading) { return reading.watched_ledgers(); });
  };
  HEYAN_TRY(auto watched, look());
  const auto known = [&watched](const std::string& ledger) { return watched.contains(ledger); };
  if (!std::ranges::all_of(ledgers, known)) {
    HEYAN_CHECK_OK(
        parts_->commits->run([&] { return parts_->writing.watch_ledgers(ledgers, now_ms); }));
    HEYAN_TRY(watched, look());
  }
  std::vector<std::int64_t> since;
  for (const std::string& ledger : ledgers) since.push_back(watched[ledger]);
  return since;
}

core::Result<std::vector<std::string>> Store::find_known(const std::string& court,
                                                         const std::string& adapter,
                                                         const std::string& key, std::size_t most) {
  return read(Scope::of_court(court),
              [&](Reading& reading) { return reading.find_known(court, adapter, key, most); });
}

core::Result<std::optional<KeyUse>> Store::find_key(const std::string& court,
                                                    const std::string& account,
                                                    const std::string& key) {
  return read(Scope::of_court(court),
              [&](Reading& reading) { return reading.find_key(court, account, key); });
}

core::Result<std::optional<Submission>> Store::find_submission(const std::string& id,
                                                               const Scope& scope) {
  return read(scope, [&](Reading& reading) { return reading.find_submission(id, scope); });
}

core::Result<std::vector<StoredFile>> Store::files(const std::string& submission,
                                                   const Scope& scope) {
  return read(scope, [&](Reading& reading) { return reading.files(submission, scope); });
}

core::Result<std::optional<Report>> Store::find_report(const std::string& number,
                                                       const Scope& scope) {
  return read(scope, [&](Reading& reading) { return reading.find_report(number, scope); });
}

core::Result<std::vector<std::string>> Store::reports_of(const std::string& submission,
                                                         const Scope& scope) {
  return read(scope, [&](Reading& reading) { return reading.reports_of(submission, scope); });
}

core::Result<std::vector<SubmissionLine>> Store::list(const Scope& scope, const ListFilter& filter,
                                                      const std::optional<Cursor>& after,
                                                      std::size_t limit) {
  return read(scope, [&](Reading& reading) { return reading.list(scope, filter, after, limit); });
}

core::Result<std::optional<SubmissionLine>> Store::find_line(const std::string& id,
                                                             const Scope& scope) {
  return read(scope, [&](Reading& reading) { return reading.find_line(id, scope); });
}

core::Result<std::vector<SubmissionLine>> Store::list_receiving(const Scope& scope,
                                                                const std::optional<Cursor>& after,
                                                                std::size_t limit) {
  return read(scope, [&](Reading& reading) { return reading.list_receiving(scope, after, limit); });
}

core::Result<std::vector<FiledItem>> Store::items_of(const std::string& submission,
                                                     const Scope& scope) {
  return read(scope, [&](Reading& reading) { return reading.items_of(submission, scope); });
}

core::Result<std::vector<VerdictCount>> Store::counts_of(const std::string& report) {
  return read(Scope::whole_installation(),
              [&](Reading& reading) { return reading.counts_of(report); });
}

core::Result<std::vector<Supplement>> Store::supplements_of(const std::string& submission,
                                                            const Scope& scope) {
  return read(scope, [&](Reading& reading) { return reading.supplements_of(submission, scope); });
}

core::Result<std::vector<Annotation>> Store::annotations_of(const std::string& account,
                                                            const std::string& submission,
                                                            const Scope& scope) {
  return read(scope,
              [&](Reading& reading) { return reading.annotations_of(account, submission, scope); });
}

core::Result<std::vector<core::Bytes>> Store::unclaimed(const std::string& court,
                                                        std::span<const core::Bytes> digests) {
  return read(Scope::of_court(court),
              [&](Reading& reading) { return reading.unclaimed(court, digests); });
}

core::Result<KeptPage> Store::kept_after(const std::string& court,
                                         const std::optional<Cursor>& after, std::size_t most) {
  return read(Scope::of_court(court),
              [&](Reading& reading) { return reading.kept_after(court, after, most); });
}

core::Result<std::vector<std::string>> Store::courts() {
  return read(Scope::whole_installation(), [&](Reading& reading) { return reading.courts(); });
}

core::Result<Backlog> Store::backlog(std::int64_t overdue_before_ms) {
  return read(Scope::whole_installation(),
              [&](Reading& reading) { return reading.backlog(overdue_before_ms); });
}

core::Result<std::optional<DueScan>> Store::due_scan(std::int64_t now_ms) {
  return read(Scope::whole_installation(),
              [&](Reading& reading) { return reading.due_scan(now_ms); });
}

core::Result<Scan> Store::find_scan(const std::string& submission, const core::Bytes& sha256,
                                    const Scope& scope) {
  return read(scope,
              [&](Reading& reading) { return reading.find_scan(submission, sha256, scope); });
}

core::Result<std::optional<std::vector<ScannedFile>>> Store::scans_of(const std::string& submission,
                                                                      const Scope& scope) {
  return read(scope, [&](Reading& reading) { return reading.scans_of(submission, scope); });
}

core::Result<ScanCounts> Store::count_scans() {
  return read(Scope::whole_installation(), [](Reading& reading) { return reading.count_scans(); });
}

}  // namespace heyan::store
