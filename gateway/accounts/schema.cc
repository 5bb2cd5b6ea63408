#include "gateway/accounts/schema.h"

#include <array>

namespace heyan::accounts {
namespace {

constexpr std::string_view kTables = R"(
CREATE TABLE people(
  account TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK(role IN ('litigant', 'clerk', 'judge', 'operator')),
  court TEXT NOT NULL CHECK((court <> '') = (role IN ('clerk', 'judge'))),
  password TEXT NOT NULL,
  secret BLOB,
  pending_secret BLOB,
  last_step INTEGER NOT NULL DEFAULT 0,
  disabled INTEGER NOT NULL DEFAULT 0 CHECK(disabled IN (0, 1)),
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions(
  digest BLOB PRIMARY KEY CHECK(length(digest) = 32),
  account TEXT NOT NULL REFERENCES people(account),
  second_factor INTEGER NOT NULL CHECK(second_factor IN (0, 1)),
  began_at_ms INTEGER NOT NULL,
  seen_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of_account ON sessions(account, began_at_ms);
)";

// Who a person is to a provider (OpenID Connect): the pair, never a claim.
constexpr std::string_view kIdentities = R"(
CREATE TABLE identities(
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  account TEXT NOT NULL REFERENCES people(account),
  linked_at_ms INTEGER NOT NULL,
  PRIMARY KEY(issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX identities_of_account ON identities(account);
)";

// Failures to sign in: delays.h. `who` is a digest, for people type passwords where names belong.
constexpr std::string_view kDelays = R"(
CREATE TABLE delays(
  who BLOB PRIMARY KEY CHECK(length(who) = 32),
  failures INTEGER NOT NULL CHECK(failures >= 0),
  last_ms INTEGER NOT NULL,
  until_ms INTEGER NOT NULL,
  known INTEGER NOT NULL CHECK(known IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX delays_by_age ON delays(known, last_ms);
)";

// The judges of a court among any number of litigants.
constexpr std::string_view kOfCourt = "CREATE INDEX people_of_court ON people(court, role)";

constexpr std::array kMigrations = {kTables, kIdentities, kDelays, kOfCourt};

}  // namespace

sql::Layout layout() {
  return {.application_id = 0x48595065, .migrations = kMigrations};  // "HYPe"
}

}  // namespace heyan::accounts
