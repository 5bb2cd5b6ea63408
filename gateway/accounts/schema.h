// The tables of people.h. Only for the sources of this folder.
#pragma once

#include <array>

#include "gateway/sqlite/database.h"

namespace heyan::accounts {

inline constexpr std::string_view kTables = R"(
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
inline constexpr std::string_view kIdentities = R"(
CREATE TABLE identities(
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  account TEXT NOT NULL REFERENCES people(account),
  linked_at_ms INTEGER NOT NULL,
  PRIMARY KEY(issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX identities_of_account ON identities(account);
)";

inline constexpr std::array kMigrations = {kTables, kIdentities};

inline sqlite::Layout layout() {
  return {.application_id = 0x48595065, .migrations = kMigrations};  // "HYPe"
}

}  // namespace heyan::accounts
