// The tables of the front's database.
#pragma once

#include "gateway/sqlite/database.h"

namespace heyan::store {

sqlite::Layout layout();

}  // namespace heyan::store
