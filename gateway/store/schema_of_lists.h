// What lists of submissions are read from, as a table of SQLite and, with the policy of its rows,
// of a PostgreSQL server. Parts of the layouts of schema.h.
#pragma once

#include <string_view>

namespace heyan::store {

// A line for each submission that was accepted, as it lies in its court's list: so a list is read
// along the table, and what is left out of it costs no look elsewhere. `state`: of the last job,
// where what is not ended is OPEN. `verdicts`: that of the last report and those of its items, each
// between spaces. `sought`: case number and parties' names, a line each, ASCII letters small; empty
// once it was deleted. Kept by Writing::list and list_again.
inline constexpr std::string_view kListed = R"(
CREATE TABLE listed(
  court TEXT NOT NULL,
  received_at_ms INTEGER NOT NULL,
  submission TEXT NOT NULL REFERENCES submissions(id),
  state TEXT NOT NULL CHECK(state IN ('OPEN', 'DONE', 'REJECTED')),
  attention INTEGER NOT NULL CHECK(attention IN (0, 1)),
  verdicts TEXT NOT NULL,
  sought TEXT NOT NULL,
  PRIMARY KEY(court, received_at_ms, submission)
) STRICT, WITHOUT ROWID;
INSERT INTO listed(court, received_at_ms, submission, state, attention, verdicts, sought)
  SELECT s.court, s.received_at_ms, s.id,
    CASE WHEN j.state IN ('DONE', 'REJECTED') THEN j.state ELSE 'OPEN' END,
    j.state = 'REJECTED' OR coalesce(r.verdict, 'ALL_CONSISTENT') <> 'ALL_CONSISTENT',
    coalesce(' ' || r.verdict || ' ' || (SELECT coalesce(group_concat(o.verdict || ' ', ''), '')
      FROM outcomes o WHERE o.report = r.number), ''),
    lower(coalesce(f.case_number || char(10), '') || coalesce((SELECT group_concat(p.name, char(10))
      FROM filed_parties p WHERE p.submission = s.id), ''))
  FROM submissions s JOIN jobs j ON j.submission = s.id AND j.version = s.version
  LEFT JOIN reports r ON r.submission = s.id AND r.superseded_by IS NULL
  LEFT JOIN filings f ON f.submission = s.id
  ORDER BY s.court, s.received_at_ms, s.id;
CREATE INDEX listed_by_attention ON listed(court, attention, received_at_ms, submission);
)";

inline constexpr std::string_view kSharedListed = R"(
CREATE TABLE listed(
  court TEXT COLLATE "C" NOT NULL,
  received_at_ms BIGINT NOT NULL,
  submission TEXT COLLATE "C" NOT NULL REFERENCES submissions(id),
  state TEXT COLLATE "C" NOT NULL CHECK(state IN ('OPEN', 'DONE', 'REJECTED')),
  attention BIGINT NOT NULL CHECK(attention IN (0, 1)),
  verdicts TEXT COLLATE "C" NOT NULL,
  sought TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY(court, received_at_ms, submission)
);
INSERT INTO listed(court, received_at_ms, submission, state, attention, verdicts, sought)
  SELECT s.court, s.received_at_ms, s.id,
    CASE WHEN j.state IN ('DONE', 'REJECTED') THEN j.state ELSE 'OPEN' END,
    CASE WHEN j.state = 'REJECTED' OR coalesce(r.verdict, 'ALL_CONSISTENT') <> 'ALL_CONSISTENT'
      THEN 1 ELSE 0 END,
    coalesce(' ' || r.verdict || ' ' || (SELECT coalesce(string_agg(o.verdict || ' ', ''), '')
      FROM outcomes o WHERE o.report = r.number), ''),
    lower(coalesce(f.case_number || chr(10), '') || coalesce((SELECT string_agg(p.name, chr(10))
      FROM filed_parties p WHERE p.submission = s.id), '') COLLATE "C")
  FROM submissions s JOIN jobs j ON j.submission = s.id AND j.version = s.version
  LEFT JOIN reports r ON r.submission = s.id AND r.superseded_by IS NULL
  LEFT JOIN filings f ON f.submission = s.id;
CREATE INDEX listed_by_attention ON listed(court, attention, received_at_ms, submission);
ALTER TABLE listed ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_court ON listed USING (seen_as('heyan.whole', 'yes')
  OR seen_as('heyan.court', court) OR EXISTS (SELECT 1 FROM submissions s WHERE s.id = submission));
GRANT SELECT, INSERT, UPDATE, DELETE ON listed TO heyan_front;
)";

}  // namespace heyan::store
