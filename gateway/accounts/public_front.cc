// What the front of litigants alone may do with the tables on a server. Security decision 25.
#include "gateway/accounts/schema.h"

namespace heyan::accounts {
namespace {

// For who is a member of heyan_public and not of heyan_front: it sees litigants, and what is of
// them, and nobody else; it makes nobody else, and nobody of them one of the staff. Others are let
// see all. Nothing where there is no such role. Each time anew, whatever was granted before, so
// that it is what stands here. Delays are of digests, and have no owner: they are shared.
//
// Nor does it file in the name of one of the staff. The store's tables (store/public_front.cc) know
// of no roles, so that rule is made here, where they are in the same database: they are prepared
// first.
//
// A change of it needs a migration of its own in shared_schema.cc, which does nothing: else a front
// of the new version starts with the rights that the old one granted, and nobody runs `heyan
// database prepare`. A test knows this text (grants_test.cc).
constexpr std::string_view kGrants = R"(
DO $grants$
DECLARE one TEXT;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = 'heyan_public') THEN RETURN;
  END IF;
  REVOKE ALL ON ALL TABLES IN SCHEMA heyan_accounts FROM heyan_public;
  GRANT USAGE ON SCHEMA heyan_accounts TO heyan_public;
  GRANT SELECT ON layout TO heyan_public;
  GRANT SELECT, INSERT, UPDATE(password, secret, pending_secret, last_step) ON people
    TO heyan_public;
  GRANT SELECT, INSERT, UPDATE(seen_at_ms), DELETE ON sessions TO heyan_public;
  GRANT SELECT, INSERT ON identities TO heyan_public;
  GRANT SELECT, INSERT, UPDATE, DELETE ON delays TO heyan_public;
  FOREACH one IN ARRAY ARRAY['people', 'sessions', 'identities'] LOOP
    EXECUTE format('DROP POLICY IF EXISTS of_front ON %I', one);
    EXECUTE format('DROP POLICY IF EXISTS of_public ON %I', one);
    EXECUTE format('CREATE POLICY of_front ON %I TO heyan_front USING (true)', one);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
  END LOOP;
  CREATE POLICY of_public ON people TO heyan_public USING (role = 'litigant');
  CREATE POLICY of_public ON sessions TO heyan_public
    USING (EXISTS (SELECT 1 FROM people p WHERE p.account = sessions.account));
  CREATE POLICY of_public ON identities TO heyan_public
    USING (EXISTS (SELECT 1 FROM people p WHERE p.account = identities.account));
  IF to_regclass('heyan.submissions') IS NULL THEN RETURN;
  END IF;
  FOREACH one IN ARRAY ARRAY['submissions', 'receiving'] LOOP
    EXECUTE format('DROP POLICY IF EXISTS public_litigant ON heyan.%I', one);
    EXECUTE format($$CREATE POLICY public_litigant ON heyan.%1$I AS RESTRICTIVE FOR INSERT
      TO heyan_public WITH CHECK (EXISTS (SELECT 1 FROM heyan_accounts.people p
        WHERE p.account = substr(%1$I.account, 1 + length('person:'))))$$, one);
  END LOOP;
END
$grants$;
)";

}  // namespace

std::string_view public_grants() { return kGrants; }

}  // namespace heyan::accounts
