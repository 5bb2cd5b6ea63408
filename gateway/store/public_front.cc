// What the front of litigants alone may do with the tables on a server. Security decision 25.
#include "gateway/store/schema.h"

namespace heyan::store {
namespace {

// For who is a member of heyan_public and not of heyan_front: to read what litigants are shown, and
// to take in what they file. Nothing where there is no such role. Each time anew, whatever was
// granted before, so that it is what stands here.
//
// Rows are restricted beside what of_court says; @ is the row in question. Of what the court's
// staff decided it sees what a litigant is told, and not who did or why a case was opened; and of
// all cases that they were deleted. It files in nobody's name but a person's, once, and adds
// nothing to what was accepted or is being received for others: what stands there was read from
// what was filed. It says nothing of what is the court's to find: what a scanner says, verdicts,
// what a report supersedes. No number of its may be one that the court's programs cannot read or
// count on from, for they would stop at it, and no name or path one that leads elsewhere. Received
// rows it sees all, for what they name of the vault must not be taken for what nobody has; reports,
// too, for anybody may ask how one stands.
//
// Threat: rules look at other tables, of which a role sees what it says that it asks for. So
// whatever writes says that it sees all, as the program does; else a row that is there would seem
// not to be.
//
// A change of it needs a migration of its own in shared_schema.cc, which does nothing: else a front
// of the new version starts with the rights that the old one granted, and nobody runs `heyan
// database prepare`. A test knows this text (grants_test.cc).
constexpr std::string_view kGrants = R"(
DO $grants$
DECLARE rule RECORD;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = 'heyan_public') THEN RETURN;
  END IF;
  REVOKE ALL ON ALL TABLES IN SCHEMA heyan FROM heyan_public;
  GRANT USAGE ON SCHEMA heyan TO heyan_public;
  GRANT SELECT ON layout, contents_key, submissions, files, idempotency, jobs, receiving, awaited,
    filings, filed_parties, filed_items, found_by, listed, scans, reports, outcomes, stamps,
    supplements, supplement_items, deliveries, assignments TO heyan_public;
  GRANT SELECT(id, submission, since_ms, until_ms) ON accesses TO heyan_public;
  GRANT SELECT(submission, id, reason, placed_at_ms) ON holds TO heyan_public;
  GRANT SELECT(submission, id, state, reason, asked_at_ms, confirmed_at_ms, due_at_ms,
    deleted_at_ms, deletion_index, log) ON deletions TO heyan_public;
  GRANT INSERT ON submissions, files, idempotency, filings, filed_parties, filed_items, found_by,
    listed TO heyan_public;
  GRANT INSERT(submission, version, court, account, state, turn, queued_at_ms, supersedes) ON jobs
    TO heyan_public;
  GRANT INSERT(submission, sha256, size, not_before_ms) ON scans TO heyan_public;
  GRANT INSERT(id, court, account, session, key, fingerprint, created_at_ms, expires_at_ms),
    UPDATE(accepted, expires_at_ms), DELETE ON receiving TO heyan_public;
  GRANT INSERT(submission, position, path, size, "offset", sha256, proof),
    UPDATE(upload, size, "offset", expected, sha256, metadata) ON awaited TO heyan_public;
  GRANT DELETE ON filings TO heyan_public;
  FOR rule IN SELECT * FROM (VALUES
    ('deliveries', 'SELECT', 'false'),
    ('assignments', 'SELECT', 'false'),
    ('accesses', 'SELECT', $$EXISTS (SELECT 1 FROM submissions s
      WHERE s.id = @.submission AND starts_with(s.account, 'person:'))$$),
    ('holds', 'SELECT', $$EXISTS (SELECT 1 FROM submissions s
      WHERE s.id = @.submission AND starts_with(s.account, 'person:'))$$),
    ('deletions', 'SELECT', $$state IN ('UNDER_WAY', 'DELETED') OR EXISTS (SELECT 1
      FROM submissions s WHERE s.id = @.submission AND starts_with(s.account, 'person:'))$$),
    ('submissions', 'INSERT', $$starts_with(account, 'person:') AND version = 1
      AND id ~ '^[0-9A-Za-z_-]{1,64}$'
      AND intake_index >= 0 AND received_at_ms BETWEEN 0 AND 253402300799999
      AND NOT EXISTS (SELECT 1 FROM receiving w
        WHERE w.id = @.id AND (w.account <> @.account OR w.court <> @.court))$$),
    ('files', 'INSERT', $$size >= 0
      AND path !~ '^/|\\|[[:cntrl:]]|(^|/)[.]{0,2}(/|$)' AND EXISTS (SELECT 1 FROM submissions s
        WHERE s.id = @.submission AND starts_with(s.account, 'person:'))
      AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.submission = @.submission)$$),
    ('scans', 'INSERT', $$EXISTS (SELECT 1 FROM submissions s JOIN files f ON f.submission = s.id
        WHERE s.id = @.submission AND starts_with(s.account, 'person:')
        AND s.received_at_ms = @.not_before_ms AND f.sha256 = @.sha256 AND f.size = @.size)
      AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.submission = @.submission)$$),
    ('jobs', 'INSERT', $$version = 1 AND state = 'QUEUED' AND supersedes IS NULL
      AND EXISTS (SELECT 1 FROM submissions s WHERE s.id = @.submission AND s.court = @.court
        AND s.account = @.account AND starts_with(s.account, 'person:')
        AND s.received_at_ms = @.queued_at_ms)
      AND turn BETWEEN 0 AND 1 + coalesce(greatest(
        (SELECT max(j.turn) FROM jobs j WHERE j.state = 'QUEUED'),
        (SELECT max(j.turn) FROM jobs j WHERE j.state <> 'QUEUED')), 0)$$),
    ('listed', 'INSERT', $$state = 'OPEN' AND attention = 0 AND verdicts = ''
      AND EXISTS (SELECT 1 FROM submissions s WHERE s.id = @.submission AND s.court = @.court
        AND s.received_at_ms = @.received_at_ms AND starts_with(s.account, 'person:'))$$),
    ('idempotency', 'INSERT', $$EXISTS (SELECT 1 FROM submissions s WHERE s.id = @.submission
      AND s.court = @.court AND s.account = @.account AND starts_with(s.account, 'person:'))$$),
    ('receiving', 'INSERT', $$starts_with(account, 'person:') AND id ~ '^[0-9A-Za-z_-]{1,64}$'
      AND NOT EXISTS (SELECT 1 FROM submissions s WHERE s.id = @.id)$$),
    ('receiving', 'UPDATE', $$starts_with(account, 'person:')$$),
    ('receiving', 'DELETE', $$starts_with(account, 'person:')$$),
    ('awaited', 'INSERT', $$size >= 0 AND "offset" BETWEEN 0 AND size
      AND path !~ '^/|\\|[[:cntrl:]]|(^|/)[.]{0,2}(/|$)'
      AND EXISTS (SELECT 1 FROM receiving w
        WHERE w.id = @.submission AND starts_with(w.account, 'person:'))$$),
    ('awaited', 'UPDATE', $$size >= 0 AND "offset" BETWEEN 0 AND size
      AND (upload IS NULL OR upload ~ '^[0-9A-Za-z_-]{1,64}$')
      AND EXISTS (SELECT 1 FROM receiving w
        WHERE w.id = @.submission AND starts_with(w.account, 'person:'))$$),
    ('filings', 'INSERT', $$items >= 0
      AND NOT EXISTS (SELECT 1 FROM submissions s WHERE s.id = @.submission)
      AND EXISTS (SELECT 1 FROM receiving w WHERE w.id = @.submission AND w.court = @.court
        AND starts_with(w.account, 'person:'))$$),
    ('filed_parties', 'INSERT', $$
      NOT EXISTS (SELECT 1 FROM submissions s WHERE s.id = @.submission)
      AND EXISTS (SELECT 1 FROM receiving w
        WHERE w.id = @.submission AND starts_with(w.account, 'person:'))$$),
    ('filed_items', 'INSERT', $$(pages IS NULL OR pages >= 0)
      AND NOT EXISTS (SELECT 1 FROM submissions s WHERE s.id = @.submission)
      AND EXISTS (SELECT 1 FROM receiving w
        WHERE w.id = @.submission AND starts_with(w.account, 'person:'))$$),
    ('found_by', 'INSERT', $$
      NOT EXISTS (SELECT 1 FROM submissions s WHERE s.id = @.submission)
      AND EXISTS (SELECT 1 FROM receiving w
        WHERE w.id = @.submission AND starts_with(w.account, 'person:'))$$),
    ('filings', 'DELETE', $$NOT EXISTS (SELECT 1 FROM submissions s WHERE s.id = @.submission)
      AND NOT EXISTS (SELECT 1 FROM receiving w WHERE w.id = @.submission)$$)
  ) AS rules(on_table, command, holds) LOOP
    EXECUTE format('DROP POLICY IF EXISTS %I ON %I', 'public_' || lower(rule.command),
      rule.on_table);
    EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR %s TO heyan_public %s (%s(%s))',
      'public_' || lower(rule.command), rule.on_table, rule.command,
      CASE rule.command WHEN 'INSERT' THEN 'WITH CHECK' ELSE 'USING' END,
      CASE rule.command WHEN 'SELECT' THEN '' ELSE $$seen_as('heyan.whole', 'yes') AND $$ END,
      replace(rule.holds, '@', rule.on_table));
  END LOOP;
END
$grants$;
)";

}  // namespace

std::string_view public_grants() { return kGrants; }

}  // namespace heyan::store
