// Deletions: logged once, before the front removes anything; after it no report is signed.
//
// Threat: a front that was taken over can remove files without a word, and this it cannot hide: the
// leaf is asked for before. It can ask for one that no person of the court wanted; the court's own
// audit trail, and whoever counts deletions in the public log, shows that.
//
// A log tells of whatever was removed in its time: what an earlier one told of, and a restored
// front has still to remove, is logged once more.
#include "gateway/signer/signer.h"
#include "verifier/crypto/digest.h"

namespace heyan::signer {

using core::ErrorCode;
using core::fail;
using core::Result;

Result<v1::Deleted> Signer::delete_submission(sql::Transaction& transaction,
                                              const v1::DeleteSubmission& asks) {
  const std::string& submission = asks.submission_id();
  HEYAN_TRY(const auto known,
            (statements_->one<std::uint64_t, std::int64_t>(
                "SELECT idx, at_ms FROM deletions WHERE submission = ? AND log = ''", submission)));
  v1::Deleted deleted;
  if (known) {
    deleted.set_deletion_index(std::get<0>(*known));
    deleted.set_at_ms(std::get<1>(*known));
    return deleted;
  }
  HEYAN_TRY(report::LogPlace intake, intake_of(submission));
  HEYAN_TRY(const core::UtcTime time, now());
  HEYAN_TRY(const std::uint64_t index,
            append(transaction,
                   report::DeletionEntry{.at = time,
                                         .submission = crypto::sha256(core::as_bytes(submission)),
                                         .intake = std::move(intake)}));
  deleted.set_deletion_index(index);
  deleted.set_at_ms(core::to_unix_ms(time));
  HEYAN_CHECK_OK(
      statements_->run("INSERT INTO deletions(submission, idx, at_ms) VALUES(?1, ?2, ?3)"
                       " ON CONFLICT(submission) DO UPDATE SET idx = ?2, log = '', at_ms = ?3",
                       submission, index, deleted.at_ms()));
  return deleted;
}

Result<void> Signer::expect_not_deleted(const std::string& submission) {
  HEYAN_TRY(const auto deleted, statements_->one<std::uint64_t>(
                                    "SELECT idx FROM deletions WHERE submission = ?", submission));
  if (!deleted) return {};
  return fail(ErrorCode::kNotFound, "the submission's files and case record were deleted");
}

}  // namespace heyan::signer
