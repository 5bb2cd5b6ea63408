// Bringing the tables to a layout, as the role that owns them: never as a front's.
#pragma once

#include <string_view>

#include "gateway/postgres/settings.h"
#include "gateway/sql/database.h"

namespace heyan::postgres {

// Makes the layout's schema where there is none, and in the end does `always` (SQL), each time it
// is called: what depends on which roles there are. All in one transaction, and one program at a
// time: a failure leaves the tables as they were. Nothing to do is no error. kIo; kUnsupported:
// they are of a newer version than the layout, or the server does not keep what it commits.
core::Result<void> migrate(const Settings& owner, const sql::Layout& layout,
                           std::string_view always = {});

}  // namespace heyan::postgres
