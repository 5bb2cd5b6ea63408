// The tables of people.h and delays.h. Only for the sources of this folder, and for tests.
#pragma once

#include "gateway/sql/database.h"

namespace heyan::accounts {

// In SQLite.
sql::Layout layout();
// The same tables in PostgreSQL, where several fronts share them.
sql::Layout shared_layout();
// SQL that comes after it, each time: what the front of litigants alone may do there.
std::string_view public_grants();

}  // namespace heyan::accounts
