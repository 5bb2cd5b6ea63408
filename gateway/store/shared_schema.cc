#include <array>

#include "gateway/store/schema.h"
#include "gateway/store/schema_of_decisions.h"
#include "gateway/store/schema_of_deliveries.h"
#include "gateway/store/schema_of_lists.h"
#include "gateway/store/schema_of_scans.h"

namespace heyan::store {
namespace {

// What schema.cc has come to, as PostgreSQL says it; a test compares the two. Texts compare byte by
// byte, as in SQLite. Its later migrations have each one here.
constexpr std::string_view kTables = R"(
CREATE TABLE submissions(
  id TEXT COLLATE "C" PRIMARY KEY,
  court TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  received_at_ms BIGINT NOT NULL,
  intake_index BIGINT NOT NULL,
  receipt BYTEA NOT NULL,
  session BYTEA NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX submissions_of_court ON submissions(court, received_at_ms, id);
CREATE INDEX submissions_of_account ON submissions(court, account, received_at_ms, id);
CREATE INDEX submissions_of_person ON submissions(account, received_at_ms, id);

CREATE TABLE files(
  submission TEXT COLLATE "C" NOT NULL REFERENCES submissions(id),
  position BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  size BIGINT NOT NULL,
  sha256 BYTEA NOT NULL CHECK(length(sha256) = 32),
  PRIMARY KEY(submission, position),
  UNIQUE(submission, path)
);

CREATE TABLE idempotency(
  court TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  fingerprint BYTEA NOT NULL,
  submission TEXT COLLATE "C" NOT NULL REFERENCES submissions(id),
  used_at_ms BIGINT NOT NULL,
  PRIMARY KEY(court, account, key)
);
CREATE INDEX idempotency_by_age ON idempotency(used_at_ms);

CREATE TABLE reports(
  number TEXT COLLATE "C" PRIMARY KEY,
  submission TEXT COLLATE "C" NOT NULL REFERENCES submissions(id),
  version BIGINT NOT NULL,
  issued_at_ms BIGINT NOT NULL,
  record_sha256 BYTEA NOT NULL CHECK(length(record_sha256) = 32),
  verdict TEXT COLLATE "C" NOT NULL,
  supersedes TEXT COLLATE "C" REFERENCES reports(number),
  superseded_by TEXT COLLATE "C" REFERENCES reports(number),
  withdrawn_at_ms BIGINT,
  withdrawal_reason TEXT COLLATE "C",
  envelope BYTEA NOT NULL,
  UNIQUE(submission, version)
);

CREATE TABLE jobs(
  sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  submission TEXT COLLATE "C" NOT NULL REFERENCES submissions(id),
  version BIGINT NOT NULL,
  court TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL CHECK(state IN ('QUEUED', 'VERIFYING', 'DONE', 'REJECTED')),
  attempts BIGINT NOT NULL DEFAULT 0,
  turn BIGINT NOT NULL,
  queued_at_ms BIGINT NOT NULL,
  not_before_ms BIGINT NOT NULL DEFAULT 0,
  supersedes TEXT COLLATE "C" REFERENCES reports(number),
  refusal TEXT COLLATE "C",
  owner BIGINT,
  UNIQUE(submission, version)
);
CREATE INDEX jobs_waiting ON jobs(turn, sequence) WHERE state = 'QUEUED';
CREATE INDEX jobs_of_account ON jobs(court, account, turn) WHERE state = 'QUEUED';
CREATE INDEX jobs_open ON jobs(queued_at_ms) WHERE state IN ('QUEUED', 'VERIFYING');
CREATE INDEX jobs_claimed ON jobs(owner) WHERE state = 'VERIFYING';
CREATE INDEX jobs_served ON jobs(turn) WHERE state <> 'QUEUED';

CREATE TABLE receiving(
  id TEXT COLLATE "C" PRIMARY KEY,
  court TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  session BYTEA NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  fingerprint BYTEA NOT NULL,
  created_at_ms BIGINT NOT NULL,
  expires_at_ms BIGINT NOT NULL,
  accepted BIGINT NOT NULL DEFAULT 0,
  UNIQUE(court, account, key)
);
CREATE INDEX receiving_by_age ON receiving(expires_at_ms);

CREATE TABLE awaited(
  submission TEXT COLLATE "C" NOT NULL REFERENCES receiving(id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  upload TEXT COLLATE "C" UNIQUE,
  size BIGINT NOT NULL DEFAULT 0,
  "offset" BIGINT NOT NULL DEFAULT 0,
  expected BYTEA CHECK(length(expected) = 32),
  sha256 BYTEA CHECK(length(sha256) = 32),
  PRIMARY KEY(submission, position),
  UNIQUE(submission, path)
);

CREATE TABLE contents(
  court TEXT COLLATE "C" NOT NULL,
  tag BYTEA NOT NULL CHECK(length(tag) = 32),
  issued_at_ms BIGINT NOT NULL,
  submission TEXT COLLATE "C" NOT NULL REFERENCES submissions(id),
  place BIGINT NOT NULL,
  item TEXT COLLATE "C" NOT NULL,
  report TEXT COLLATE "C" NOT NULL REFERENCES reports(number) ON DELETE CASCADE,
  case_number TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY(court, tag, issued_at_ms, submission, place)
);
CREATE INDEX contents_of_submission ON contents(submission);
CREATE INDEX contents_of_report ON contents(report);

CREATE TABLE contents_key(
  one BIGINT PRIMARY KEY CHECK(one = 1),
  name BYTEA NOT NULL CHECK(length(name) = 32),
  since_ms BIGINT NOT NULL
);

CREATE TABLE deliveries(
  id TEXT COLLATE "C" PRIMARY KEY,
  account TEXT COLLATE "C" NOT NULL,
  submission TEXT COLLATE "C" NOT NULL REFERENCES submissions(id),
  content_type TEXT COLLATE "C" NOT NULL,
  body BYTEA NOT NULL,
  state TEXT COLLATE "C" NOT NULL CHECK(state IN ('PENDING', 'DELIVERED', 'GIVEN_UP')),
  created_at_ms BIGINT NOT NULL,
  not_before_ms BIGINT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX deliveries_due ON deliveries(not_before_ms, created_at_ms) WHERE state = 'PENDING';
CREATE INDEX deliveries_of_account ON deliveries(account) WHERE state = 'PENDING';
CREATE INDEX deliveries_told ON deliveries(created_at_ms) WHERE state <> 'PENDING';

CREATE TABLE known(
  court TEXT COLLATE "C" NOT NULL,
  adapter TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C" NOT NULL,
  submission TEXT COLLATE "C" NOT NULL REFERENCES submissions(id),
  issued_at_ms BIGINT NOT NULL,
  PRIMARY KEY(court, adapter, name, value, submission)
);
CREATE INDEX known_of_submission ON known(submission);

CREATE TABLE filings(
  submission TEXT COLLATE "C" PRIMARY KEY,
  court TEXT COLLATE "C" NOT NULL,
  case_number TEXT COLLATE "C" NOT NULL,
  submitter TEXT COLLATE "C" NOT NULL,
  items BIGINT NOT NULL
);
CREATE INDEX filings_of_case ON filings(court, case_number);

CREATE TABLE filed_parties(
  submission TEXT COLLATE "C" NOT NULL REFERENCES filings(submission) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  role TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY(submission, position)
);

CREATE TABLE filed_items(
  submission TEXT COLLATE "C" NOT NULL REFERENCES filings(submission) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  item TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  pages BIGINT,
  PRIMARY KEY(submission, position)
);

CREATE TABLE found_by(
  tag BYTEA NOT NULL CHECK(length(tag) = 32),
  submission TEXT COLLATE "C" NOT NULL REFERENCES filings(submission) ON DELETE CASCADE,
  PRIMARY KEY(tag, submission)
);
CREATE INDEX found_by_submission ON found_by(submission);

CREATE TABLE outcomes(
  report TEXT COLLATE "C" NOT NULL REFERENCES reports(number) ON DELETE CASCADE,
  verdict TEXT COLLATE "C" NOT NULL,
  items BIGINT NOT NULL,
  PRIMARY KEY(report, verdict)
);

CREATE TABLE supplements(
  id TEXT COLLATE "C" PRIMARY KEY,
  submission TEXT COLLATE "C" NOT NULL REFERENCES submissions(id),
  account TEXT COLLATE "C" NOT NULL,
  created_at_ms BIGINT NOT NULL,
  until_ms BIGINT NOT NULL,
  text TEXT COLLATE "C" NOT NULL
);
CREATE INDEX supplements_of_submission ON supplements(submission, created_at_ms, id);

CREATE TABLE supplement_items(
  supplement TEXT COLLATE "C" NOT NULL REFERENCES supplements(id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  item TEXT COLLATE "C" NOT NULL,
  code TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY(supplement, position)
);

CREATE TABLE annotations(
  account TEXT COLLATE "C" NOT NULL,
  submission TEXT COLLATE "C" NOT NULL REFERENCES submissions(id),
  item TEXT COLLATE "C" NOT NULL,
  text TEXT COLLATE "C" NOT NULL,
  written_at_ms BIGINT NOT NULL,
  PRIMARY KEY(account, submission, item)
);

CREATE TABLE stamps(
  report TEXT COLLATE "C" PRIMARY KEY REFERENCES reports(number) ON DELETE CASCADE,
  not_before_ms BIGINT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  token BYTEA
);
CREATE INDEX stamps_due ON stamps(not_before_ms) WHERE token IS NULL;

CREATE TABLE ledger_blocks(
  ledger TEXT COLLATE "C" NOT NULL,
  origin TEXT COLLATE "C" NOT NULL,
  height BIGINT NOT NULL CHECK(height >= 0),
  hash BYTEA NOT NULL CHECK(length(hash) BETWEEN 1 AND 64),
  seen_at_ms BIGINT NOT NULL,
  report TEXT COLLATE "C" NOT NULL,
  quorum BIGINT NOT NULL CHECK(quorum IN (0, 1)),
  conflict BIGINT NOT NULL DEFAULT 0 CHECK(conflict IN (0, 1, 2)),
  PRIMARY KEY(ledger, origin, height, hash)
);
CREATE INDEX ledger_blocks_in_conflict ON ledger_blocks(conflict, ledger, origin, height)
  WHERE conflict > 0;

CREATE TABLE watched(
  ledger TEXT COLLATE "C" PRIMARY KEY,
  since_ms BIGINT NOT NULL
);

CREATE TABLE scans(
  court TEXT COLLATE "C" NOT NULL,
  sha256 BYTEA NOT NULL CHECK(length(sha256) = 32),
  size BIGINT NOT NULL,
  submission TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL DEFAULT 'PENDING'
    CHECK(state IN ('PENDING', 'CLEAN', 'FOUND', 'TOO_LARGE')),
  name TEXT COLLATE "C" CHECK((name IS NOT NULL) = (state = 'FOUND')),
  scanned_at_ms BIGINT CHECK((scanned_at_ms IS NULL) = (state = 'PENDING')),
  not_before_ms BIGINT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY(court, sha256)
);
CREATE INDEX scans_due ON scans(not_before_ms) WHERE state = 'PENDING';
CREATE INDEX scans_found ON scans(court) WHERE state = 'FOUND';
CREATE INDEX scans_too_large ON scans(size) WHERE state = 'TOO_LARGE';
)";

// What SQLite has, and PostgreSQL under another name.
constexpr std::string_view kFunctions = R"(
CREATE FUNCTION instr(whole TEXT, part TEXT) RETURNS INTEGER
  LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN strpos(whole, part);
CREATE FUNCTION instr(whole BYTEA, part BYTEA) RETURNS INTEGER
  LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN position(part IN whole);
)";

// Security decision 25. A transaction sees what is of the court that it names (Store::read), or of
// the account of a person, who may file with several; what the program does for itself sees all.
// Who names none sees nothing. What has no court of its own goes by what it belongs to. Without:
// what ledgers showed, which is the same for every court, and the name of a key.
constexpr std::string_view kPolicies = R"(
CREATE FUNCTION seen_as(setting TEXT, value TEXT) RETURNS BOOLEAN
  LANGUAGE sql STABLE PARALLEL SAFE RETURN coalesce(current_setting(setting, true) = value, false);

ALTER TABLE submissions ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON submissions USING (seen_as('heyan.whole', 'yes')
  OR seen_as('heyan.court', court) OR seen_as('heyan.account', account));
ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON idempotency USING (seen_as('heyan.whole', 'yes')
  OR seen_as('heyan.court', court) OR seen_as('heyan.account', account));
ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON jobs USING (seen_as('heyan.whole', 'yes')
  OR seen_as('heyan.court', court) OR seen_as('heyan.account', account));
ALTER TABLE receiving ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON receiving USING (seen_as('heyan.whole', 'yes')
  OR seen_as('heyan.court', court) OR seen_as('heyan.account', account));
ALTER TABLE contents ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON contents USING (seen_as('heyan.whole', 'yes')
  OR seen_as('heyan.court', court));
ALTER TABLE known ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON known USING (seen_as('heyan.whole', 'yes')
  OR seen_as('heyan.court', court));
ALTER TABLE scans ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON scans USING (seen_as('heyan.whole', 'yes')
  OR seen_as('heyan.court', court));

ALTER TABLE files ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON files USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM submissions s WHERE s.id = submission));
ALTER TABLE reports ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON reports USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM submissions s WHERE s.id = submission));
ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON deliveries USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM submissions s WHERE s.id = submission));
ALTER TABLE supplements ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON supplements USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM submissions s WHERE s.id = submission));
ALTER TABLE annotations ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON annotations USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM submissions s WHERE s.id = submission));
ALTER TABLE awaited ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON awaited USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM receiving w WHERE w.id = submission));
ALTER TABLE filings ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON filings USING (seen_as('heyan.whole', 'yes')
  OR seen_as('heyan.court', court)
  OR EXISTS (SELECT 1 FROM submissions s WHERE s.id = submission)
  OR EXISTS (SELECT 1 FROM receiving w WHERE w.id = submission));

ALTER TABLE filed_parties ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON filed_parties USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM filings f WHERE f.submission = filed_parties.submission));
ALTER TABLE filed_items ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON filed_items USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM filings f WHERE f.submission = filed_items.submission));
ALTER TABLE found_by ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON found_by USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM filings f WHERE f.submission = found_by.submission));
ALTER TABLE outcomes ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON outcomes USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM reports r WHERE r.number = report));
ALTER TABLE stamps ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON stamps USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM reports r WHERE r.number = report));
ALTER TABLE supplement_items ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON supplement_items USING (seen_as('heyan.whole', 'yes')
  OR EXISTS (SELECT 1 FROM supplements p WHERE p.id = supplement));

GRANT USAGE ON SCHEMA heyan TO heyan_front;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA heyan TO heyan_front;
REVOKE INSERT, UPDATE, DELETE ON layout FROM heyan_front;
)";

constexpr std::string_view kSharedUploads = R"(
ALTER TABLE awaited ADD COLUMN metadata TEXT COLLATE "C";
ALTER TABLE awaited ADD COLUMN proof BIGINT NOT NULL DEFAULT 0 CHECK(proof IN (0, 1));
)";

// Only so that a front refuses to start before what heyan_public may do (public_front.cc) was
// granted anew: each change of that has one.
constexpr std::string_view kGrants2 = "SELECT 'what heyan_public may do, 2'";

constexpr std::array kMigrations = {kTables,
                                    kFunctions,
                                    kPolicies,
                                    kSharedAssignments,
                                    kSharedDeletions,
                                    kSharedListed,
                                    kSharedOpenDeletions,
                                    kSharedSeveralHolds,
                                    kSharedScansOfSubmissions,
                                    kSharedTurns,
                                    kSharedUploads,
                                    kGrants2};

}  // namespace

sql::Layout shared_layout() {
  return {.application_id = 0x48595374, .migrations = kMigrations};  // "HYSt"
}

}  // namespace heyan::store
