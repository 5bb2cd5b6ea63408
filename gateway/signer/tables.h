// The signer's own tables, beside those of the report log.
#pragma once

#include <array>
#include <string_view>

#include "gateway/report_log/schema.h"
#include "gateway/sqlite/database.h"

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
inline sqlite::Layout layout() {
  return {.application_id = 0x48595347, .migrations = kMigrations};  // "HYSG"
}

}  // namespace heyan::signer
