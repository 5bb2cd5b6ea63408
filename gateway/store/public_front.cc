// What the front of litigants alone may do with the tables on a server. Security decision 25.
#include "gateway/store/schema.h"

namespace heyan::store {
namespace {

// For who is a member of heyan_public and not of heyan_front: to read what litigants are shown, and
// to take in what they file. Nothing where there is no such role. Each time anew, whatever was
// granted before, so that it is what stands here.
//
// Rows are restricted beside what of_court says: of what the court's staff decided it sees none but
// that something was deleted; it files in nobody's name but a person's, has nothing verified again,
// and takes away nothing of what was accepted. Received rows it sees all, for what they name of the
// vault must not be taken for what nobody has; reports, too, for anybody may ask how one stands.
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
    supplements, supplement_items, deliveries, deletions, holds, assignments, accesses
    TO heyan_public;
  GRANT INSERT ON submissions, files, idempotency, jobs, receiving, awaited, filings, filed_parties,
    filed_items, found_by, listed, scans TO heyan_public;
  GRANT UPDATE ON receiving, awaited TO heyan_public;
  GRANT DELETE ON receiving, filings TO heyan_public;
  FOR rule IN SELECT * FROM (VALUES
    ('deliveries', 'SELECT', 'false'),
    ('holds', 'SELECT', 'false'),
    ('assignments', 'SELECT', 'false'),
    ('accesses', 'SELECT', 'false'),
    ('deletions', 'SELECT', $$state IN ('UNDER_WAY', 'DELETED')$$),
    ('submissions', 'INSERT', $$starts_with(account, 'person:')$$),
    ('idempotency', 'INSERT', $$starts_with(account, 'person:')$$),
    ('receiving', 'INSERT', $$starts_with(account, 'person:')$$),
    ('receiving', 'UPDATE', $$starts_with(account, 'person:')$$),
    ('receiving', 'DELETE', $$starts_with(account, 'person:')$$),
    ('jobs', 'INSERT',
      $$starts_with(account, 'person:') AND version = 1 AND state = 'QUEUED'$$),
    ('files', 'INSERT', $$EXISTS (SELECT 1 FROM submissions s
      WHERE s.id = submission AND starts_with(s.account, 'person:'))$$),
    ('awaited', 'INSERT', $$EXISTS (SELECT 1 FROM receiving w
      WHERE w.id = submission AND starts_with(w.account, 'person:'))$$),
    ('awaited', 'UPDATE', $$EXISTS (SELECT 1 FROM receiving w
      WHERE w.id = submission AND starts_with(w.account, 'person:'))$$),
    ('filings', 'DELETE', $$NOT EXISTS (SELECT 1 FROM submissions s WHERE s.id = submission)$$)
  ) AS rules(on_table, command, holds) LOOP
    EXECUTE format('DROP POLICY IF EXISTS %I ON %I', 'public_' || lower(rule.command),
      rule.on_table);
    EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR %s TO heyan_public %s (%s)',
      'public_' || lower(rule.command), rule.on_table, rule.command,
      CASE rule.command WHEN 'INSERT' THEN 'WITH CHECK' ELSE 'USING' END, rule.holds);
  END LOOP;
END
$grants$;
)";

}  // namespace

std::string_view public_grants() { return kGrants; }

}  // namespace heyan::store
