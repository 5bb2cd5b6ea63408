// PostgreSQL's error codes as errors of ours. Only for the sources of this folder.
#pragma once

#include <string_view>

#include "verifier/core/error.h"

namespace heyan::postgres {

// Of an SQLSTATE (postgresql.org/docs/15/errcodes-appendix.html); empty: there was no answer. Never
// the server's own message: it may quote what was stored.
core::Error error_of(std::string_view state);

// The connection is of no use any more.
bool is_end_of_connection(std::string_view state);

}  // namespace heyan::postgres
