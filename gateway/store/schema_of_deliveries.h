// What is added to the table of what court systems are told, of SQLite and of a PostgreSQL server.
// Parts of the layouts of schema.h.
#pragma once

#include <string_view>

namespace heyan::store {

// Each account has its turn, so what is due is found by account; and what is given up has failed
// for days: since when, unless nobody was asked in vain.
inline constexpr std::string_view kTurns = R"(
ALTER TABLE deliveries ADD COLUMN failing_since_ms INTEGER;
DROP INDEX deliveries_due;
DROP INDEX deliveries_of_account;
CREATE INDEX deliveries_due ON deliveries(account, not_before_ms, created_at_ms)
  WHERE state = 'PENDING';
)";

inline constexpr std::string_view kSharedTurns = R"(
ALTER TABLE deliveries ADD COLUMN failing_since_ms BIGINT;
DROP INDEX deliveries_due;
DROP INDEX deliveries_of_account;
CREATE INDEX deliveries_due ON deliveries(account, not_before_ms, created_at_ms)
  WHERE state = 'PENDING';
)";

}  // namespace heyan::store
