// The tables of the report log. They stand in the signer's database, beside its own, so that one
// transaction can hold a leaf and what it is about.
#pragma once

#include <string_view>

namespace heyan::report_log {

// A migration for the layout of the database that the log is opened on, in SQLite.
//
// log_hashes: of complete subtrees; (level, idx) covers the entries from idx * 2^level. The root
// stands in the head, too, so that an edited hash shows at the next append.
inline constexpr std::string_view kTables = R"(
CREATE TABLE log_head(
  one INTEGER PRIMARY KEY CHECK(one = 1),
  epoch INTEGER NOT NULL,
  size INTEGER NOT NULL,
  root BLOB NOT NULL CHECK(length(root) = 32),
  checkpoint_size INTEGER NOT NULL DEFAULT 0,
  checkpoint TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE log_entries(
  idx INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE log_hashes(
  level INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK(length(hash) = 32),
  PRIMARY KEY(level, idx)
) STRICT, WITHOUT ROWID;
INSERT INTO log_head(one, epoch, size, root) VALUES(1, 0, 0,
  x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
)";

// The same in PostgreSQL.
inline constexpr std::string_view kSharedTables = R"(
CREATE TABLE log_head(
  one BIGINT PRIMARY KEY CHECK(one = 1),
  epoch BIGINT NOT NULL,
  size BIGINT NOT NULL,
  root BYTEA NOT NULL CHECK(length(root) = 32),
  checkpoint_size BIGINT NOT NULL DEFAULT 0,
  checkpoint TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE TABLE log_entries(
  idx BIGINT PRIMARY KEY,
  bytes BYTEA NOT NULL
);
CREATE TABLE log_hashes(
  level BIGINT NOT NULL,
  idx BIGINT NOT NULL,
  hash BYTEA NOT NULL CHECK(length(hash) = 32),
  PRIMARY KEY(level, idx)
);
INSERT INTO log_head(one, epoch, size, root) VALUES(1, 0, 0,
  '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
)";

// For a file of SQLite that holds a large log: the inner pages of ten million leaves, and of their
// hashes, are 15 MB.
inline constexpr const char* kPages = "PRAGMA cache_size=-16384";

}  // namespace heyan::report_log
