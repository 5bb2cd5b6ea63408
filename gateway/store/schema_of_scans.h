// What a malware scanner said of each submission's files, as a table of SQLite and, with the policy
// of its rows, of a PostgreSQL server. Parts of the layouts of schema.h.
#pragma once

#include <string_view>

namespace heyan::store {

// A row was a court's, and told by its time that somebody had filed the same bytes before; now each
// submission has its own (security decision 30). What was said is carried over to all that hold the
// file. When it was is carried over to none (0): any rule that kept some of the times would tell of
// whose files others had, too.
inline constexpr std::string_view kScansOfSubmissions = R"(
ALTER TABLE scans RENAME TO scans_of_courts;
CREATE TABLE scans(
  submission TEXT NOT NULL REFERENCES submissions(id),
  sha256 BLOB NOT NULL CHECK(length(sha256) = 32),
  size INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'PENDING'
    CHECK(state IN ('PENDING', 'CLEAN', 'FOUND', 'TOO_LARGE')),
  name TEXT CHECK((name IS NOT NULL) = (state = 'FOUND')),
  scanned_at_ms INTEGER CHECK((scanned_at_ms IS NULL) = (state = 'PENDING')),
  not_before_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(submission, sha256)
) STRICT, WITHOUT ROWID;
INSERT INTO scans(submission, sha256, size, state, name, scanned_at_ms, not_before_ms, attempts)
  SELECT f.submission, f.sha256, f.size,
    coalesce(o.state, 'PENDING'), o.name, CASE WHEN o.state <> 'PENDING' THEN 0 END,
    coalesce(o.not_before_ms, 0), coalesce(o.attempts, 0)
  FROM files f JOIN submissions s ON s.id = f.submission
  LEFT JOIN scans_of_courts o ON o.court = s.court AND o.sha256 = f.sha256
  WHERE f.path <> 'case.json' ON CONFLICT(submission, sha256) DO NOTHING;
DROP TABLE scans_of_courts;
CREATE INDEX scans_due ON scans(not_before_ms) WHERE state = 'PENDING';
CREATE INDEX scans_found ON scans(submission) WHERE state = 'FOUND';
CREATE INDEX scans_too_large ON scans(size) WHERE state = 'TOO_LARGE';
)";

inline constexpr std::string_view kSharedScansOfSubmissions = R"(
ALTER TABLE scans RENAME TO scans_of_courts;
ALTER INDEX scans_pkey RENAME TO scans_of_courts_pkey;
CREATE TABLE scans(
  submission TEXT COLLATE "C" NOT NULL REFERENCES submissions(id),
  sha256 BYTEA NOT NULL CHECK(length(sha256) = 32),
  size BIGINT NOT NULL,
  state TEXT COLLATE "C" NOT NULL DEFAULT 'PENDING'
    CHECK(state IN ('PENDING', 'CLEAN', 'FOUND', 'TOO_LARGE')),
  name TEXT COLLATE "C" CHECK((name IS NOT NULL) = (state = 'FOUND')),
  scanned_at_ms BIGINT CHECK((scanned_at_ms IS NULL) = (state = 'PENDING')),
  not_before_ms BIGINT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY(submission, sha256)
);
INSERT INTO scans(submission, sha256, size, state, name, scanned_at_ms, not_before_ms, attempts)
  SELECT f.submission, f.sha256, f.size,
    coalesce(o.state, 'PENDING'), o.name, CASE WHEN o.state <> 'PENDING' THEN 0 END,
    coalesce(o.not_before_ms, 0), coalesce(o.attempts, 0)
  FROM files f JOIN submissions s ON s.id = f.submission
  LEFT JOIN scans_of_courts o ON o.court = s.court AND o.sha256 = f.sha256
  WHERE f.path <> 'case.json' ON CONFLICT(submission, sha256) DO NOTHING;
DROP TABLE scans_of_courts;
CREATE INDEX scans_due ON scans(not_before_ms) WHERE state = 'PENDING';
CREATE INDEX scans_found ON scans(submission) WHERE state = 'FOUND';
CREATE INDEX scans_too_large ON scans(size) WHERE state = 'TOO_LARGE';
ALTER TABLE scans ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON scans USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM submissions s WHERE s.id = submission));
GRANT SELECT, INSERT, UPDATE, DELETE ON scans TO heyan_front;
)";

}  // namespace heyan::store
