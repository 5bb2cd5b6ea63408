// A deletion noted in a copy of the front's tables, where the copy was made before it was done: as
// under way, so that the gateway goes on with it when the copy is restored (service/deleter.h).
// In a file or on a server alike.
#pragma once

#include <cstdint>
#include <string>

#include "gateway/sql/statement_cache.h"

namespace heyan::backup {

// Within the caller's transaction.
core::Result<void> mark_deletion(sql::StatementCache& statements, const std::string& submission,
                                 std::int64_t at_ms);

}  // namespace heyan::backup
