// Every question to the front's tables. Only for the sources of this folder, and for one thread at
// a time.
#pragma once

#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "gateway/sql/statement_cache.h"
#include "gateway/store/assignments.h"
#include "gateway/store/deletions.h"
#include "gateway/store/notes.h"
#include "gateway/store/scans.h"
#include "gateway/store/submission.h"

namespace heyan::store {

// Contracts: those of Store's functions of the same names.
class Reading {
 public:
  explicit Reading(sql::Database& database) : statements_(database) {}

  core::Result<std::optional<KeyUse>> find_key(std::string_view court, std::string_view account,
                                               std::string_view key);
  core::Result<std::optional<Submission>> find_submission(std::string_view id, const Scope& scope);
  core::Result<void> expect_room(const NewReceiving& submission);
  core::Result<std::optional<Receiving>> find_receiving(std::string_view id, const Scope& scope);
  core::Result<std::optional<core::Bytes>> receiving_session(std::string_view id,
                                                             const Scope& scope);
  core::Result<std::optional<Upload>> find_upload(std::string_view id, const Scope& scope);
  core::Result<std::optional<Upload>> find_upload_of(std::string_view submission,
                                                     std::string_view path, const Scope& scope);
  core::Result<std::vector<std::string>> received_whole();
  core::Result<std::vector<std::string>> expired(std::int64_t now_ms);
  core::Result<std::vector<StoredFile>> files(std::string_view submission, const Scope& scope);
  core::Result<std::optional<Report>> find_report(std::string_view number, const Scope& scope);
  core::Result<std::vector<std::string>> reports_of(std::string_view submission,
                                                    const Scope& scope);
  core::Result<std::vector<SubmissionLine>> list(const Scope& scope, const ListFilter& filter,
                                                 const std::optional<Cursor>& after,
                                                 std::size_t limit);
  core::Result<std::optional<SubmissionLine>> find_line(std::string_view id, const Scope& scope);
  core::Result<std::vector<SubmissionLine>> list_receiving(const Scope& scope,
                                                           const std::optional<Cursor>& after,
                                                           std::size_t limit);
  core::Result<std::vector<FiledItem>> items_of(std::string_view submission, const Scope& scope);
  core::Result<std::vector<VerdictCount>> counts_of(std::string_view report);
  core::Result<std::vector<Supplement>> supplements_of(std::string_view submission,
                                                       const Scope& scope);
  core::Result<std::vector<Annotation>> annotations_of(std::string_view account,
                                                       std::string_view submission,
                                                       const Scope& scope);
  core::Result<std::vector<Assignment>> assigned_to(std::string_view submission,
                                                    const Scope& scope);
  core::Result<std::vector<Access>> accesses_of(std::string_view submission, const Scope& scope);
  core::Result<std::vector<Access>> accesses(const Scope& scope, const std::optional<Cursor>& after,
                                             std::size_t limit);
  core::Result<KeptPage> kept_after(std::string_view court, const std::optional<Cursor>& after,
                                    std::size_t most);
  core::Result<std::vector<std::string>> courts();
  core::Result<ContentElsewhere> find_content(std::string_view court, std::string_view submission,
                                              const core::Bytes& tag, std::size_t most);
  core::Result<std::vector<Checkpoint>> find_checkpoints(const LedgerPlace& place);
  core::Result<std::vector<Checkpoint>> contested_checkpoints(const LedgerPlace& from);
  core::Result<std::vector<ContestedBlock>> contested_blocks();
  core::Result<std::map<std::string, std::int64_t>> watched_ledgers();
  core::Result<std::vector<std::string>> find_known(std::string_view court,
                                                    std::string_view adapter, std::string_view key,
                                                    std::size_t most);
  core::Result<std::vector<std::string>> accounts_due(std::int64_t now_ms);
  core::Result<std::optional<Delivery>> due_delivery(std::string_view account, std::int64_t now_ms);
  core::Result<std::uint64_t> deliveries_pending();
  core::Result<std::optional<DueStamp>> due_stamp(std::int64_t now_ms);
  core::Result<std::uint64_t> stamps_pending();
  core::Result<std::optional<DueScan>> due_scan(std::int64_t now_ms);
  core::Result<Scan> find_scan(std::string_view submission, const core::Bytes& sha256,
                               const Scope& scope);
  core::Result<std::optional<std::vector<ScannedFile>>> scans_of(std::string_view submission,
                                                                 const Scope& scope);
  core::Result<ScanCounts> count_scans();
  core::Result<DeletionOf> find_deletion(std::string_view submission, const Scope& scope);
  core::Result<std::vector<Deletion>> due_deletions(std::int64_t now_ms, std::size_t most);
  core::Result<DeletionCounts> count_deletions(std::int64_t now_ms);
  core::Result<std::vector<core::Bytes>> unclaimed(std::string_view court,
                                                   std::span<const core::Bytes> digests);
  core::Result<FilesToDelete> files_to_delete(const Deletion& deletion);
  core::Result<Backlog> backlog(std::int64_t overdue_before_ms);

 private:
  sql::StatementCache statements_;

  core::Result<void> complete(SubmissionLine& line, const Scope& scope);
  core::Result<std::vector<SubmissionLine>> lines(std::string_view text, const Scope& scope,
                                                  const ListFilter& filter, const Cursor& from,
                                                  std::size_t limit);
};

}  // namespace heyan::store
