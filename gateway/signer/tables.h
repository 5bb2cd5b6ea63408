// The signer's own tables, beside those of the report log.
#pragma once

#include <array>
#include <string_view>

#include "gateway/report_log/schema.h"
#include "gateway/sql/database.h"

namespace heyan::signer {

// log: the origin of an earlier log, where idx is a place in it; '' is the log of this database.
// intakes: `reported` once a report of it was logged.
// numbers: given once to a submission's version. reports: payload and place are stored in the
// transaction that logs them; the envelope when it is signed, so that a crash between the two ends
// in the same report.
inline constexpr std::string_view kTables = R"(
CREATE TABLE numbers(
  submission TEXT NOT NULL,
  version INTEGER NOT NULL,
  number TEXT NOT NULL UNIQUE,
  intake INTEGER NOT NULL,
  supersedes TEXT NOT NULL,
  PRIMARY KEY(submission, version)
) STRICT;
CREATE TABLE intakes(
  submission TEXT PRIMARY KEY,
  idx INTEGER NOT NULL,
  log TEXT NOT NULL DEFAULT '',
  court TEXT NOT NULL,
  files BLOB NOT NULL,
  received_at_ms INTEGER NOT NULL,
  reported INTEGER NOT NULL DEFAULT 0,
  UNIQUE(log, idx)
) STRICT;
CREATE INDEX intakes_waiting ON intakes(received_at_ms) WHERE reported = 0;
CREATE TABLE reports(
  number TEXT PRIMARY KEY REFERENCES numbers(number),
  idx INTEGER NOT NULL,
  log TEXT NOT NULL DEFAULT '',
  payload_sha256 BLOB NOT NULL UNIQUE CHECK(length(payload_sha256) = 32),
  report BLOB NOT NULL,
  record_sha256 BLOB NOT NULL CHECK(length(record_sha256) = 32),
  signed_at_ms INTEGER NOT NULL,
  envelope TEXT,
  superseded_by TEXT,
  withdrawn TEXT,
  UNIQUE(log, idx)
) STRICT;
CREATE TABLE trust_seen(
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL
) STRICT;
)";

// What witnesses signed: their lines below the checkpoint of that size, which follows from the log.
// `witness` is its vkey.
inline constexpr std::string_view kCosigned = R"(
CREATE TABLE cosigned(
  size INTEGER NOT NULL,
  witness TEXT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY(size, witness)
) STRICT, WITHOUT ROWID;
)";

// The last head of each audit trail that this log holds.
inline constexpr std::string_view kTrailHeads = R"(
CREATE TABLE trail_heads(
  writer TEXT NOT NULL,
  trail BLOB NOT NULL CHECK(length(trail) = 16),
  record INTEGER NOT NULL,
  PRIMARY KEY(trail, writer)
) STRICT, WITHOUT ROWID;
)";

// Submissions whose files and case record are gone. `log` as above.
inline constexpr std::string_view kDeletions = R"(
CREATE TABLE deletions(
  submission TEXT PRIMARY KEY REFERENCES intakes(submission),
  idx INTEGER NOT NULL,
  log TEXT NOT NULL DEFAULT '',
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)";

inline constexpr std::array<std::string_view, 5> kMigrations = {report_log::kTables, kTables,
                                                                kCosigned, kTrailHeads, kDeletions};

// Of the signer's database, for whoever copies it.
inline sql::Layout layout() {
  return {.application_id = 0x48595347, .migrations = kMigrations};  // "HYSG"
}

// What the above has come to, as PostgreSQL says it; a test compares the two. Later migrations have
// each one here. No row-level security: nothing in them is of one court's alone to see, and nobody
// but signers asks. What was logged is never altered, only left as a whole.
inline constexpr std::string_view kShared = R"(
CREATE TABLE numbers(
  submission TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  number TEXT COLLATE "C" NOT NULL UNIQUE,
  intake BIGINT NOT NULL,
  supersedes TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY(submission, version)
);
CREATE TABLE intakes(
  submission TEXT COLLATE "C" PRIMARY KEY,
  idx BIGINT NOT NULL,
  log TEXT COLLATE "C" NOT NULL DEFAULT '',
  court TEXT COLLATE "C" NOT NULL,
  files BYTEA NOT NULL,
  received_at_ms BIGINT NOT NULL,
  reported BIGINT NOT NULL DEFAULT 0,
  UNIQUE(log, idx)
);
CREATE INDEX intakes_waiting ON intakes(received_at_ms) WHERE reported = 0;
CREATE TABLE reports(
  number TEXT COLLATE "C" PRIMARY KEY REFERENCES numbers(number),
  idx BIGINT NOT NULL,
  log TEXT COLLATE "C" NOT NULL DEFAULT '',
  payload_sha256 BYTEA NOT NULL UNIQUE CHECK(length(payload_sha256) = 32),
  report BYTEA NOT NULL,
  record_sha256 BYTEA NOT NULL CHECK(length(record_sha256) = 32),
  signed_at_ms BIGINT NOT NULL,
  envelope TEXT COLLATE "C",
  superseded_by TEXT COLLATE "C",
  withdrawn TEXT COLLATE "C",
  UNIQUE(log, idx)
);
CREATE TABLE trust_seen(
  id TEXT COLLATE "C" PRIMARY KEY,
  version BIGINT NOT NULL
);
CREATE TABLE cosigned(
  size BIGINT NOT NULL,
  witness TEXT COLLATE "C" NOT NULL,
  line TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY(size, witness)
);
CREATE TABLE trail_heads(
  writer TEXT COLLATE "C" NOT NULL,
  trail BYTEA NOT NULL CHECK(length(trail) = 16),
  record BIGINT NOT NULL,
  PRIMARY KEY(trail, writer)
);
CREATE TABLE deletions(
  submission TEXT COLLATE "C" PRIMARY KEY REFERENCES intakes(submission),
  idx BIGINT NOT NULL,
  log TEXT COLLATE "C" NOT NULL DEFAULT '',
  at_ms BIGINT NOT NULL
);
)";

inline constexpr std::string_view kGrants = R"(
GRANT USAGE ON SCHEMA heyan_log TO heyan_signer;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA heyan_log TO heyan_signer;
REVOKE UPDATE ON log_entries, log_hashes FROM heyan_signer;
REVOKE INSERT, DELETE ON log_head FROM heyan_signer;
REVOKE INSERT, UPDATE, DELETE ON layout FROM heyan_signer;
)";

inline constexpr std::array<std::string_view, 3> kSharedMigrations = {report_log::kSharedTables,
                                                                      kShared, kGrants};

inline sql::Layout shared_layout() {
  return {.application_id = 0x48595347,  // "HYSG"
          .migrations = kSharedMigrations,
          .schema = "heyan_log"};
}

}  // namespace heyan::signer
