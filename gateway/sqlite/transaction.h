// The names of gateway/sql under which users of SQLite alone know them.
#pragma once

#include "gateway/sql/transaction.h"
#include "gateway/sqlite/database.h"

namespace heyan::sqlite {

using sql::Savepoint;
using sql::Transaction;

}  // namespace heyan::sqlite
