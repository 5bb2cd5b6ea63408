// The names of gateway/sql under which users of SQLite alone know them.
#pragma once

#include "gateway/sql/statement_cache.h"
#include "gateway/sqlite/database.h"

namespace heyan::sqlite {

using sql::StatementCache;

}  // namespace heyan::sqlite
