// Several pieces of work in one transaction, so that one wait for the disk serves all of them.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "gateway/sql/transaction.h"

namespace heyan::sql {

// Runs within the transaction. An error undoes what this piece wrote, and only that.
using Work = std::function<core::Result<void>(Transaction& transaction)>;

// In their order. When it returns, what went well is on the disk; an error of the commit is
// everybody's, whose work went well included. What hinders all is no work's fault: where no
// transaction can be begun or committed, or the engine takes back the whole of it, the code is kIo
// or kInternal, whatever a connection that is made anew was refused with.
std::vector<core::Result<void>> commit_together(Database& database, std::span<const Work> works);

}  // namespace heyan::sql
