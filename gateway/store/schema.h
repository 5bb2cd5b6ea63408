// The tables of the front's database.
#pragma once

#include "gateway/sql/database.h"

namespace heyan::store {

// In SQLite.
sql::Layout layout();
// The same tables in PostgreSQL, where several fronts share them.
sql::Layout shared_layout();
// SQL that comes after it, each time: what the front of litigants alone may do there.
std::string_view public_grants();

}  // namespace heyan::store
