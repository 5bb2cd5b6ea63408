#include "gateway/backup/mark.h"

#include "gateway/store/deletions.h"

namespace heyan::backup {

// As if two persons had wanted it, the log and who restores: whoever they were stands in the audit
// trail of that time. What is judged anew is judged no more, and nobody can do anything about that
// (store::Writing::begin_deletion). A column that is updated is named with its table: PostgreSQL
// knows two of each there.
core::Result<void> mark_deletion(sql::StatementCache& statements, const std::string& submission,
                                 std::int64_t at_ms) {
  HEYAN_CHECK_OK(statements.run(
      "INSERT INTO deletions(submission, id, state, reason, asked_by, asked_at_ms, confirmed_by,"
      " confirmed_at_ms, due_at_ms)"
      " VALUES(?1, ?1, 'UNDER_WAY', 'deleted-before-restore', 'log', ?2, 'restore', ?2, ?2)"
      " ON CONFLICT(submission) DO UPDATE SET state = 'UNDER_WAY',"
      " confirmed_by = coalesce(deletions.confirmed_by, 'restore'),"
      " confirmed_at_ms = coalesce(deletions.confirmed_at_ms, ?2),"
      " due_at_ms = coalesce(deletions.due_at_ms, ?2)"
      " WHERE deletions.state IN ('ASKED', 'CONFIRMED')",
      submission, at_ms));
  HEYAN_CHECK_OK(statements.run("DELETE FROM holds WHERE submission = ?", submission));
  HEYAN_CHECK_OK(
      statements.run("UPDATE jobs SET state = 'REJECTED', refusal = ?"
                     " WHERE submission = ? AND state IN ('QUEUED', 'VERIFYING')",
                     store::kDeletedRefusal, submission));
  return statements.run(
      "UPDATE listed SET state = 'REJECTED'"
      " WHERE state = 'OPEN' AND (court, received_at_ms, submission) ="
      " (SELECT s.court, s.received_at_ms, s.id FROM submissions s WHERE s.id = ?)",
      submission);
}

}  // namespace heyan::backup
