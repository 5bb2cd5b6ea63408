// What is asked of the server itself. Only for the sources of this folder.
#pragma once

#include <string>

#include "gateway/postgres/connection.h"

namespace heyan::postgres {

// kUnsupported: what it commits may be gone after a power cut, or its texts are not UTF-8.
core::Result<void> expect_durable(Connection& connection);

// Of a transaction whose end was not heard of. Waits a little for one that is still ending. kIo:
// the server was lost again, or the transaction does not end.
core::Result<bool> was_committed(Connection& connection, const std::string& number);

}  // namespace heyan::postgres
