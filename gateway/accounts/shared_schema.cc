#include <array>

#include "gateway/accounts/schema.h"

namespace heyan::accounts {
namespace {

// What schema.cc has come to, as PostgreSQL says it; a test compares the two. Texts compare byte by
// byte, as in SQLite. Its later migrations have each one here.
//
// Without row-level security by court: who signs in is looked for before anybody knows of which
// court they are, and every question but an operator's list names one account, the digest of one
// session, or the court of somebody who has signed in. By role there is one where a gateway is of
// litigants alone (public_front.cc).
constexpr std::string_view kTables = R"(
CREATE TABLE people(
  account TEXT COLLATE "C" PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL CHECK(role IN ('litigant', 'clerk', 'judge', 'operator')),
  court TEXT COLLATE "C" NOT NULL CHECK((court <> '') = (role IN ('clerk', 'judge'))),
  password TEXT COLLATE "C" NOT NULL,
  secret BYTEA,
  pending_secret BYTEA,
  last_step BIGINT NOT NULL DEFAULT 0,
  disabled BIGINT NOT NULL DEFAULT 0 CHECK(disabled IN (0, 1)),
  created_at_ms BIGINT NOT NULL
);

CREATE TABLE sessions(
  digest BYTEA PRIMARY KEY CHECK(length(digest) = 32),
  account TEXT COLLATE "C" NOT NULL REFERENCES people(account),
  second_factor BIGINT NOT NULL CHECK(second_factor IN (0, 1)),
  began_at_ms BIGINT NOT NULL,
  seen_at_ms BIGINT NOT NULL
);
CREATE INDEX sessions_of_account ON sessions(account, began_at_ms);

CREATE TABLE identities(
  issuer TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL REFERENCES people(account),
  linked_at_ms BIGINT NOT NULL,
  PRIMARY KEY(issuer, subject)
);
CREATE INDEX identities_of_account ON identities(account);

CREATE TABLE delays(
  who BYTEA PRIMARY KEY CHECK(length(who) = 32),
  failures BIGINT NOT NULL CHECK(failures >= 0),
  last_ms BIGINT NOT NULL,
  until_ms BIGINT NOT NULL,
  known BIGINT NOT NULL CHECK(known IN (0, 1))
);
CREATE INDEX delays_by_age ON delays(known, last_ms);

GRANT USAGE ON SCHEMA heyan_accounts TO heyan_front;
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions, identities, delays TO heyan_front;
GRANT SELECT, INSERT, UPDATE ON people TO heyan_front;
GRANT SELECT ON layout TO heyan_front;
)";

constexpr std::string_view kOfCourt = "CREATE INDEX people_of_court ON people(court, role)";

// Only so that a front refuses to start before what heyan_public may do (public_front.cc) was
// granted anew: each change of that has one.
constexpr std::string_view kGrants2 = "SELECT 'what heyan_public may do, 2'";

constexpr std::array kMigrations = {kTables, kOfCourt, kGrants2};

}  // namespace

sql::Layout shared_layout() {
  return {.application_id = 0x48595065,  // "HYPe"
          .migrations = kMigrations,
          .schema = "heyan_accounts"};
}

}  // namespace heyan::accounts
