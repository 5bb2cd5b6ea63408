// What a court decided about submissions, as tables: of SQLite and, with the policies of its rows,
// of a PostgreSQL server. Parts of the layouts of schema.h.
#pragma once

#include <string_view>

namespace heyan::store {

// Which judges a submission is for; and what a judge opened without that, for how long and why.
inline constexpr std::string_view kAssignments = R"(
CREATE TABLE assignments(
  submission TEXT NOT NULL REFERENCES submissions(id),
  judge TEXT NOT NULL,
  assigned_by TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY(submission, judge)
) STRICT, WITHOUT ROWID;
CREATE INDEX assignments_of_judge ON assignments(judge, submission);

CREATE TABLE accesses(
  id TEXT PRIMARY KEY,
  submission TEXT NOT NULL REFERENCES submissions(id),
  court TEXT NOT NULL,
  judge TEXT NOT NULL,
  reason TEXT NOT NULL,
  since_ms INTEGER NOT NULL,
  until_ms INTEGER NOT NULL CHECK(until_ms > since_ms)
) STRICT, WITHOUT ROWID;
CREATE INDEX accesses_of_submission ON accesses(submission, since_ms, id);
CREATE INDEX accesses_of_judge ON accesses(judge, until_ms, submission);
CREATE INDEX accesses_of_court ON accesses(court, since_ms, id);
CREATE INDEX accesses_by_time ON accesses(since_ms, id);
)";

inline constexpr std::string_view kSharedAssignments = R"(
CREATE TABLE assignments(
  submission TEXT COLLATE "C" NOT NULL REFERENCES submissions(id),
  judge TEXT COLLATE "C" NOT NULL,
  assigned_by TEXT COLLATE "C" NOT NULL,
  at_ms BIGINT NOT NULL,
  PRIMARY KEY(submission, judge)
);
CREATE INDEX assignments_of_judge ON assignments(judge, submission);

CREATE TABLE accesses(
  id TEXT COLLATE "C" PRIMARY KEY,
  submission TEXT COLLATE "C" NOT NULL REFERENCES submissions(id),
  court TEXT COLLATE "C" NOT NULL,
  judge TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  since_ms BIGINT NOT NULL,
  until_ms BIGINT NOT NULL CHECK(until_ms > since_ms)
);
CREATE INDEX accesses_of_submission ON accesses(submission, since_ms, id);
CREATE INDEX accesses_of_judge ON accesses(judge, until_ms, submission);
CREATE INDEX accesses_of_court ON accesses(court, since_ms, id);
CREATE INDEX accesses_by_time ON accesses(since_ms, id);

ALTER TABLE assignments ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON assignments USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM submissions s WHERE s.id = submission));
ALTER TABLE accesses ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON accesses USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM submissions s WHERE s.id = submission));

GRANT SELECT, INSERT, UPDATE, DELETE ON assignments TO heyan_front;
GRANT SELECT, INSERT ON accesses TO heyan_front;
)";

// What is to go, or is gone, and what may not go; and the case records of attempts that came to no
// report, which are in the vault, too.
inline constexpr std::string_view kDeletions = R"(
CREATE TABLE deletions(
  submission TEXT PRIMARY KEY REFERENCES submissions(id),
  id TEXT NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('ASKED', 'CONFIRMED', 'UNDER_WAY', 'DELETED')),
  reason TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  asked_at_ms INTEGER NOT NULL,
  confirmed_by TEXT CHECK((confirmed_by IS NULL) = (state = 'ASKED')),
  confirmed_at_ms INTEGER,
  due_at_ms INTEGER CHECK((due_at_ms IS NULL) = (state = 'ASKED')),
  deleted_at_ms INTEGER CHECK((deleted_at_ms IS NOT NULL) = (state = 'DELETED')),
  deletion_index INTEGER,
  CHECK(confirmed_by <> asked_by)
) STRICT, WITHOUT ROWID;
CREATE INDEX deletions_due ON deletions(due_at_ms) WHERE state IN ('CONFIRMED', 'UNDER_WAY');

CREATE TABLE holds(
  submission TEXT PRIMARY KEY REFERENCES submissions(id),
  reason TEXT NOT NULL,
  account TEXT NOT NULL,
  placed_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attempted_records(
  submission TEXT NOT NULL REFERENCES submissions(id),
  sha256 BLOB NOT NULL CHECK(length(sha256) = 32),
  PRIMARY KEY(submission, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX files_of_content ON files(sha256);
)";

inline constexpr std::string_view kSharedDeletions = R"(
CREATE TABLE deletions(
  submission TEXT COLLATE "C" PRIMARY KEY REFERENCES submissions(id),
  id TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL CHECK(state IN ('ASKED', 'CONFIRMED', 'UNDER_WAY', 'DELETED')),
  reason TEXT COLLATE "C" NOT NULL,
  asked_by TEXT COLLATE "C" NOT NULL,
  asked_at_ms BIGINT NOT NULL,
  confirmed_by TEXT COLLATE "C" CHECK((confirmed_by IS NULL) = (state = 'ASKED')),
  confirmed_at_ms BIGINT,
  due_at_ms BIGINT CHECK((due_at_ms IS NULL) = (state = 'ASKED')),
  deleted_at_ms BIGINT CHECK((deleted_at_ms IS NOT NULL) = (state = 'DELETED')),
  deletion_index BIGINT,
  CHECK(confirmed_by <> asked_by)
);
CREATE INDEX deletions_due ON deletions(due_at_ms) WHERE state IN ('CONFIRMED', 'UNDER_WAY');
CREATE TABLE holds(
  submission TEXT COLLATE "C" PRIMARY KEY REFERENCES submissions(id),
  reason TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  placed_at_ms BIGINT NOT NULL
);
CREATE TABLE attempted_records(
  submission TEXT COLLATE "C" NOT NULL REFERENCES submissions(id),
  sha256 BYTEA NOT NULL CHECK(length(sha256) = 32),
  PRIMARY KEY(submission, sha256)
);
CREATE INDEX files_of_content ON files(sha256);
ALTER TABLE deletions ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON deletions USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM submissions s WHERE s.id = submission));
ALTER TABLE holds ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON holds USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM submissions s WHERE s.id = submission));
ALTER TABLE attempted_records ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON attempted_records USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM submissions s WHERE s.id = submission));
GRANT SELECT, INSERT, UPDATE, DELETE ON deletions, holds, attempted_records TO heyan_front;
)";

// In which log a deletion's leaf is; and what is still to be done, without what was done in years.
inline constexpr std::string_view kOpenDeletions = R"(
ALTER TABLE deletions ADD COLUMN log TEXT NOT NULL DEFAULT '';
CREATE INDEX deletions_open ON deletions(state)
  WHERE state IN ('ASKED', 'CONFIRMED', 'UNDER_WAY');
)";

inline constexpr std::string_view kSharedOpenDeletions = R"(
ALTER TABLE deletions ADD COLUMN log TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX deletions_open ON deletions(state)
  WHERE state IN ('ASKED', 'CONFIRMED', 'UNDER_WAY');
)";

// Two proceedings hold one case, and each releases its own. That of before is named as its
// submission, and nothing else of it is.
inline constexpr std::string_view kSeveralHolds = R"(
CREATE TABLE several_holds(
  submission TEXT NOT NULL REFERENCES submissions(id),
  id TEXT NOT NULL,
  reason TEXT NOT NULL,
  account TEXT NOT NULL,
  placed_at_ms INTEGER NOT NULL,
  PRIMARY KEY(submission, id),
  UNIQUE(submission, account, reason)
) STRICT, WITHOUT ROWID;
INSERT INTO several_holds(submission, id, reason, account, placed_at_ms)
  SELECT submission, submission, reason, account, placed_at_ms FROM holds;
DROP TABLE holds;
ALTER TABLE several_holds RENAME TO holds;
)";

inline constexpr std::string_view kSharedSeveralHolds = R"(
CREATE TABLE several_holds(
  submission TEXT COLLATE "C" NOT NULL REFERENCES submissions(id),
  id TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  placed_at_ms BIGINT NOT NULL,
  PRIMARY KEY(submission, id),
  UNIQUE(submission, account, reason)
);
INSERT INTO several_holds(submission, id, reason, account, placed_at_ms)
  SELECT submission, submission, reason, account, placed_at_ms FROM holds;
DROP TABLE holds;
ALTER TABLE several_holds RENAME TO holds;
ALTER INDEX several_holds_pkey RENAME TO holds_pkey;
ALTER INDEX several_holds_submission_account_reason_key
  RENAME TO holds_submission_account_reason_key;
ALTER TABLE holds ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON holds USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM submissions s WHERE s.id = submission));
GRANT SELECT, INSERT, UPDATE, DELETE ON holds TO heyan_front;
)";

}  // namespace heyan::store
