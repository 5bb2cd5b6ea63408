#include "gateway/store/schema.h"

#include <array>

#include "gateway/store/schema_of_decisions.h"
#include "gateway/store/schema_of_deliveries.h"
#include "gateway/store/schema_of_lists.h"
#include "gateway/store/schema_of_scans.h"

namespace heyan::store {
namespace {

// The state of a submission is that of its last job; what is written once stands nowhere else.
// A job's `turn` is the fair queue's: see Writing::next_turn.
constexpr std::string_view kTables = R"(
CREATE TABLE submissions(
  id TEXT PRIMARY KEY,
  court TEXT NOT NULL,
  account TEXT NOT NULL,
  received_at_ms INTEGER NOT NULL,
  intake_index INTEGER NOT NULL,
  receipt BLOB NOT NULL,
  session BLOB NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX submissions_of_court ON submissions(court, received_at_ms, id);
CREATE INDEX submissions_of_account ON submissions(court, account, received_at_ms, id);

CREATE TABLE files(
  submission TEXT NOT NULL REFERENCES submissions(id),
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 BLOB NOT NULL CHECK(length(sha256) = 32),
  PRIMARY KEY(submission, position),
  UNIQUE(submission, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency(
  court TEXT NOT NULL,
  account TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  submission TEXT NOT NULL REFERENCES submissions(id),
  used_at_ms INTEGER NOT NULL,
  PRIMARY KEY(court, account, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency(used_at_ms);

CREATE TABLE jobs(
  sequence INTEGER PRIMARY KEY,
  submission TEXT NOT NULL REFERENCES submissions(id),
  version INTEGER NOT NULL,
  court TEXT NOT NULL,
  account TEXT NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('QUEUED', 'VERIFYING', 'DONE', 'REJECTED')),
  attempts INTEGER NOT NULL DEFAULT 0,
  turn INTEGER NOT NULL,
  queued_at_ms INTEGER NOT NULL,
  not_before_ms INTEGER NOT NULL DEFAULT 0,
  supersedes TEXT REFERENCES reports(number),
  refusal TEXT,
  UNIQUE(submission, version)
) STRICT;
CREATE INDEX jobs_waiting ON jobs(turn, sequence) WHERE state = 'QUEUED';
CREATE INDEX jobs_of_account ON jobs(court, account, turn) WHERE state = 'QUEUED';
CREATE INDEX jobs_open ON jobs(queued_at_ms) WHERE state IN ('QUEUED', 'VERIFYING');

CREATE TABLE reports(
  number TEXT PRIMARY KEY,
  submission TEXT NOT NULL REFERENCES submissions(id),
  version INTEGER NOT NULL,
  issued_at_ms INTEGER NOT NULL,
  record_sha256 BLOB NOT NULL CHECK(length(record_sha256) = 32),
  verdict TEXT NOT NULL,
  supersedes TEXT REFERENCES reports(number),
  superseded_by TEXT REFERENCES reports(number),
  withdrawn_at_ms INTEGER,
  withdrawal_reason TEXT,
  envelope BLOB NOT NULL,
  UNIQUE(submission, version)
) STRICT;
)";

// A submission whose files follow its case: nothing of it is acknowledged but the bytes below each
// offset. It is kept for a while after it was accepted, so that its client can learn that it was.
constexpr std::string_view kReceiving = R"(
CREATE TABLE receiving(
  id TEXT PRIMARY KEY,
  court TEXT NOT NULL,
  account TEXT NOT NULL,
  session BLOB NOT NULL,
  key TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  accepted INTEGER NOT NULL DEFAULT 0,
  UNIQUE(court, account, key)
) STRICT;
CREATE INDEX receiving_by_age ON receiving(expires_at_ms);

CREATE TABLE awaited(
  submission TEXT NOT NULL REFERENCES receiving(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  upload TEXT UNIQUE,
  size INTEGER NOT NULL DEFAULT 0,
  offset INTEGER NOT NULL DEFAULT 0,
  expected BLOB CHECK(length(expected) = 32),
  sha256 BLOB CHECK(length(sha256) = 32),
  PRIMARY KEY(submission, position),
  UNIQUE(submission, path)
) STRICT, WITHOUT ROWID;
)";

// Where a court's contents stand: of each submission the items of its last report. A content is a
// tag under the court's key (service/content_index.h), so that who steals the database cannot ask
// this table about a file. `place` is the item's among those of its report that were measured.
constexpr std::string_view kContents = R"(
CREATE TABLE contents(
  court TEXT NOT NULL,
  tag BLOB NOT NULL CHECK(length(tag) = 32),
  issued_at_ms INTEGER NOT NULL,
  submission TEXT NOT NULL REFERENCES submissions(id),
  place INTEGER NOT NULL,
  item TEXT NOT NULL,
  report TEXT NOT NULL REFERENCES reports(number) ON DELETE CASCADE,
  case_number TEXT NOT NULL,
  PRIMARY KEY(court, tag, issued_at_ms, submission, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX contents_of_submission ON contents(submission);
CREATE INDEX contents_of_report ON contents(report);

CREATE TABLE contents_key(
  one INTEGER PRIMARY KEY CHECK(one = 1),
  name BLOB NOT NULL CHECK(length(name) = 32),
  since_ms INTEGER NOT NULL
) STRICT;
)";

// What court systems are to be told: written with what it tells of, and kept until it was told or
// given up.
constexpr std::string_view kDeliveries = R"(
CREATE TABLE deliveries(
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  submission TEXT NOT NULL REFERENCES submissions(id),
  content_type TEXT NOT NULL,
  body BLOB NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('PENDING', 'DELIVERED', 'GIVEN_UP')),
  created_at_ms INTEGER NOT NULL,
  not_before_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX deliveries_due ON deliveries(not_before_ms, created_at_ms) WHERE state = 'PENDING';
CREATE INDEX deliveries_of_account ON deliveries(account) WHERE state = 'PENDING';
CREATE INDEX deliveries_told ON deliveries(created_at_ms) WHERE state <> 'PENDING';
)";

// What filings named under a key of their adapter's, to answer later questions of the same court.
constexpr std::string_view kKnown = R"(
CREATE TABLE known(
  court TEXT NOT NULL,
  adapter TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  submission TEXT NOT NULL REFERENCES submissions(id),
  issued_at_ms INTEGER NOT NULL,
  PRIMARY KEY(court, adapter, name, value, submission)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_of_submission ON known(submission);
)";

// What filings say of themselves, for lists and searches within a court; declared. `tag`: of a
// record's id or a fingerprint under the court's key, as of contents. `outcomes`: how many items of
// a report have which verdict.
constexpr std::string_view kFilings = R"(
CREATE TABLE filings(
  submission TEXT PRIMARY KEY,
  court TEXT NOT NULL,
  case_number TEXT NOT NULL,
  submitter TEXT NOT NULL,
  items INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX filings_of_case ON filings(court, case_number);

CREATE TABLE filed_parties(
  submission TEXT NOT NULL REFERENCES filings(submission) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  role TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY(submission, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE filed_items(
  submission TEXT NOT NULL REFERENCES filings(submission) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  item TEXT NOT NULL,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  PRIMARY KEY(submission, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE found_by(
  tag BLOB NOT NULL CHECK(length(tag) = 32),
  submission TEXT NOT NULL REFERENCES filings(submission) ON DELETE CASCADE,
  PRIMARY KEY(tag, submission)
) STRICT, WITHOUT ROWID;
CREATE INDEX found_by_submission ON found_by(submission);

CREATE TABLE outcomes(
  report TEXT NOT NULL REFERENCES reports(number) ON DELETE CASCADE,
  verdict TEXT NOT NULL,
  items INTEGER NOT NULL,
  PRIMARY KEY(report, verdict)
) STRICT, WITHOUT ROWID;
CREATE INDEX submissions_of_person ON submissions(account, received_at_ms, id);
)";

// What people add to a submission: a clerk's request to its account, and a judge's own notes, which
// nobody else reads.
constexpr std::string_view kNotes = R"(
CREATE TABLE supplements(
  id TEXT PRIMARY KEY,
  submission TEXT NOT NULL REFERENCES submissions(id),
  account TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  until_ms INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX supplements_of_submission ON supplements(submission, created_at_ms, id);

CREATE TABLE supplement_items(
  supplement TEXT NOT NULL REFERENCES supplements(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  item TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY(supplement, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE annotations(
  account TEXT NOT NULL,
  submission TEXT NOT NULL REFERENCES submissions(id),
  item TEXT NOT NULL,
  text TEXT NOT NULL,
  written_at_ms INTEGER NOT NULL,
  PRIMARY KEY(account, submission, item)
) STRICT, WITHOUT ROWID;
)";

// Time stamps over the signatures of reports: asked for until they are there. Of reports from
// before there were any nothing stands here.
constexpr std::string_view kStamps = R"(
CREATE TABLE stamps(
  report TEXT PRIMARY KEY REFERENCES reports(number) ON DELETE CASCADE,
  not_before_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  token BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX stamps_due ON stamps(not_before_ms) WHERE token IS NULL;
)";

// What every ledger showed (security decision 22): never forgotten. `report` is the first in which
// it was seen: its case record holds the signed view. `contested`: another hash was seen at the
// same height.
constexpr std::string_view kCheckpoints = R"(
CREATE TABLE checkpoints(
  ledger TEXT NOT NULL,
  height INTEGER NOT NULL CHECK(height >= 0),
  hash BLOB NOT NULL CHECK(length(hash) BETWEEN 1 AND 64),
  seen_at_ms INTEGER NOT NULL,
  report TEXT NOT NULL,
  contested INTEGER NOT NULL DEFAULT 0 CHECK(contested IN (0, 1)),
  PRIMARY KEY(ledger, height, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX checkpoints_contested ON checkpoints(ledger, height) WHERE contested = 1;
)";

// Of what was filed before there were any it stays empty.
constexpr std::string_view kPages = R"(
ALTER TABLE filed_items ADD COLUMN pages INTEGER;
)";

// The same, and of logs, which have several trees; also what some institution signed and no quorum,
// which is compared with nothing. `conflict`, of all that stand at one place: 2 where a quorum
// signed several, 1 where it signed one and there are others, else 0. And since when a ledger is
// watched: whether or not a case was about it.
constexpr std::string_view kLedgerBlocks = R"(
CREATE TABLE ledger_blocks(
  ledger TEXT NOT NULL,
  origin TEXT NOT NULL,
  height INTEGER NOT NULL CHECK(height >= 0),
  hash BLOB NOT NULL CHECK(length(hash) BETWEEN 1 AND 64),
  seen_at_ms INTEGER NOT NULL,
  report TEXT NOT NULL,
  quorum INTEGER NOT NULL CHECK(quorum IN (0, 1)),
  conflict INTEGER NOT NULL DEFAULT 0 CHECK(conflict IN (0, 1, 2)),
  PRIMARY KEY(ledger, origin, height, hash)
) STRICT, WITHOUT ROWID;
INSERT INTO ledger_blocks(ledger, origin, height, hash, seen_at_ms, report, quorum, conflict)
  SELECT ledger, '', height, hash, seen_at_ms, report, 1, contested * 2 FROM checkpoints;
DROP TABLE checkpoints;
CREATE INDEX ledger_blocks_in_conflict ON ledger_blocks(conflict, ledger, origin, height)
  WHERE conflict > 0;

CREATE TABLE watched(
  ledger TEXT PRIMARY KEY,
  since_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)";

// Which program verifies it: Writing::take_up_again.
constexpr std::string_view kOwners = R"(
ALTER TABLE jobs ADD COLUMN owner INTEGER;
)";

// What a malware scanner said of a court's files, each by one submission that holds it: asked for
// until it is there, where the configuration names a scanner. What was filed before is looked at as
// well.
constexpr std::string_view kScans = R"(
CREATE TABLE scans(
  court TEXT NOT NULL,
  sha256 BLOB NOT NULL CHECK(length(sha256) = 32),
  size INTEGER NOT NULL,
  submission TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'PENDING'
    CHECK(state IN ('PENDING', 'CLEAN', 'FOUND', 'TOO_LARGE')),
  name TEXT CHECK((name IS NOT NULL) = (state = 'FOUND')),
  scanned_at_ms INTEGER CHECK((scanned_at_ms IS NULL) = (state = 'PENDING')),
  not_before_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(court, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX scans_due ON scans(not_before_ms) WHERE state = 'PENDING';
CREATE INDEX scans_found ON scans(court) WHERE state = 'FOUND';
CREATE INDEX scans_too_large ON scans(size) WHERE state = 'TOO_LARGE';
INSERT INTO scans(court, sha256, size, submission, not_before_ms)
  SELECT s.court, f.sha256, f.size, s.id, 0 FROM files f JOIN submissions s ON s.id = f.submission
  WHERE f.path <> 'case.json' ON CONFLICT(court, sha256) DO NOTHING;
)";

// What tus clients are given back with the state of an upload, and whether it is a proof, of which
// no more is taken than is judged by. Before: none, and 0.
constexpr std::string_view kUploads = R"(
ALTER TABLE awaited ADD COLUMN metadata TEXT;
ALTER TABLE awaited ADD COLUMN proof INTEGER NOT NULL DEFAULT 0 CHECK(proof IN (0, 1));
)";

constexpr std::array kMigrations = {
    kTables,       kReceiving,     kContents,     kDeliveries,         kKnown,
    kFilings,      kNotes,         kStamps,       kCheckpoints,        kPages,
    kLedgerBlocks, kOwners,        kScans,        kAssignments,        kDeletions,
    kListed,       kOpenDeletions, kSeveralHolds, kScansOfSubmissions, kTurns,
    kUploads};

}  // namespace

sql::Layout layout() {
  return {.application_id = 0x48595374, .migrations = kMigrations};  // "HYSt"
}

}  // namespace heyan::store
