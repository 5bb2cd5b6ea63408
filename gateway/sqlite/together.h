// The names of gateway/sql under which users of SQLite alone know them.
#pragma once

#include "gateway/sql/together.h"
#include "gateway/sqlite/database.h"

namespace heyan::sqlite {

using sql::commit_together;
using sql::Work;

}  // namespace heyan::sqlite
